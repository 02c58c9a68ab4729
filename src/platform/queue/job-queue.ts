import { Inject, Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { JobName, QueueName, queueOf, QUEUES } from './job';
import type { QueueBackend } from './queue-backend';

export const QUEUE_BACKEND = Symbol('QUEUE_BACKEND');

/** How many jobs of a queue stand where. */
export interface QueueDepth {
  name: QueueName;
  waiting: number;
  active: number;
  delayed: number;
  failed: number;
}

/** Hands out work. The queue only delivers: whoever adds a job has written what it is about to PostgreSQL first. */
@Injectable()
export class JobQueue implements OnApplicationShutdown {
  private readonly logger = new Logger(JobQueue.name);
  private readonly queues = new Map<QueueName, Queue>();

  constructor(@Inject(QUEUE_BACKEND) private readonly backend: QueueBackend) {}

  get kind(): QueueBackend['kind'] {
    return this.backend.kind;
  }

  queue(name: QueueName): Queue {
    const known = this.queues.get(name);
    if (known) return known;
    const queue = this.backend.queue(name);
    queue.on('error', (error) => this.logger.warn(`queue ${name}: ${error.message}`));
    this.queues.set(name, queue);
    return queue;
  }

  /**
   * Adds one job. `key` is its natural key: while a job with the same key waits or runs, it is not added. (As a job id, the key would stay taken
   * for as long as the finished job is kept.)
   */
  async add(job: JobName, payload: object, key?: string): Promise<void> {
    await this.queue(queueOf(job)).add(job, payload, key ? { deduplication: { id: key } } : {});
  }

  /**
   * Adds a job that waits for so long: a hint only, since a queue store may forget it. Whoever adds it has a job that looks for the same by itself.
   * @param delayMs none when it is past.
   */
  async addLater(job: JobName, payload: object, delayMs: number): Promise<void> {
    await this.queue(queueOf(job)).add(job, payload, { delay: Math.max(0, delayMs) });
  }

  async depths(): Promise<QueueDepth[]> {
    return Promise.all(
      QUEUES.map(async (name) => {
        const counts = await this.queue(name).getJobCounts('waiting', 'active', 'delayed', 'failed', 'prioritized');
        const count = (state: string): number => counts[state] ?? 0;
        return {
          name,
          waiting: count('waiting') + count('prioritized'),
          active: count('active'),
          delayed: count('delayed'),
          failed: count('failed'),
        };
      }),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    await this.backend.close();
  }
}
