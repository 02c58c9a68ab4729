import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { EmbeddedConnection } from '../../src/platform/database/embedded/embedded-postgres';
import { EMBEDDED_SERVICE_ROLE } from '../../src/platform/database/service-role';
import { TEMPLATE_DATABASE } from './template';

/** A database of a test's own, with the schema and without rows. */
export interface TestDatabase {
  /** As the owner. */
  connection: EmbeddedConnection;
  /** As the role that the service works as. */
  asService: EmbeddedConnection;
  /** The owner's as a URL, for processes that are told by their settings. */
  url: string;
  /** Runs one statement on a connection of its own: for looking behind the service's back. */
  query<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Deletes it, cutting connections that are still open. */
  drop(): Promise<void>;
}

/** Clones a template, the empty one unless told: about 20 ms, for once per test file. The name shows in the server's log only. */
export async function cloneDatabase(name = 'test', template = TEMPLATE_DATABASE): Promise<TestDatabase> {
  const server = testServer();
  const readable = name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  const database = `t_${readable.slice(0, 40)}_${randomBytes(6).toString('hex')}`;
  await queryOnce(server, `CREATE DATABASE ${database} TEMPLATE ${template} STRATEGY file_copy`);
  const connection = { ...server, database };
  return {
    connection,
    asService: { ...connection, user: EMBEDDED_SERVICE_ROLE },
    url: urlOf(connection),
    query: (sql, values) => queryOnce(connection, sql, values),
    drop: async () => {
      await queryOnce(server, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    },
  };
}

/**
 * Makes a template of what `fill` leaves in a fresh database, which it must have left by then; once for a name in a run,
 * whoever of the workers comes first while the others wait.
 */
export async function templateOf(name: string, fill: (database: TestDatabase) => Promise<void>): Promise<void> {
  const client = new Client(testServer());
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [name]);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount) return;
    const database = await cloneDatabase(name);
    await fill(database);
    await client.query(`ALTER DATABASE ${database.connection.database} RENAME TO ${name}`);
  } finally {
    await client.end();
  }
}

/** Opens a connection for one statement. */
export async function queryOnce<Row extends object>(
  connection: EmbeddedConnection,
  sql: string,
  values?: unknown[],
): Promise<Row[]> {
  const client = new Client(connection);
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

function urlOf({ host, port, user, database }: EmbeddedConnection): string {
  return `postgres://${user}@localhost:${port}/${database}?${new URLSearchParams({ host }).toString()}`;
}

function testServer(): EmbeddedConnection {
  const facts = process.env.SONAE_TEST_PG;
  if (!facts) throw new Error('No test server: run this test in the integration, e2e or browser project of Jest');
  return JSON.parse(facts) as EmbeddedConnection;
}
