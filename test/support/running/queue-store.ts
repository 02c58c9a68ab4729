import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { TestDatabase } from '../database';
import { freePort } from '../free-port';

const LOCK_NOT_AVAILABLE = '55P03';

/** Where a queue lives, and the way to lose it. */
export interface QueueStore {
  settings: Record<string, string>;
  /** Forgets every job and schedule at once, as a queue store does that was lost. */
  empty(): Promise<void>;
  stop(): Promise<void>;
}

/** A way to open a store for one test file. */
export interface QueueStoreKind {
  kind: 'postgres' | 'redis';
  open(database: TestDatabase): Promise<QueueStore>;
}

/** The stores that there are on this machine. Redis is left out, with a line that says so, where there is none. */
export function queueStores(): QueueStoreKind[] {
  const postgres: QueueStoreKind = { kind: 'postgres', open: (database) => Promise.resolve(inPostgres(database)) };
  const own = spawnSync('redis-server', ['--version']).error === undefined;
  if (own) return [postgres, { kind: 'redis', open: inOwnRedis }];
  const url = process.env.REDIS_URL;
  if (url) return [postgres, { kind: 'redis', open: () => inRedis(url, () => undefined) }];
  process.stderr.write('No redis-server on PATH and no REDIS_URL: the tests with Redis are left out\n');
  return [postgres];
}

function inPostgres(database: TestDatabase): QueueStore {
  return {
    settings: {},
    empty: async () => {
      const tables = await database.query<{ name: string }>(
        `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'bullmq' AND tablename <> 'migration'`,
      );
      await truncate(database, tables.map(({ name }) => `bullmq.${name}`).join(', '));
    },
    stop: () => Promise.resolve(),
  };
}

/** Gives way and tries again: waiting for all tables beside a working worker ends in a deadlock, which the worker may be the one to lose. */
async function truncate(database: TestDatabase, tables: string, attempts = 100): Promise<void> {
  try {
    await database.query(`SET lock_timeout = '200ms'; TRUNCATE ${tables}`);
  } catch (error) {
    if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE || attempts === 1) throw error;
    await sleep(20);
    await truncate(database, tables, attempts - 1);
  }
}

/** A Redis of the test's own, on a free port and without anything on disk. */
async function inOwnRedis(): Promise<QueueStore> {
  const folder = mkdtempSync(join(tmpdir(), 'sonae-redis-'));
  const port = await freePort();
  const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const server = spawn('redis-server', settings, { stdio: 'ignore' });
  const gone = once(server, 'exit');
  return inRedis(`redis://127.0.0.1:${port}`, async () => {
    server.kill('SIGKILL');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  });
}

async function inRedis(url: string, end: () => unknown): Promise<QueueStore> {
  const redis = new Redis(url);
  redis.on('error', () => undefined); // it may still be starting; the commands wait for it
  if ((await redis.dbsize()) > 0) {
    redis.disconnect();
    throw new Error(`${url} holds data already, and the tests would delete it`);
  }
  return {
    settings: { REDIS_URL: url },
    empty: async () => {
      await redis.flushdb();
    },
    stop: async () => {
      await redis.flushdb();
      await redis.quit();
      await end();
    },
  };
}
