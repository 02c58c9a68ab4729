import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { DataSource } from 'typeorm';
import { ObligationLedger } from '../src/obligations/obligation-ledger';
import { SystemClock } from '../src/platform/clock/clock';
import { readConfig } from '../src/platform/config/config';
import { SCHEDULES } from '../src/schedule';
import { cloneDatabase } from '../test/support/database';
import { queueStores } from '../test/support/running/queue-store';
import { createWorld } from '../test/support/world';
import { generateRegister } from './support/generated-register';
import { quantile } from './support/ingest/posting';
import { openInstallation } from './support/installation';
import { report } from './support/measure';
import { publish } from './support/published-policy';
import { SIX_DUTIES } from './support/six-duties';

const SIZES = process.env.BENCH_LARGEST ? [1_000, 10_000, 100_000, 1_000_000] : [1_000, 10_000, 100_000];
/** What falls due while we look, whatever the size of the register, and over how long. */
const DUE = 2_000;
const SPREAD_MS = 30_000;
const POLL_MS = 10;
const { everyMs: SWEEP_MS } = SCHEDULES.find(({ job }) => job === 'reminders.sweep') as { everyMs: number };

interface Measured {
  /** Milliseconds from the instant at which somebody is to be told until the ledger says so. */
  lags: number[];
  /** Bytes that the queue store uses at the most. */
  memory: number;
}

/** Has `DUE` obligations fall due one after the other, from now on. Returns when each does, by its id. */
async function spreadDue(owner: DataSource): Promise<Map<string, number>> {
  const [rows] = await owner.query<[{ id: string; at: Date }[], number]>(
    `UPDATE obligation SET notify_at = now() + random() * $2 * interval '1 millisecond', notified_through_on = NULL
     WHERE id IN (SELECT id FROM obligation WHERE occasion IS NOT NULL AND due_on <= now()::date ORDER BY id LIMIT $1)
     RETURNING id, notify_at AS at`,
    [DUE, SPREAD_MS],
  );
  return new Map(rows.map(({ id, at }) => [id, at.getTime()]));
}

/** Looks into the ledger until all of them are in it. */
async function lagsOf(
  owner: DataSource,
  due: ReadonlyMap<string, number>,
  look: () => Promise<void>,
): Promise<number[]> {
  const lags = new Map<string, number>();
  while (lags.size < due.size) {
    const told = await owner.query<{ id: string }[]>(
      'SELECT DISTINCT obligation_id AS id FROM reminder WHERE obligation_id = ANY($1::uuid[])',
      [[...due.keys()].filter((id) => !lags.has(id))],
    );
    const now = Date.now();
    for (const { id } of told) lags.set(id, now - due.get(id)!);
    await look();
    await sleep(POLL_MS);
  }
  return [...lags.values()];
}

async function measured(size: number): Promise<Measured> {
  const place = await openInstallation();
  const database = await cloneDatabase('bench lag');
  const store = await queueStores().at(-1)!.open(database);
  const redis = new Redis(store.settings.REDIS_URL!);
  try {
    const clock = new SystemClock();
    const world = await createWorld(place.owner, clock.now());
    await generateRegister(place.owner, world, size, clock.now());
    await publish(place.owner, world.organisations.ministry, SIX_DUTIES, 2, '2020-04-01');
    await new ObligationLedger(clock, readConfig({ NODE_ENV: 'test' })).refreshAll(place.owner.manager);
    // Nobody is to be told of anything but what falls due while we look.
    await place.owner.query('UPDATE obligation SET notify_at = NULL WHERE notify_at IS NOT NULL');
    await place.owner.query('VACUUM ANALYZE');
    await place.work(store.settings);
    let memory = 0;
    const lags = await lagsOf(place.owner, await spreadDue(place.owner), async () => {
      memory = Math.max(memory, Number(/used_memory:(\d+)/.exec(await redis.info('memory'))![1]));
    });
    return { lags, memory };
  } finally {
    await place.stop();
    await redis.quit();
    await store.stop();
    await database.drop();
  }
}

it('somebody is told within a sweep of the instant at which they are to be, and the queue store holds no obligations', async () => {
  const all: Measured[] = [];
  for (const size of SIZES) {
    const { lags, memory } = await measured(size);
    report(`${size} systems`, {
      ...{ told: lags.length, 'lag in milliseconds (p50)': quantile(lags, 0.5), p99: quantile(lags, 0.99) },
      ...{ 'p99 / sweep interval': quantile(lags, 0.99) / SWEEP_MS, 'MB of the queue store': memory / 2 ** 20 },
    });
    all.push({ lags, memory });
  }
  const [small, large] = [all[0]!, all.at(-1)!];
  report('the largest / the smallest', { 'memory of the queue store': large.memory / small.memory });
  expect(large.memory / small.memory).toBeLessThanOrEqual(1.1);
  // The goal of a sweep and 150 ms, as a ratio.
  for (const { lags } of all) expect(quantile(lags, 0.99) / SWEEP_MS).toBeLessThanOrEqual(1 + 150 / SWEEP_MS);
}, 3_600_000);
