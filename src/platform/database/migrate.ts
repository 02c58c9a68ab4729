import { Client } from 'pg';
import { migrateQueue } from '../queue/queue-backend';
import { buildDataSource, clientOptions, type DatabaseConnection } from './data-source';
import { grantServiceRole, ownsSchema, type ServiceRole } from './service-role';

/** Any number: whoever migrates holds it, so that processes that start together do not migrate at once. */
const MIGRATION_LOCK = 7_266_300;

/** A role that may not change the schema was asked to. */
export class NotTheOwner extends Error {}

/**
 * Brings the database to the newest schema, queue included, and gives the role of the service its rights; harmless to repeat. Returns the
 * migrations that ran.
 * @param connection of the owner. Another role finds that there is nothing to do. @throws NotTheOwner when there is.
 */
export async function migrate(connection: DatabaseConnection, role?: ServiceRole): Promise<string[]> {
  const lock = new Client(clientOptions(connection));
  await lock.connect();
  const dataSource = buildDataSource(connection, []);
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.initialize();
    if (!(await ownsSchema(lock))) {
      if (!(await dataSource.showMigrations())) return [];
      throw new NotTheOwner('The schema is older than this version: migrate with DATABASE_OWNER_URL.');
    }
    const done = await dataSource.runMigrations({ transaction: 'all' });
    await migrateQueue(connection);
    if (role) await grantServiceRole(lock, role);
    return done.map(({ name }) => name);
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await lock.end(); // gives the lock back
  }
}
