import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { DataSource } from 'typeorm';
import { ENTITIES } from '../../src/entities';
import { buildDataSource } from '../../src/platform/database/data-source';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded/embedded-postgres';
import { migrate } from '../../src/platform/database/migrate';
import { EMBEDDED_SERVICE_ROLE } from '../../src/platform/database/service-role';
import { makeRunFolder } from '../../test/support/embedded/test-postgres';
import { RunningProcess } from '../../test/support/running/running-process';

/** The built product as it is installed: a PostgreSQL that makes durable what it commits, the HTTP process and the worker. */
export interface Installation {
  /** As the owner of the schema. */
  owner: DataSource;
  /** Starts a process of the product, or a script, on the database, and waits until it listens. Returns where. */
  listen(script: string, settings?: Record<string, string>): Promise<string>;
  /** Starts the worker. */
  work(settings?: Record<string, string>): Promise<void>;
  stop(): Promise<void>;
}

export async function openInstallation(): Promise<Installation> {
  const dataDir = makeRunFolder([tmpdir()]);
  const postgres = await startEmbeddedPostgres({ dataDir, binFolder: process.env.PG_BIN });
  await migrate(postgres.connection, { name: EMBEDDED_SERVICE_ROLE });
  const owner = await buildDataSource(postgres.connection, ENTITIES).initialize();
  const processes: RunningProcess[] = [];
  const start = (script: string, user: string, settings: Record<string, string>): RunningProcess => {
    const { host, port, database } = postgres.connection;
    const url = `postgres://${user}@localhost:${port}/${database}?${new URLSearchParams({ host }).toString()}`;
    const running = RunningProcess.start([script], {
      settings: { DATABASE_URL: url, LOG_LEVEL: 'info', PORT: '0', ...settings },
    });
    processes.unshift(running);
    return running;
  };
  return {
    owner,
    listen: async (script, settings = {}) => {
      const user = script.startsWith('dist/') ? EMBEDDED_SERVICE_ROLE : postgres.connection.user;
      const [, url = ''] = await start(script, user, settings).says(/listening, (http:\/\/[\w.:]+)/);
      return url;
    },
    work: async (settings = {}) => {
      await start('dist/worker.js', EMBEDDED_SERVICE_ROLE, settings).says(/working/);
    },
    stop: async () => {
      for (const running of processes) await running.stop();
      await owner.destroy();
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
