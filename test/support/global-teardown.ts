import { stopTestPostgres } from './embedded/test-postgres';

/** Jest: ends the PostgreSQL of the run and leaves nothing on disk. */
export default async function globalTeardown(): Promise<void> {
  if (globalThis.sonaeTestPostgres) await stopTestPostgres(globalThis.sonaeTestPostgres);
}
