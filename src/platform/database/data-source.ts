import { DataSource, DataSourceOptions, EntityTarget } from 'typeorm';
import { types } from 'pg';
import { MIGRATIONS } from './migrations/migrations';
import { SnakeNaming } from './snake-naming';

/** Where the database is: a URL, or the socket folder of the embedded one. */
export type DatabaseConnection = { url: string } | { host: string; user: string; database: string; port?: number };

const POOL_SIZE = 16;

const { TIMESTAMPTZ } = types.builtins;
const IN_UTC = '+00';
const LONGEST_INSTANT = '2026-11-23 00:00:00.123456+00'.length;
const parseInstant = types.getTypeParser(TIMESTAMPTZ) as (text: string) => Date | number | null;

/** Instants of four-digit years in UTC, which are almost all, are left to the engine's own reading of dates, which takes half of the driver's time. */
function instantOf(text: string): Date | number | null {
  if (!text.endsWith(IN_UTC) || text.charAt(4) !== '-' || text.length > LONGEST_INSTANT) return parseInstant(text);
  return new Date(`${text.slice(0, 10)}T${text.slice(11, -IN_UTC.length)}Z`);
}

const TYPES = {
  getTypeParser: (oid: number, format?: 'text' | 'binary'): unknown =>
    oid === TIMESTAMPTZ && format !== 'binary' ? instantOf : types.getTypeParser(oid, format as 'text'),
};

/** Facts for any PostgreSQL client (TypeORM, BullMQ's pool, pg). */
export function clientOptions(connection: DatabaseConnection): Record<string, unknown> {
  return { ...('url' in connection ? { connectionString: connection.url } : connection), types: TYPES };
}

export function dataSourceOptions(
  connection: DatabaseConnection,
  entities: EntityTarget<unknown>[],
): DataSourceOptions {
  const where =
    'url' in connection
      ? { url: connection.url }
      : { host: connection.host, username: connection.user, database: connection.database, port: connection.port };
  return {
    type: 'postgres',
    ...where,
    entities: entities as never,
    migrations: MIGRATIONS,
    migrationsTableName: 'migration',
    namingStrategy: new SnakeNaming(),
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    applicationName: 'sonae',
    poolSize: POOL_SIZE,
    extra: { types: TYPES },
    logging: false,
  };
}

/** A data source that is not yet connected. Callers own it: `initialize()` and `destroy()`. */
export function buildDataSource(connection: DatabaseConnection, entities: EntityTarget<unknown>[]): DataSource {
  return new DataSource(dataSourceOptions(connection, entities));
}

/** Where a data source is connected to, for a second client of the same database. */
export function connectionOf(dataSource: DataSource): DatabaseConnection {
  const { url, host, username, database, port } = dataSource.options as {
    url?: string;
    host?: string;
    username?: string;
    database?: string;
    port?: number;
  };
  return url ? { url } : { host: host ?? '', user: username ?? '', database: database ?? '', port };
}
