import { setTimeout as wait } from 'node:timers/promises';
import { newId } from '../../src/platform/database/id';
import { ImportHandler } from '../../src/registry/imports/import-handler';
import { ImportRun } from '../../src/registry/imports/import-run.entity';
import { type TestApp, startTestApp } from '../support/app';
import type { Client } from '../support/client';
import { csvOf, type Fields, importFile, upload } from '../support/imports';

let app: TestApp;
let admin: Client;

beforeAll(async () => {
  app = await startTestApp('imports resilience', { worker: true });
  admin = await app.as('admin');
});
afterAll(() => app.stop());

const HEADER = ['code', 'name', '局', 'owner', 'lifecycle'];
const mapping = () => ({
  organisationId: app.world.organisations.otherAgency,
  columns: { code: 'code', name: 'name' },
  organisation: { columns: ['局'], create: true },
  tier: { value: 'LOW' },
  lifecycle: { column: 'lifecycle', values: { 計画: 'PLANNED', 運用: 'OPERATING' } },
  owner: { column: 'owner' },
});
const row = (n: number | string, lifecycle = '計画') => [
  `S-${n}`,
  `System ${n}`,
  `局${Number(n) % 7}`,
  `p${Number(n) % 5}@sonae.example`,
  lifecycle,
];
const rowsOf = (tables: string[]) =>
  Promise.all(
    tables.map(async (table) =>
      Number((await app.dataSource.query<{ n: string }[]>(`SELECT count(*) AS n FROM ${table}`))[0]?.n),
    ),
  );
const until = async (id: string, condition: (run: Fields) => boolean): Promise<Fields> => {
  for (;;) {
    const { body } = await admin.get(`/imports/${id}`);
    if (condition(body)) return body;
    await wait(50);
  }
};
/** An import as it was kept, without a job in the queue. */
const keptImport = async (content: Buffer, facts: Partial<ImportRun> = {}): Promise<string> => {
  const id = newId();
  await app.dataSource.manager.insert(ImportRun, {
    id,
    status: 'QUEUED',
    dryRun: false,
    fileName: 'kept.csv',
    sha256: 'x',
    content,
    organisationId: mapping().organisationId,
    mapping: mapping() as never,
    createdById: app.world.people.admin,
    ...(facts as object),
  });
  return id;
};

describe('a failure half-way', () => {
  it('leaves nothing behind, and the job that comes again does it all', async () => {
    await app.database.query(
      `CREATE FUNCTION fail_import() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$`,
    );
    await app.database.query(
      `CREATE TRIGGER fail_import BEFORE INSERT ON system FOR EACH ROW WHEN (NEW.code = 'S-1700') EXECUTE FUNCTION fail_import()`,
    );
    const tables = ['system', 'organisation', 'app_user', 'obligation', 'system_readiness', 'import_rejection'];
    const before = await rowsOf(tables);
    const rows = Array.from({ length: 2_000 }, (_, n) => row(n, n % 50 === 0 ? '運用' : '計画'));
    const content = csvOf(HEADER, ...rows, ['', 'no code', '', '', '計画']);
    const { body: run } = await upload(admin, '/imports/systems', content, { mapping: mapping() });
    const failing = await until(run.id, ({ rowsRead }) => Number(rowsRead) >= 1_000);
    expect(failing).toMatchObject({ status: 'RUNNING', created: 0 });
    await until(run.id, ({ rowsRead, rowsTotal }) => rowsRead === 1_500 || (rowsRead === 0 && rowsTotal !== null));
    expect(await rowsOf(tables)).toEqual(before);
    await app.database.query('DROP TRIGGER fail_import ON system');
    const done = await until(run.id, ({ status }) => status !== 'RUNNING');
    expect(done).toMatchObject({ status: 'DONE', rowsRead: 2_001, rowsTotal: 2_001, created: 2_000, rejectedCount: 1 });
    expect(done).toMatchObject({ organisationsCreatedCount: 7, peopleCreatedCount: 5 });
    const after = await rowsOf(tables);
    expect(after.map((n, at) => n - (before[at] ?? 0)).slice(0, 3)).toEqual([2_000, 7, 5]);
    expect(after.at(-2)).toBe((before.at(-2) ?? 0) + 2_000);
    expect(after.at(-1)).toBe(1);
  });
});

