import { migrateTemplate } from './template';
import { startTestPostgres, type TestPostgres } from './embedded/test-postgres';

declare global {
  var sonaeTestPostgres: TestPostgres | undefined;
}

/** Jest: one PostgreSQL for the run, with the template database; tests reach it through `cloneDatabase`. */
export default async function globalSetup(): Promise<void> {
  globalThis.sonaeTestPostgres = await startTestPostgres();
  const { connection } = globalThis.sonaeTestPostgres;
  await migrateTemplate(connection);
  process.env.SONAE_TEST_PG = JSON.stringify(connection);
}
