import { Client } from 'pg';
import type { EmbeddedConnection } from '../../src/platform/database/embedded/embedded-postgres';
import { migrate } from '../../src/platform/database/migrate';
import { EMBEDDED_SERVICE_ROLE } from '../../src/platform/database/service-role';

/** Database that every test database is cloned from. */
export const TEMPLATE_DATABASE = 'sonae_template';

/** Makes the template on a fresh server, with the schema and without rows; `connection` leads to any other database of it. */
export async function migrateTemplate(connection: EmbeddedConnection): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${TEMPLATE_DATABASE}`);
  } finally {
    await client.end();
  }
  await migrate({ ...connection, database: TEMPLATE_DATABASE }, { name: EMBEDDED_SERVICE_ROLE });
}
