import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { StartError, type Undo } from './boot';
import type { Config } from './platform/config/config';
import { clientOptions, type DatabaseConnection } from './platform/database/data-source';
import { lockDataDirectory } from './platform/database/embedded/data-directory-lock';
import { type EmbeddedConnection, startEmbeddedPostgres } from './platform/database/embedded/embedded-postgres';
import { accepts, DATABASE_USER, livingPostmaster, SOCKET_PORT } from './platform/database/embedded/postmaster';
import { EMBEDDED_SERVICE_ROLE, ownedDatabase, type OwnedDatabase } from './platform/database/service-role';

const LONGEST_LEAVE_MS = 1_000;
const LEAVE_POLL_MS = 20;

/**
 * The database of the settings, or the one that this process brings along: started in the data directory, and stopped by `undo`.
 * @throws StartError when another service holds the data directory, or there is no PostgreSQL to start.
 */
export async function openDatabase(
  { DATABASE_URL, DATABASE_OWNER_URL, SONAE_DATA, PG_BIN }: Config,
  undo: Undo,
  log: (line: string) => void,
): Promise<OwnedDatabase> {
  if (DATABASE_URL) return ownedDatabase(DATABASE_URL, DATABASE_OWNER_URL);
  await undo.open(
    () => asStartError(() => lockDataDirectory(SONAE_DATA)),
    (release) => release(),
  );
  const { connection } = await undo.open(
    () => asStartError(() => startEmbeddedPostgres({ dataDir: SONAE_DATA, binFolder: PG_BIN, log })),
    (postgres) => untilOthersLeft(postgres.connection).finally(postgres.stop),
  );
  return embedded(connection);
}

/** The service works as a role of its own, that owns nothing. */
function embedded(owner: EmbeddedConnection): OwnedDatabase {
  return { owner, connection: { ...owner, user: EMBEDDED_SERVICE_ROLE }, role: { name: EMBEDDED_SERVICE_ROLE } };
}

/** For commands beside a running service: the database it brought along, or else one of our own. */
export async function joinDatabase(config: Config, undo: Undo, log: (line: string) => void): Promise<OwnedDatabase> {
  const server = config.DATABASE_URL ? undefined : livingPostmaster(join(resolve(config.SONAE_DATA), 'pg'));
  if (server && (await accepts(server.socketFolder)))
    return embedded({ host: server.socketFolder, port: SOCKET_PORT, user: DATABASE_USER, database: 'sonae' });
  return openDatabase(config, undo, log);
}

/** A pool says that it has ended while its connections are still on their way out; cut off, each of them would complain. */
async function untilOthersLeft(connection: DatabaseConnection): Promise<void> {
  const client = new Client(clientOptions(connection));
  await client.connect();
  try {
    for (let waited = 0; waited < LONGEST_LEAVE_MS; waited += LEAVE_POLL_MS) {
      const { rowCount } = await client.query(
        `SELECT FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
      );
      if (rowCount === 0) return;
      await sleep(LEAVE_POLL_MS);
    }
  } finally {
    await client.end();
  }
}

async function asStartError<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new StartError((error as Error).message);
  }
}
