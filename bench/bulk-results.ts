import { loadavg } from 'node:os';
import { Pool } from 'pg';
import { begin, commit, keptRuns } from '../src/evidence/inlet/receiving/arrival-statements';
import { type NewRun, type PreparingClient, RunIntake } from '../src/obligations/intake/run-intake';
import { clientOptions } from '../src/platform/database/data-source';
import { type TestApp, startTestApp } from '../test/support/app';
import { connect, type Connected } from '../test/support/builders/inlets';
import { InletSender } from '../test/support/inlet-sender';
import { copyAgain, type Rows, takeOut } from './support/copy-again';
import { exponent, report, seconds } from './support/measure';

const SIZES = process.env.BENCH_LARGEST ? [1_000, 10_000, 100_000, 1_000_000] : [1_000, 10_000, 100_000];
/** The most records that an inlet takes in one request. */
const REQUEST = 20_000;
const NOW = '2026-11-23T00:00:00Z';
const MINUTE_MS = 60_000;
const EVIDENCE: Rows = { table: 'evidence', where: 'run_id IS NOT NULL' };

interface Measured {
  size: number;
  /** Requests of neutral records, until the last is answered. */
  requests: number;
  /** Until the obligations rest on them. */
  judged: number;
  /** The statement that stores them, in a transaction of its own. */
  sql: number;
  copy: number;
}

/** One backup after the other, a minute apart, the last a minute ago. */
function recordOf(n: number, size: number): object {
  const at = new Date(Date.parse(NOW) - (size - n) * MINUTE_MS).toISOString();
  return {
    ...{ kind: 'BACKUP', outcome: 'PASSED', startedAt: at, finishedAt: at, recoveryPointAt: at, runKey: `bench:${n}` },
    ...{ sizeBytes: 48_112_773_120 + n, storedBytes: 3_118_220, host: 'host-1', dataset: '/srv/data', errorCount: 0 },
  };
}

async function kept({ database }: TestApp): Promise<{ records: number; runs: number }> {
  const [counts] = await database.query<{ records: number; runs: number }>(
    `SELECT count(*)::int AS records, count(DISTINCT run_id)::int AS runs FROM evidence WHERE run_id IS NOT NULL`,
  );
  return counts as { records: number; runs: number };
}

/** Sends records in as many requests as they need, as an array or as a batch of events. */
async function send(
  { database }: TestApp,
  sender: InletSender,
  path: string,
  records: readonly object[],
  asEvents = false,
): Promise<void> {
  for (let from = 0; from < records.length; from += REQUEST) {
    const some = records.slice(from, from + REQUEST);
    const events = some.map((data, at) => ({
      specversion: '1.0',
      type: 'backup',
      source: '/b',
      id: `${from + at}`,
      data,
    }));
    const { status, body } = await sender.send(path, JSON.stringify(asEvents ? events : some), {
      'content-type': asEvents ? 'application/cloudevents-batch+json' : 'application/json',
    });
    expect([status, body.code]).toEqual([201, undefined]);
    // As autovacuum does in service within a minute; this server has none, and would keep to plans from when there was nothing.
    if (from === 0) await database.query('ANALYZE evidence');
  }
}

/** Stores the runs that were told once more by the statement that stores them, and nothing else. */
async function storedAgain({ database }: TestApp, { inletId }: Connected, size: number): Promise<number> {
  const pool = new Pool({ ...clientOptions(database.asService), max: 1 });
  try {
    const client = (await pool.connect()) as unknown as PreparingClient & { release(): void };
    const wanted = Array.from({ length: size }, (_, n) => ({ inletId, runId: `bench:${n}` }));
    const runs = await keptRuns(client, wanted, []);
    await takeOut(database, [EVIDENCE]);
    const time = await seconds(async () => {
      for (let from = 0; from < runs.length; from += REQUEST) await store(client, runs.slice(from, from + REQUEST));
    });
    client.release();
    return time;
  } finally {
    await pool.end();
  }
}

async function store(client: PreparingClient, runs: readonly NewRun[]): Promise<void> {
  await begin(client);
  await new RunIntake().take(client, runs, new Map());
  await commit(client);
}

async function measured(size: number): Promise<Measured> {
  const app = await startTestApp(`bench bulk results ${size}`, { now: NOW });
  try {
    const inlet = await connect(app);
    const sender = new InletSender(app);
    const records = Array.from({ length: size }, (_, n) => recordOf(n, size));
    const all = { records: size, runs: size };
    const requests = await seconds(() => send(app, sender, inlet.path, records));
    const judged = await seconds(() => sender.judged());
    expect(await kept(app)).toEqual(all);
    expect(await sender.stateOf(inlet.systemId, 'recovery-point-fresh')).toBe('MET');
    const again = await sender.send(inlet.path, JSON.stringify(records.slice(0, REQUEST)), {
      'content-type': 'application/json',
    });
    expect([again.status, await kept(app)]).toEqual([200, all]);
    const sql = await storedAgain(app, inlet, size);
    expect(await kept(app)).toEqual(all);
    const { time: copy } = await copyAgain(app.database, [EVIDENCE]);
    expect(await kept(app)).toEqual(all);
    await takeOut(app.database, [EVIDENCE]);
    const events = await seconds(() => send(app, sender, inlet.path, records, true));
    expect(await kept(app)).toEqual(all);
    report(`${size} results as events, ratio`, { 'COPY / requests': copy / events });
    return { size, requests, judged, sql, copy };
  } finally {
    await app.stop();
  }
}

it('many results in one request are stored at a part of the speed of COPY, none lost and none doubled', async () => {
  const all: Measured[] = [];
  for (const size of SIZES) {
    const one = await measured(size);
    all.push(one);
    const { size: _size, ...inSeconds } = one;
    report(`${size} results, in seconds`, { ...inSeconds, 'load of the machine': loadavg()[0] ?? NaN });
    report(`${size} results, ratios`, {
      'COPY / statement': one.copy / one.sql,
      'COPY / requests': one.copy / one.requests,
    });
  }
  const [small, large] = [all.find(({ size }) => size === 10_000) as Measured, all.at(-1) as Measured];
  const fit = (of: 'requests' | 'sql'): number =>
    exponent({ size: small.size, time: small[of] }, { size: large.size, time: large[of] });
  report('from 10,000 to the most', {
    'exponent of requests': fit('requests'),
    'exponent of the statement': fit('sql'),
  });
  // The goal of the statement is 0.33 (docs/adr/0046).
  for (const { copy, sql } of all) expect(copy / sql).toBeGreaterThanOrEqual(0.15);
  expect(Math.max(fit('requests'), fit('sql'))).toBeLessThanOrEqual(1.2);
}, 3_600_000);
