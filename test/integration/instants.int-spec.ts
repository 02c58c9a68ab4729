import { type DataSource } from 'typeorm';
import { types } from 'pg';
import { buildDataSource } from '../../src/platform/database/data-source';
import { cloneDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await cloneDatabase('instants');
  dataSource = await buildDataSource(database.connection, []).initialize();
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const asTheDriver = types.getTypeParser(types.builtins.TIMESTAMPTZ) as (text: string) => unknown;

async function read(text: string, zone: string): Promise<{ read: unknown; text: string }> {
  return dataSource.transaction(async (m) => {
    await m.query(`SET LOCAL TIME ZONE '${zone}'`);
    const [row] = await m.query<{ read: unknown; text: string }[]>(
      'SELECT $1::timestamptz AS read, $1::timestamptz::text AS text',
      [text],
    );
    return row!;
  });
}

it.each(['UTC', 'Asia/Tokyo', 'Asia/Kolkata', 'America/St_Johns', 'Etc/GMT'])(
  'instants are read as the driver reads them, in %s',
  async (zone) => {
    for (const said of [
      ...['2026-11-23 00:00:00Z', '2026-02-28 23:59:59.999Z', '2026-11-23 12:34:56.7Z', '2026-11-23 12:34:56.123456Z'],
      ...['1969-12-31 23:59:59.9995Z', '1887-12-31 15:00:00Z', '0001-01-01 00:00:00Z', '0044-03-15 12:00:00Z BC'],
      ...['9999-12-31 23:59:59.999Z', '10000-01-01 00:00:00Z', '12026-11-23 00:00:00.5Z', 'infinity', '-infinity'],
    ]) {
      const { read: instant, text } = await read(said, zone);
      expect([said, instant]).toEqual([said, asTheDriver(text)]);
    }
  },
);

it('a column without an instant is null', async () => {
  expect(await dataSource.query('SELECT NULL::timestamptz AS at')).toEqual([{ at: null }]);
});
