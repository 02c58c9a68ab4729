import { loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { type TestApp, startTestApp } from '../test/support/app';
import { upload } from '../test/support/imports';
import { copyAgain, type Rows } from './support/copy-again';
import { mappingFor, registerCsv } from './support/generated-csv';
import { exponent, report, seconds } from './support/measure';
import { type StatementTimes, TransactionClock } from './support/transaction-clock';

const SIZES = process.env.BENCH_LARGEST ? [10_000, 100_000, 1_000_000] : [10_000, 100_000];
/** The most rows that the service takes in one file. */
const FILE = 200_000;
const POLL_MS = 50;

/** What an import writes, in the order in which the tables refer to each other. The cast of the tests owns no systems. */
const WRITTEN: readonly Rows[] = [
  { table: 'organisation', where: `code LIKE 'AGC-2/%'` },
  { table: 'app_user', where: `email LIKE '%@register.example'` },
  { table: 'system', where: 'true' },
  { table: 'obligation', where: 'true' },
  { table: 'obligation_transition', where: 'true' },
  { table: 'system_readiness', where: 'true' },
  { table: 'audit_event', where: 'true' },
];
/** What triggers write then. */
const BY_TRIGGERS: readonly Rows[] = [
  {
    table: 'organisation_closure',
    where: `organisation_id IN (SELECT id FROM organisation WHERE code LIKE 'AGC-2/%')`,
  },
  { table: 'readiness_count', where: 'true' },
  { table: 'audit_link', where: 'true' },
];

interface Measured {
  size: number;
  whole: number;
  dryRun: number;
  statements: StatementTimes;
  copy: number;
}

/** Sends a register, file by file, and waits until each is done. Returns what the reports say was created. */
async function sent(app: TestApp, size: number, dryRun: boolean, watch: Client): Promise<number> {
  const admin = await app.as('admin');
  let created = 0;
  for (let from = 0; from < size; from += FILE) {
    const fields = { mapping: mappingFor(app.world.organisations.otherAgency), dryRun };
    const { status, body } = await upload(
      admin,
      '/imports/systems',
      registerCsv(from, Math.min(size, from + FILE)),
      fields,
    );
    expect([status, body.code]).toEqual([202, undefined]);
    for (;;) {
      const ended = `SELECT status, (report->>'created')::int AS created, error FROM import_run WHERE id = $1 AND finished_at IS NOT NULL`;
      const [run] = (await watch.query(ended, [body.id])).rows;
      if (run) {
        expect([run.status, run.error]).toEqual(['DONE', null]);
        created += run.created;
        break;
      }
      await wait(POLL_MS);
    }
  }
  return created;
}

/** A large import leaves the assessment of its systems to a job. */
async function untilAssessed(size: number, watch: Client): Promise<void> {
  for (;;) {
    const [{ assessed }] = (await watch.query('SELECT count(*)::int AS assessed FROM system_readiness')).rows;
    if (assessed === size) return;
    await wait(POLL_MS);
  }
}

async function measured(size: number): Promise<Measured> {
  const app = await startTestApp(`bench import ${size}`, { worker: true });
  const watch = new Client(app.database.connection);
  try {
    await watch.connect();
    const transactions = new TransactionClock(app.dataSource, ['system', 'obligation']);
    const dryRun = await seconds(async () => expect(await sent(app, size, true, watch)).toBe(size));
    expect((await watch.query('SELECT count(*)::int AS n FROM system')).rows[0].n).toBe(0);
    transactions.take();
    const whole = await seconds(async () => {
      expect(await sent(app, size, false, watch)).toBe(size);
      await untilAssessed(size, watch);
    });
    const statements = transactions.take();
    const { time: copy, counts, takenOut } = await copyAgain(app.database, WRITTEN, BY_TRIGGERS);
    expect(counts).toEqual(takenOut);
    const [distinct] = (await watch.query('SELECT count(*)::int AS n, count(DISTINCT code)::int AS codes FROM system'))
      .rows;
    expect(distinct).toEqual({ n: size, codes: size });
    report(`${size} systems, rows`, counts);
    return { size, whole, dryRun, statements, copy };
  } finally {
    await watch.end();
    await app.stop();
  }
}

it('a register is imported at a part of the speed of COPY, whole and once, and its cost grows as its size', async () => {
  const all: Measured[] = [];
  for (const size of SIZES) {
    const one = await measured(size);
    all.push(one);
    const { whole, dryRun, copy, statements } = one;
    report(`${size} systems, in seconds`, {
      ...{
        whole,
        'dry run': dryRun,
        'all statements': statements.all,
        'statements that write': statements.writing,
        COPY: copy,
      },
      ...{ statements: statements.count, 'load of the machine': loadavg()[0] ?? NaN },
    });
    report(`${size} systems, ratios`, {
      'COPY / statements that write': copy / statements.writing,
      'COPY / all statements': copy / statements.all,
      'whole / all statements': whole / statements.all,
      'whole / COPY': whole / copy,
    });
  }
  const [small, large] = [all[0] as Measured, all.at(-1) as Measured];
  const grows = exponent({ size: small.size, time: small.whole }, { size: large.size, time: large.whole });
  report('from the smallest to the largest', { exponent: grows });
  // The goals, 0.9 and 1.6, are reached on a quiet machine (docs/adr/0046); these hold on one that does other things too.
  for (const { copy, whole, statements } of all) {
    expect(copy / statements.writing).toBeGreaterThanOrEqual(0.35);
    expect(whole / statements.all).toBeLessThanOrEqual(3);
  }
  expect(grows).toBeLessThanOrEqual(1.2);
}, 3_600_000);
