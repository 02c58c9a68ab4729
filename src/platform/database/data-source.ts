import { DataSource, DataSourceOptions, EntityTarget } from 'typeorm';
import { TYPES } from './client/instants';
import { PlanningClient } from './client/planning-client';
import { MIGRATIONS } from './migrations/migrations';
import { SnakeNaming } from './snake-naming';

/** Where the database is: a URL, or the socket folder of the embedded one. */
export type DatabaseConnection = { url: string } | { host: string; user: string; database: string; port?: number };

const POOL_SIZE = 16;

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
    extra: { types: TYPES, Client: PlanningClient },
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
