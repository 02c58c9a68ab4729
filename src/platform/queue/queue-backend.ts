import { createPostgresBackend, createRedisBackend, Queue, runMigrations, withBackend, Worker } from 'bullmq';
import { Client, Pool } from 'pg';
import { QUEUES } from './job';
import { clientOptions, DatabaseConnection } from '../database/data-source';

const SCHEMA = 'bullmq';
/** Every queue and worker holds one listening connection besides its short statements. */
const POOL_SIZE = 20;

/** The one place that knows whether the queue lives in Redis or in PostgreSQL. */
export interface QueueBackend {
  kind: 'redis' | 'postgres';
  queue(name: string): Queue;
  worker(name: string, process: (job: { name: string; data: unknown }) => Promise<void>, concurrency: number): Worker;
  close(): Promise<void>;
}

/** Creates or updates the tables of the queue in PostgreSQL. Safe to call again and from several processes at once. */
export async function migrateQueue(connection: DatabaseConnection): Promise<void> {
  const client = new Client(clientOptions(connection));
  await client.connect();
  try {
    await runMigrations(client as never, SCHEMA);
  } finally {
    await client.end();
  }
}

const JOB_DEFAULTS = {
  attempts: 8,
  backoff: { type: 'exponential', delay: 2_000 },
  removeOnComplete: { age: 3_600, count: 1_000 },
  // A job that has used up its attempts stays, to be seen and retried.
  removeOnFail: { age: 30 * 24 * 3_600 },
};

/** A worker that was killed is noticed when its lock has run out, at the next look: its jobs are done again within 25 seconds. */
const STALLED = { lockDuration: 15_000, stalledInterval: 10_000, maxStalledCount: 3 };

/** @param redisUrl Redis to use; without it the queue lives in PostgreSQL beside the data. */
export function openQueueBackend(redisUrl: string | undefined, connection: DatabaseConnection): QueueBackend {
  return redisUrl ? redisBackend(redisUrl) : postgresBackend(connection);
}

function postgresBackend(connection: DatabaseConnection): QueueBackend {
  const pool = new Pool({ ...clientOptions(connection), max: POOL_SIZE, options: `-c search_path=${SCHEMA}` });
  // Without a listener a lost idle connection would end the process; the next statement opens a new one.
  pool.on('error', () => undefined);
  // Every queue and worker listens on the pool they share.
  pool.setMaxListeners(4 * QUEUES.length);
  const { Queue: PostgresQueue, Worker: PostgresWorker } = withBackend(createPostgresBackend);
  const shared = { connection: pool as never };
  return {
    kind: 'postgres',
    queue: (name) => new PostgresQueue(name, { ...shared, defaultJobOptions: JOB_DEFAULTS }) as unknown as Queue,
    worker: (name, process, concurrency) =>
      new PostgresWorker(name, process as never, {
        ...shared,
        ...STALLED,
        autorun: false,
        concurrency,
      }) as unknown as Worker,
    close: () => pool.end(),
  };
}

function redisBackend(url: string): QueueBackend {
  const { Queue: RedisQueue, Worker: RedisWorker } = withBackend(createRedisBackend);
  return {
    kind: 'redis',
    // A producer answers at once when Redis is down; a worker waits for it to come back.
    queue: (name) =>
      new RedisQueue(name, {
        connection: { url, maxRetriesPerRequest: 1 },
        defaultJobOptions: JOB_DEFAULTS,
      }) as unknown as Queue,
    worker: (name, process, concurrency) =>
      new RedisWorker(name, process as never, {
        connection: { url, maxRetriesPerRequest: null },
        ...STALLED,
        autorun: false,
        concurrency,
      }) as unknown as Worker,
    close: async () => undefined,
  };
}
