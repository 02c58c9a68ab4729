import { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { CountTogether } from './count-together';

export const WINDOW_SECONDS = 60;

/** How many points of a key have been taken in its window, by whomever, and how long the window still lasts. */
export interface Taken {
  points: number;
  endsInMs: number;
}

/** Counts by key in windows of a minute, each of which begins with the first point taken. */
export interface SharedCount {
  take(key: string, points: number): Promise<Taken>;
  close(): void;
}

const PREFIX = 'rate';
const ANSWERS_WITHIN_MS = 1_000;

/** The count that all processes on one Redis share; without Redis, all on one database. */
export function openSharedCount(redisUrl: string | undefined, dataSource: DataSource): SharedCount {
  return redisUrl ? countInRedis(redisUrl) : new CountTogether(dataSource, WINDOW_SECONDS);
}

/** A count of this process alone. */
export function ownCount(): SharedCount {
  return counting(new RateLimiterMemory({ ...settings(), keyPrefix: PREFIX }), () => undefined);
}

function countInRedis(url: string): SharedCount {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, commandTimeout: ANSWERS_WITHIN_MS });
  // Whoever counts is told by the command that fails.
  redis.on('error', () => undefined);
  return counting(new RateLimiterRedis({ ...settings(), storeClient: redis }), () => redis.disconnect());
}

/** The limit is ours to judge, see `LeasedLimit`: to the package it is out of reach. */
function settings() {
  return { keyPrefix: PREFIX, points: 1_000_000_000, duration: WINDOW_SECONDS };
}

function counting(limiter: RateLimiterAbstract, close: () => void): SharedCount {
  return {
    take: async (key, points) => {
      const { consumedPoints, msBeforeNext } = await limiter.penalty(key, points);
      return { points: consumedPoints, endsInMs: msBeforeNext };
    },
    close,
  };
}
