import { Client } from 'pg';
import { unnest } from '../../src/platform/database/unnest';
import { cloneDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await cloneDatabase('unnest');
  client = new Client(database.connection);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

async function back(rows: readonly { value: unknown }[], type: string): Promise<unknown[]> {
  const { source, values } = unnest(rows, { value: type }, 'sent');
  const { rows: read } = await client.query(`SELECT value FROM ${source}`, values);
  return read.map(({ value }) => value);
}

it.each([
  [
    'text',
    ['plain', '', 'NULL', 'null', ' ', '{}', 'a,b', '"', '\\', '\\"', "'", 'ね\n\t', '😀', '{"a":"\\\\"}', null],
  ],
  ['uuid', ['0199d3a0-0000-7000-8000-000000000000', null]],
  ['integer', [0, -1, 2147483647, null]],
  ['bigint', ['9007199254740993', '-1', null]],
  ['boolean', [true, false, null]],
  ['jsonb', [{ a: ['"', '\\', null, 1.5], 'ね\n\t\u0001\u007f\u2028': '\\"\b' }, [], {}, 'text', 0, false, null]],
  ['timestamptz', [new Date('2026-11-23T00:00:00.123Z'), new Date('1969-12-31T23:59:59.999Z'), null]],
  ['bytea', [Buffer.from([0, 34, 92, 255]), Buffer.alloc(0), null]],
])('values of type %s come back as they were sent', async (type, values) => {
  const rows = values.map((value) => ({ value }));
  expect(await back(rows, type)).toEqual(values);
  expect(await back([], type)).toEqual([]);
});

it('what is not said is null, and columns stay beside each other', async () => {
  const { columns, source, values } = unnest([{ aB: 1, c: 'x' }, { c: 'y' }], { aB: 'integer', c: 'text' }, 'sent', 2);
  expect(columns).toEqual(['a_b', 'c']);
  const { rows } = await client.query(`SELECT $1::text AS first, a_b, c FROM ${source}`, ['0', ...values]);
  expect(rows).toEqual([
    { first: '0', a_b: 1, c: 'x' },
    { first: '0', a_b: null, c: 'y' },
  ]);
});