describe('an import', () => {
  const handler = () => app.app.get(ImportHandler, { strict: false });

  it('whose worker was killed begins anew', async () => {
    const id = await keptImport(csvOf(HEADER, row(9_001)), {
      status: 'RUNNING',
      attempts: 1,
      rowsRead: 500,
      rowsTotal: 900,
    });
    await handler().handle({ importId: id });
    expect(await until(id, () => true)).toMatchObject({ status: 'DONE', created: 1, rowsRead: 1, rowsTotal: 1 });
  });

  it('that is done stays done when its job comes again', async () => {
    const { id, finishedAt } = await importFile(admin, csvOf(HEADER, row(9_002)), { mapping: mapping() });
    app.clock.advance({ minutes: 5 });
    await handler().handle({ importId: id });
    expect(await until(id, () => true)).toMatchObject({ status: 'DONE', created: 1, finishedAt });
  });

  it('that two workers take up is done once', async () => {
    const id = await keptImport(csvOf(HEADER, row(9_003), row(9_004), ['', 'no code', '', '', '']));
    await Promise.all([handler().handle({ importId: id }), handler().handle({ importId: id })]);
    expect(await until(id, () => true)).toMatchObject({ status: 'DONE', created: 2, rejectedCount: 1 });
    const [{ n }] = await app.dataSource.query(
      `SELECT count(*)::integer AS n FROM audit_event WHERE action IN ('import.finished', 'import.failed') AND record_id = $1`,
      [id],
    );
    expect(n).toBe(1);
  });

  it('whose job was lost gets another when the worker starts', async () => {
    const id = await keptImport(csvOf(HEADER, row(9_005)));
    await handler().onApplicationBootstrap();
    expect(await until(id, ({ status }) => status === 'DONE')).toMatchObject({ created: 1 });
  });

  it('that ends no worker alive is given up', async () => {
    const id = await keptImport(csvOf(HEADER, row(9_006)), { status: 'RUNNING', attempts: 5 });
    await handler().handle({ importId: id });
    expect(await until(id, () => true)).toMatchObject({
      status: 'FAILED',
      error: { field: 'file', code: 'IMPORT_GIVEN_UP' },
    });
  });

  it('is not done for somebody who has lost the right to it', async () => {
    const id = await keptImport(csvOf(HEADER, row(9_007)), { createdById: app.world.people.owner });
    await handler().handle({ importId: id });
    expect(await until(id, () => true)).toMatchObject({
      status: 'FAILED',
      error: { field: 'mapping.organisationId', code: 'NOT_ALLOWED' },
    });
  });
});

describe('a register of more than 10,000 systems', () => {
  it('shows its progress, needs no statement per row, and is assessed to the end', async () => {
    const statements = new Map<string, number>();
    const { logger } = app.dataSource;
    const logQuery = logger.logQuery.bind(logger);
    logger.logQuery = (...parameters) => {
      statements.set(parameters[0], (statements.get(parameters[0]) ?? 0) + 1);
      return logQuery(...parameters);
    };
    // One in twenty is in operation; planned ones owe nothing, which keeps this quick.
    const rows = Array.from({ length: 10_500 }, (_, n) => row(20_000 + n, n % 20 === 0 ? '運用' : '計画'));
    const { seen, ...report } = await importFile(admin, csvOf(HEADER, ...rows), { mapping: mapping() });
    logger.logQuery = logQuery;
    expect(report).toMatchObject({
      status: 'DONE',
      created: 10_500,
      rowsRead: 10_500,
      rowsTotal: 10_500,
      rejectedCount: 0,
    });
    const progress = seen.map(({ rowsRead }: { rowsRead: number }) => rowsRead);
    expect(progress.some((rowsRead: number) => rowsRead > 0 && rowsRead < 10_500)).toBe(true);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(report.changes).toHaveLength(1_000);
    // Each by itself: how often this test asks for the progress meanwhile is not the doing of the import.
    expect(Math.max(...statements.values())).toBeLessThan(10_500 / 10);
    for (;;) {
      const [{ n }] = await app.dataSource.query(
        `SELECT count(*)::integer AS n FROM system s WHERE NOT EXISTS (SELECT FROM system_readiness r WHERE r.system_id = s.id)`,
      );
      if (n === 0) break;
      await wait(200);
    }
    const again = await importFile(admin, csvOf(HEADER, ...rows), { mapping: mapping() });
    expect(again).toMatchObject({ unchanged: 10_500, created: 0, updated: 0 });
  }, 180_000);
});
