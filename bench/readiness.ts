import { loadavg } from 'node:os';
import { type DataSource } from 'typeorm';
import { ENTITIES } from '../src/entities';
import { buildDataSource } from '../src/platform/database/data-source';
import { startTestApp, type TestApp } from '../test/support/app';
import { prove, type Writing } from '../test/support/centre/facts';
import { centreOf } from '../test/support/centre/of-app';
import { drift } from '../test/support/centre/rows';
import type { Client } from '../test/support/client';
import { generateRegister } from './support/generated-register';
import { exponent, report, seconds } from './support/measure';
import { publish } from './support/published-policy';
import { bareTick, tickApart } from './support/readiness/ticks';
import { generateBackups } from './support/readiness/generated-backups';
import { proofWrites } from './support/readiness/proof-writes';
import { SIX_DUTIES } from './support/six-duties';
import { verdictWrites } from './support/readiness/verdict-writes';

const SIZES = process.env.BENCH_LARGEST ? [10_000, 100_000, 1_000_000] : [10_000, 100_000];
const NOW = '2026-11-23T00:00:00Z';
const TIMES = 7;
const WRITERS = 32;
const WRITES_EACH = 25;
/** Nobody has backed up for so long that the points of twelve thousand systems are too old, as some tests are. */
const SILENT_DAYS = 5;

/** What is asked of the whole register; the first is what the goal is about. */
const QUESTIONS: Readonly<Record<string, string>> = {
  summary: '/readiness/tiers',
  coverage: '/readiness/coverage',
  heatmap: '/readiness/systems',
  'heatmap of what is not ready': '/readiness/systems?verdict=NOT_READY',
  'forecast of 90 days': '/readiness/forecast',
  'forecast of a year': '/readiness/forecast?until=2027-11-23',
  'what falls due next': '/readiness/due',
  'changes of a month': '/readiness/movers?from=2026-10-23',
  'obligations by due day': '/obligations',
  'obligations by name': '/obligations?sort=name',
  'obligations overdue by name': '/obligations?sort=name&state=OVERDUE',
  'systems without fresh backups': '/systems?coverage=NOT_BACKED_UP',
  'systems restored late': '/systems?coverage=RESTORED_LATE',
};

/** The kept counts, and what they spare: grouping the stored verdicts. */
const KEPT = `SELECT tier, lifecycle, verdict, sum(systems) FROM readiness_count GROUP BY 1, 2, 3`;
const GROUPED = `SELECT tier, lifecycle, verdict, count(*), sum(applicable), sum(met), sum(due_soon), sum(overdue), sum(failed), sum(unknown), sum(waived)
  FROM system_readiness GROUP BY 1, 2, 3`;

interface Measured {
  size: number;
  /** Milliseconds of each question. */
  answers: Record<string, number>;
  /** Writes without the counts as a part of those with them: verdicts in pages, and whole proofs. */
  writes: number[];
  /** Seconds for one transition. */
  transition: number;
}

async function answered(client: Client): Promise<Record<string, number>> {
  const times: Record<string, number> = {};
  for (const [name, path] of Object.entries(QUESTIONS))
    times[name] =
      1000 *
      (await seconds(async () => {
        const { status } = await client.get(path);
        expect([path, status]).toEqual([path, 200]);
      }, TIMES));
  return times;
}

async function opened(size: number): Promise<TestApp> {
  const app = await startTestApp(`bench readiness ${size}`, { now: NOW });
  const { dataSource, world, database, clock } = app;
  await generateRegister(dataSource, world, size, clock.now());
  await generateBackups(dataSource, world, clock.now());
  await publish(dataSource, world.organisations.ministry, SIX_DUTIES, 2, '2020-04-01');
  await database.query('VACUUM ANALYZE');
  const took = await seconds(() => centreOf(app).ledger.refreshAll(dataSource.manager));
  await database.query('VACUUM ANALYZE');
  const [{ obligations } = { obligations: 0 }] = await database.query<{ obligations: number }>(
    'SELECT count(*)::int AS obligations FROM obligation',
  );
  report(`${size} systems`, {
    obligations,
    'systems judged a second': size / took,
    'load of the machine': loadavg()[0] ?? NaN,
  });
  return app;
}

