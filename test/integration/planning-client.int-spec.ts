import type { DataSource, QueryRunner } from 'typeorm';
import { buildDataSource } from '../../src/platform/database/data-source';
import { cloneDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let dataSource: DataSource;
let connection: QueryRunner;

beforeAll(async () => {
  database = await cloneDatabase('planning client');
  await open();
  await dataSource.query('CREATE TABLE planned (a integer)');
  await dataSource.query('INSERT INTO planned VALUES (1), (2)');
  await close();
});
beforeEach(() => open());
afterEach(() => close());
afterAll(() => database.drop());

/** A connection that keeps no plans yet. */
async function open(): Promise<void> {
  dataSource = await buildDataSource(database.connection, []).initialize();
  connection = dataSource.createQueryRunner();
}

async function close(): Promise<void> {
  await connection.release();
  await dataSource.destroy();
}

/** The texts that the connection keeps plans of. */
async function plans(): Promise<string[]> {
  const rows: { statement: string }[] = await connection.query(
    `/* not a reading by its first word */ SELECT statement FROM pg_prepared_statements`,
  );
  return rows.map(({ statement }) => statement);
}

async function often<T>(text: string, values?: unknown[]): Promise<T> {
  let last: unknown;
  for (let time = 0; time < 8; time += 1) last = await connection.query(text, values);
  return last as T;
}

it('what is read again and again is planned once, and answers the same', async () => {
  const text = 'SELECT a FROM planned WHERE a > $1 ORDER BY a';
  expect(await connection.query(text, [0])).toEqual([{ a: 1 }, { a: 2 }]);
  expect(await plans()).not.toContain(text);
  for (const [least, rows] of [
    [0, [{ a: 1 }, { a: 2 }]],
    [1, [{ a: 2 }]],
    [2, []],
  ] as const)
    expect(await often(text, [least])).toEqual(rows);
  expect(await plans()).toContain(text);
});

it('what is asked in a transaction, and what writes, is planned by itself', async () => {
  const reading = 'SELECT count(*)::int AS count FROM planned';
  const writing = [
    'UPDATE planned SET a = a',
    'WITH all_of AS (SELECT a FROM planned) UPDATE planned SET a = planned.a',
  ];
  await connection.startTransaction();
  expect(await often(reading)).toEqual([{ count: 2 }]);
  await connection.commitTransaction();
  for (const text of writing) await often(text);
  const kept = await plans();
  expect([reading, ...writing].filter((text) => kept.includes(text))).toEqual([]);
});

it('a plan is no longer used when its columns have changed or the server has dropped it', async () => {
  const text = 'SELECT * FROM planned ORDER BY a LIMIT 1';
  expect(await often(text)).toEqual([{ a: 1 }]);
  expect(await plans()).toContain(text);
  await dataSource.query('ALTER TABLE planned ADD COLUMN b text');
  expect(await often(text)).toEqual([{ a: 1, b: null }]);
  await connection.query('DEALLOCATE ALL');
  expect(await often(text)).toEqual([{ a: 1, b: null }]);
  expect(await plans()).toEqual([text]);
});

it('where plans are lost again and again, none are kept any more', async () => {
  const text = 'SELECT max(a) AS most FROM planned';
  for (let time = 0; time < 6; time += 1) {
    expect(await often(text)).toEqual([{ most: 2 }]);
    await connection.query('DEALLOCATE ALL');
  }
  await often(text);
  expect(await plans()).toEqual([]);
});

it('what goes wrong is told, and the next answer is right', async () => {
  const text = 'SELECT 12 / $1::int AS part';
  expect(await often(text, [4])).toEqual([{ part: 3 }]);
  await expect(connection.query(text, [0])).rejects.toMatchObject({ code: '22012' });
  await expect(connection.query('SELECT nothing FROM planned')).rejects.toMatchObject({ code: '42703' });
  expect(await connection.query(text, [6])).toEqual([{ part: 2 }]);
});

it('a connection keeps a bounded number of plans', async () => {
  for (let text = 0; text < 100; text += 1) expect(await often(`SELECT ${text} AS is`)).toEqual([{ is: text }]);
  expect(await plans()).toHaveLength(64);
});
