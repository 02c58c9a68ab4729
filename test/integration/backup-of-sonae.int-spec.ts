import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AppModule } from '../../src/app.module';
import { seedDemo } from '../../src/demo/seed-demo';
import { ENTITIES } from '../../src/entities';
import { ObligationLedger } from '../../src/obligations/obligation-ledger';
import { readConfig } from '../../src/platform/config/config';
import { type EmbeddedConnection, startEmbeddedPostgres } from '../../src/platform/database/embedded/embedded-postgres';
import { migrate } from '../../src/platform/database/migrate';
import { PlatformModule } from '../../src/platform/platform.module';
import { SettableClock } from '../support/clock';
import { queryOnce } from '../support/database';

const NOW = '2026-11-23T00:00:00Z';
const DEBIAN = '/usr/lib/postgresql';

/** Folders in which PostgreSQL brings server and backup tools of one version. */
function foldersWithTools(): string[] {
  const folders = existsSync(DEBIAN) ? readdirSync(DEBIAN).map((version) => join(DEBIAN, version, 'bin')) : [];
  const programs = ['initdb', 'postgres', 'pg_dump', 'pg_restore'];
  return folders.filter((folder) => programs.every((program) => existsSync(join(folder, program))));
}

/** The features on a database, without HTTP and jobs, at an instant that does not move. */
async function withService<T>(
  connection: EmbeddedConnection,
  use: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const config = readConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent', SONAE_DEMO_PASSWORD: 'correct horse battery' });
  const platform = PlatformModule.with({ config, connection, entities: ENTITIES, clock: new SettableClock(NOW) });
  const app = await NestFactory.createApplicationContext(AppModule.with(platform), { logger: false });
  try {
    return await use(app);
  } finally {
    await app.close();
  }
}

/** Rows and digest of every table of ours. */
async function contentOf(connection: EmbeddedConnection): Promise<Record<string, string>> {
  const tables = await queryOnce<{ name: string }>(
    connection,
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const content: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await queryOnce<{ rows: string; digest: string }>(
      connection,
      `SELECT count(*) AS rows, md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) AS digest FROM ${name} t`,
    );
    content[name] = `${row?.rows} rows, ${row?.digest}`;
  }
  return content;
}

const rebuild = (app: INestApplicationContext): Promise<number> =>
  app.get(ObligationLedger, { strict: false }).refreshAll(app.get(DataSource).manager);

/** What a restored installation has to be: whole, up to date, in agreement with its facts, and as strict as before. */
async function expectWhole(restored: EmbeddedConnection, before: Record<string, string>): Promise<void> {
  expect(await contentOf(restored)).toEqual(before);
  expect(await migrate(restored)).toEqual([]);
  expect(await withService(restored, rebuild)).toBeGreaterThan(5);
  expect(await contentOf(restored)).toEqual(before);
  const edit = queryOnce(restored, `UPDATE evidence SET outcome = 'PASSED' WHERE outcome = 'FAILED'`);
  await expect(edit).rejects.toThrow('evidence is superseded, never edited');
}

describe('a backup of Sonae', () => {
  let place: string;
  const cleanUp: (() => Promise<void>)[] = [];

  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'sonae-backup-'));
  });

  afterEach(async () => {
    for (const stop of cleanUp.splice(0).reverse()) await stop();
    rmSync(place, { recursive: true, force: true, maxRetries: 5 });
  });

  async function start(folder: string, binFolder?: string) {
    const server = await startEmbeddedPostgres({ dataDir: join(place, folder), binFolder });
    cleanUp.push(server.stop);
    return server;
  }

  /** An installation with the demo in it, and a queue that has been used. */
  async function furnish(connection: EmbeddedConnection): Promise<Record<string, string>> {
    await migrate(connection);
    expect(await withService(connection, seedDemo)).toBe(true);
    const content = await contentOf(connection);
    expect(content.evidence).toMatch(/^[1-9]\d+ rows/);
    expect(content.readiness_count).toMatch(/^[1-9]/);
    return content;
  }

  it('is the data directory, copied while nothing runs in it', async () => {
    const original = await start('original');
    const before = await furnish(original.connection);
    await original.stop();
    cpSync(join(place, 'original'), join(place, 'copy'), { recursive: true });
    rmSync(join(place, 'original'), { recursive: true });
    const restored = await start('copy');
    expect(restored.adopted).toBe(false);
    await expectWhole(restored.connection, before);
  });

  for (const folder of foldersWithTools())
    it(`is a dump by ${folder}/pg_dump, restored into an empty database`, async () => {
      const { connection } = await start('server', folder);
      const before = await furnish(connection);
      const at = ['--host', connection.host, '--username', connection.user];
      const dump = join(place, 'sonae.dump');
      execFileSync(join(folder, 'pg_dump'), [...at, '--format=custom', `--file=${dump}`, connection.database]);
      await queryOnce(connection, 'CREATE DATABASE restored');
      execFileSync(join(folder, 'pg_restore'), [
        ...at,
        '--exit-on-error',
        '--no-owner',
        '--no-privileges',
        '--dbname=restored',
        dump,
      ]);
      const restored = { ...connection, database: 'restored' };
      const [queue] = await queryOnce<{ tables: string }>(
        restored,
        `SELECT count(*) AS tables FROM pg_tables WHERE schemaname = 'bullmq'`,
      );
      expect(Number(queue?.tables)).toBeGreaterThan(0);
      await expectWhole(restored, before);
    });
});