/** The counts as they are kept against what they spare, and against writing without them. */
async function counts(app: TestApp, size: number): Promise<number[]> {
  const { dataSource, database } = app;
  const kept = await seconds(() => dataSource.query(KEPT), TIMES);
  const grouped = await seconds(() => dataSource.query(GROUPED), TIMES);
  const pages = await verdictWrites(dataSource, database, 500);
  const single = await verdictWrites(dataSource, database, 1);
  const proofs = await proofWrites(centreOf(app), database);
  report(`${size} systems, counts`, {
    ...{ 'kept, in milliseconds': kept * 1000, 'grouping stored verdicts / kept': grouped / kept },
    ...{ 'writes in pages, without / with': pages.bare / pages.kept },
    ...{ 'verdicts one by one, without / with': single.bare / single.kept },
    'proofs, without / with': proofs.bare / proofs.kept,
  });
  return [pages, proofs].map(({ bare, kept: whole }) => bare / whole);
}

/** Proofs that turn verdicts to and fro, of many writers at once who meet at the same systems. */
async function writing(app: TestApp, size: number): Promise<void> {
  const { dataSource, database } = app;
  const second = await buildDataSource(database.asService, ENTITIES).initialize();
  try {
    const ids = (
      await dataSource.query<{ id: string }[]>(`SELECT id FROM system ORDER BY code LIMIT ${WRITERS * 10}`)
    ).map(({ id }) => id);
    const centre = centreOf(app);
    const write = async (writer: number): Promise<void> => {
      const through: Writing = { ...centre, dataSource: writer % 2 ? dataSource : second };
      for (let turn = 0; turn < WRITES_EACH; turn += 1) {
        const outcome = (writer + turn) % 2 ? 'PASSED' : 'FAILED';
        await prove(through, ids[(writer * 11 + turn * 7) % ids.length]!, { kind: 'RESTORE_TEST', outcome });
      }
    };
    const took = await seconds(() => Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer))));
    report(`${size} systems, ${WRITERS} writers`, { 'proofs a second': (WRITERS * WRITES_EACH) / took });
  } finally {
    await second.destroy();
  }
}

const waiting = async (dataSource: DataSource, now: Date): Promise<number> =>
  (await dataSource.query('SELECT count(*)::int AS n FROM obligation WHERE attention_at <= $1', [now]))[0].n;

/** Thousands of recovery points have become too old at once. Seconds for one transition. */
async function ticking(app: TestApp, size: number): Promise<number> {
  const { clock, dataSource } = app;
  const before = clock.now();
  clock.advance({ days: SILENT_DAYS });
  const due = await waiting(dataSource, clock.now());
  const bare = await bareTick(dataSource, app.database, clock.now());
  const { transitions, took } = await tickApart(app, before, clock.now());
  report(`${size} systems, tick`, {
    due,
    transitions,
    'transitions a second': transitions / took,
    'the bare statement / a transition': (bare * transitions) / took,
    'load of the machine': loadavg()[0] ?? NaN,
  });
  expect(await waiting(dataSource, clock.now())).toBe(0);
  expect(transitions).toBeGreaterThanOrEqual(5_000);
  return took / transitions;
}

async function measured(size: number): Promise<Measured> {
  const app = await opened(size);
  const undrifted = async (): Promise<void> =>
    expect(await drift(app.dataSource)).toEqual({ counts: [], verdicts: [] });
  try {
    const answers = await answered(await app.as('ciso'));
    report(`${size} systems, in milliseconds`, answers);
    const writes = await counts(app, size);
    await undrifted();
    await writing(app, size);
    await undrifted();
    const transition = await ticking(app, size);
    await undrifted();
    return { size, answers, writes, transition };
  } finally {
    await app.stop();
  }
}

it('readiness is told as fast of a large register as of a small one, and its counts never part from its verdicts', async () => {
  const all: Measured[] = [];
  for (const size of SIZES) all.push(await measured(size));
  const [small, large] = [all[0]!, all.at(-1)!];
  const growth = (time: (of: Measured) => number): number =>
    exponent({ size: small.size, time: time(small) }, { size: large.size, time: time(large) });
  const grows = Object.fromEntries(
    Object.keys(QUESTIONS).map((name) => [name, growth(({ answers }) => answers[name]!)]),
  );
  report('exponents of the answers', grows);
  report('exponent of a transition', { exponent: growth(({ transition }) => transition) });
  report('summary', { 'the largest / the smallest': large.answers['summary']! / small.answers['summary']! });
  expect(large.answers['summary']! / small.answers['summary']!).toBeLessThanOrEqual(3);
  for (const { writes } of all) for (const ratio of writes) expect(ratio).toBeGreaterThanOrEqual(0.85);
}, 3_600_000);
