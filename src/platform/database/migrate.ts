import { Client } from 'pg';
import { migrateQueue } from '../queue/queue-backend';
import { buildDataSource, clientOptions, type DatabaseConnection } from './data-source';

/** Any number: whoever migrates holds it, so that processes that start together do not migrate at once. */
const MIGRATION_LOCK = 7_266_300;

/** Brings the database to the newest schema, queue included; harmless to repeat. Returns the migrations that ran. */
export async function migrate(connection: DatabaseConnection): Promise<string[]> {
  const lock = new Client(clientOptions(connection));
  await lock.connect();
  const dataSource = buildDataSource(connection, []);
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.initialize();
    const done = await dataSource.runMigrations({ transaction: 'all' });
    await migrateQueue(connection);
    return done.map(({ name }) => name);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await lock.end(); // gives the lock back
  }
}
