import type { DataSource } from 'typeorm';
import { ENTITIES } from '../../src/entities';
import { buildDataSource } from '../../src/platform/database/data-source';
import { migrate } from '../../src/platform/database/migrate';
import { SchemaCheck } from '../../src/platform/database/schema-check';
import { cloneDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await cloneDatabase('migrations');
  dataSource = await buildDataSource(database.connection, ENTITIES).initialize();
});

afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

/** What TypeORM would change so that the tables fit the entities. */
async function drift(): Promise<string[]> {
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query);
}

async function names(sql: string): Promise<string[]> {
  return ((await dataSource.query(sql)) as { name: string }[]).map(({ name }) => name);
}

const tables = () => names(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`);
const functions = () =>
  names(`SELECT proname AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1`);

describe('the migrations', () => {
  it('make exactly the tables of the entities', async () => {
    expect(await drift()).toEqual([]);
  });

  it('name every constraint and index, so that a refusal can be told apart', async () => {
    const unnamed = await names(
      `SELECT conname AS name FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace AND contype IN ('u', 'c', 'f') AND conname !~ '^(uq|ck|fk)_'`,
    );
    expect(unnamed).toEqual([]);
  });

  it('go down to nothing and up again', async () => {
    const [before, functionsBefore] = [await tables(), await functions()];
    for (let left = dataSource.migrations.length; left > 0; left--)
      await dataSource.undoLastMigration({ transaction: 'all' });
    expect(await tables()).toEqual(['migration']);
    expect(await functions()).toEqual([]);
    expect(await migrate(database.connection)).toEqual(dataSource.migrations.map(({ name }) => name));
    expect([await tables(), await functions()]).toEqual([before, functionsBefore]);
    expect(await drift()).toEqual([]);
  });

  it('must have run before a process starts', async () => {
    await dataSource.undoLastMigration();
    await expect(new SchemaCheck(dataSource).onModuleInit()).rejects.toThrow('run `node dist/cli.js migrate` first');
    await migrate(database.connection);
    await expect(new SchemaCheck(dataSource).onModuleInit()).resolves.toBeUndefined();
  });

  it('change nothing when they have run, also when two processes start at once', async () => {
    expect(await Promise.all([migrate(database.connection), migrate(database.connection)])).toEqual([[], []]);
  });
});
