import { setTimeout as sleep } from 'node:timers/promises';
import { BeforeApplicationShutdown, Inject, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import type { Worker } from 'bullmq';
import { checkHandlers, JobHandler, JobName, QueueName, queueOf, QUEUES, Schedule } from './job';
import { JobQueue, QUEUE_BACKEND } from './job-queue';
import { asProgram } from '../running-program';
import type { QueueBackend } from './queue-backend';

export const JOB_HANDLERS = Symbol('JOB_HANDLERS');
export const SCHEDULES = Symbol('SCHEDULES');

/** Clock-driven jobs run one at a time; deliveries and imports a few side by side. */
const CONCURRENCY: Record<QueueName, number> = {
  obligations: 1,
  reminders: 1,
  delivery: 4,
  channels: 4,
  imports: 1,
  upkeep: 1,
};

/** A queue store that was emptied while we run gets its schedules back within this time. */
const RESCHEDULE_MS = 60_000;

/** How long a stop waits for the running jobs. */
const LONGEST_END_MS = 4_000;

/** Runs the handlers, one worker per queue, and keeps the clock-driven schedules in the queue store. */
@Injectable()
export class QueueWorkers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(QueueWorkers.name);
  private readonly workers: Worker[] = [];
  private readonly running = new Set<Promise<void>>();
  private rescheduling: NodeJS.Timeout | null = null;

  constructor(
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
    @Inject(JOB_HANDLERS) private readonly handlers: readonly JobHandler<never>[],
    @Inject(SCHEDULES) private readonly schedules: readonly Schedule[],
    private readonly jobs: JobQueue,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    checkHandlers(
      this.handlers,
      this.schedules.map(({ job }) => job),
    );
    for (const queue of QUEUES) this.workers.push(await this.start(queue));
    await this.schedule();
    this.rescheduling = setInterval(() => {
      this.schedule().catch((error: Error) => this.logger.warn(`schedules: ${error.message}`));
    }, RESCHEDULE_MS);
  }

  /** Waits for the running jobs, but not for ever: one that is left is done again. What has not begun stays in the queue. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.rescheduling) clearInterval(this.rescheduling);
    await Promise.all(this.workers.map((worker) => worker.pause(true)));
    await Promise.race([Promise.allSettled(this.running), sleep(LONGEST_END_MS, undefined, { ref: false })]);
    const left = this.running.size > 0;
    if (left) this.logger.warn(`${this.running.size} running jobs are left to be done again`);
    await Promise.all(this.workers.map((worker) => worker.close(left)));
  }

  /** Writes every schedule and removes those that no longer exist. Repeating it changes nothing. */
  async schedule(): Promise<void> {
    for (const name of QUEUES) {
      const queue = this.jobs.queue(name);
      const wanted = this.schedules.filter(({ job }) => queueOf(job) === name);
      for (const { job, cron, timeZone, everyMs } of wanted)
        await queue.upsertJobScheduler(job, cron ? { pattern: cron, tz: timeZone } : { every: everyMs ?? 0 }, {
          name: job,
          data: {},
          opts: { attempts: 1, removeOnComplete: 10, removeOnFail: 100 },
        });
      const known = new Set<string>(wanted.map(({ job }) => job));
      for (const { key } of await queue.getJobSchedulers()) if (!known.has(key)) await queue.removeJobScheduler(key);
    }
  }

  private async start(name: QueueName): Promise<Worker> {
    const byName = new Map<JobName, JobHandler<never>>(this.handlers.map((handler) => [handler.job, handler]));
    const worker = this.backend.worker(
      name,
      async (job) => {
        const handler = byName.get(job.name as JobName);
        if (!handler) throw new Error(`no handler for ${job.name}`);
        const work = asProgram(`job:${handler.job}`, () => handler.handle(job.data as never));
        this.running.add(work);
        await work.finally(() => this.running.delete(work));
      },
      CONCURRENCY[name],
    );
    worker.on('error', (error) => this.logger.warn(`worker ${name}: ${error.message}`));
    worker.on('failed', (job, error) =>
      this.logger.error(
        `job ${job?.name} (${job?.id}) failed, attempt ${job?.attemptsMade}: ${error.message}`,
        error.stack,
      ),
    );
    // A worker whose first connection fails would spin without end (BullMQ 6.7): connect first, then run.
    await worker.waitUntilReady();
    void worker.run();
    return worker;
  }
}
