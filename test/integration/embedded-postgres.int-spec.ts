import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { lockDataDirectory } from '../../src/platform/database/embedded/data-directory-lock';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/database/embedded/embedded-postgres';
import { livingProcess } from '../../src/platform/database/embedded/process-facts';
import { queryOnce as query } from '../support/database';
import {
  compileEmbedded,
  packageFolder,
  startProcess,
  type CompiledEmbedded,
} from '../support/embedded/embedded-process';

const POSTGRES_PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;
const NOBODY = { uid: 65534, gid: 65534 };
const asRoot = process.getuid?.() === 0;

describe('embedded PostgreSQL', () => {
  let place: string;
  let dataDir: string;
  let compiled: CompiledEmbedded;
  const cleanUp: (() => unknown)[] = [];

  beforeAll(() => {
    compiled = compileEmbedded({ pg: packageFolder('pg'), [POSTGRES_PACKAGE]: packageFolder(POSTGRES_PACKAGE) });
  });

  afterAll(() => compiled.remove());

  beforeEach(() => {
    place = mkdtempSync(join(tmpdir(), 'sonae-it-'));
    dataDir = join(place, 'data');
  });

  afterEach(async () => {
    for (const step of cleanUp.splice(0).reverse()) await step();
    rmSync(place, { recursive: true, force: true, maxRetries: 5 });
  });

  async function start(options: { dataDir?: string; durable?: boolean } = {}): Promise<EmbeddedPostgres> {
    const postgres = await startEmbeddedPostgres({ dataDir, ...options });
    cleanUp.push(postgres.stop);
    return postgres;
  }

  it('keeps its data from one start to the next, reachable by nobody else', async () => {
    const first = await start();
    expect(first).toMatchObject({ adopted: false, connection: { host: dataDir, user: 'sonae', database: 'sonae' } });
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(await query(first.connection, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '' }]);
    expect(await query(first.connection, 'SHOW timezone')).toEqual([{ TimeZone: 'UTC' }]);
    expect(await query(first.connection, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
    await query(first.connection, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    expect(livingProcess(first.pid)).toBeUndefined();

    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.connection, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('gives up durability for tests only', async () => {
    const { connection } = await start({ durable: false });
    const rows = await query(
      connection,
      `SELECT name, setting FROM pg_settings
       WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'autovacuum') AND setting <> 'off'`,
    );
    expect(rows).toEqual([]);
  });

  it('recovers every acknowledged row after kill -9 of the server', async () => {
    const first = await start();
    await query(first.connection, 'CREATE TABLE acknowledged (n integer)');
    const acknowledged = await insertUntilCut(first, 200);

    const second = await start();
    expect(second.adopted).toBe(false);
    const rows = await query<{ n: number }>(second.connection, 'SELECT n FROM acknowledged');
    expect(rows.map(({ n }) => n)).toEqual(expect.arrayContaining(acknowledged));
    expect(acknowledged.length).toBeGreaterThanOrEqual(200);
  });

  it('takes over the server that a killed service left running', async () => {
    const child = await startProcess(compiled, 'postgres', dataDir);
    await query(child.facts.connection, 'CREATE TABLE kept AS SELECT 7 AS answer');
    await child.end('SIGKILL');
    expect(livingProcess(child.facts.pid)).toBeDefined();

    const adopted = await start();
    expect(adopted).toMatchObject({ adopted: true, pid: child.facts.pid, connection: child.facts.connection });
    expect(await query(adopted.connection, 'SELECT answer FROM kept')).toEqual([{ answer: 7 }]);
    await adopted.stop();
    expect(livingProcess(child.facts.pid)).toBeUndefined();
  });

  it('stays up when the service gets Ctrl-C, until the service stops it', async () => {
    const child = await startProcess(compiled, 'postgres', dataDir);
    expect(processGroup(child.facts.pid)).not.toBe(processGroup(child.process.pid ?? 0));
    expect(await child.end()).toBe(0);
    expect(livingProcess(child.facts.pid)).toBeUndefined();
  });

  it('starts although the pid in stale locks belongs to another program by now', async () => {
    const first = await start();
    const locks = [join(dataDir, 'pg', 'postmaster.pid'), join(dataDir, '.s.PGSQL.5432.lock')];
    const contents = locks.map((lock) => readFileSync(lock, 'utf8'));
    await first.stop();
    locks.forEach((lock, at) => writeFileSync(lock, (contents[at] ?? '').replace(/^\d+/, String(process.pid))));

    expect((await start()).adopted).toBe(false);
  });

  it('leaves no half cluster behind when its first start was killed', async () => {
    mkdirSync(join(dataDir, 'init-99999', 'base'), { recursive: true });
    await start();
    expect(readdirSync(dataDir).filter((name) => name.startsWith('init-'))).toEqual([]);
  });

  it('starts in a folder whose path is too long for a socket, and in one with odd characters', async () => {
    const long = await start({ dataDir: join(place, 'long'.repeat(30)) });
    expect(long.connection.host.length).toBeLessThan(60);
    expect(await query(long.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await long.stop();
    expect(() => statSync(long.connection.host)).toThrow('ENOENT');

    const odd = await start({ dataDir: join(place, 'a, b "c" 備え') });
    expect(await query(odd.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('makes the library links that an install without scripts lacks', async () => {
    const bare = join(place, 'package');
    const source = packageFolder(POSTGRES_PACKAGE);
    const links = JSON.parse(readFileSync(join(source, 'native', 'pg-symlinks.json'), 'utf8')) as { target: string }[];
    const targets = links.map(({ target }) => join(source, target));
    cpSync(source, bare, { recursive: true, filter: (file) => !targets.includes(file) });
    const without = compileEmbedded({ pg: packageFolder('pg'), [POSTGRES_PACKAGE]: bare });
    cleanUp.push(without.remove);

    const child = await startProcess(without, 'postgres', dataDir);
    expect(await query(child.facts.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await child.end()).toBe(0);
  });

  it('says in one line what is missing when there is no PostgreSQL at all', async () => {
    // A package that cannot be resolved hides one that stands in a folder above.
    const absent = join(place, 'absent');
    mkdirSync(absent);
    writeFileSync(join(absent, 'package.json'), JSON.stringify({ exports: './absent.js' }));
    const without = compileEmbedded({ pg: packageFolder('pg'), [POSTGRES_PACKAGE]: absent });
    cleanUp.push(without.remove);

    const failure = await startProcess(without, 'postgres', dataDir, { env: { PATH: place } }).catch(messageOf);
    expect(failure).toBe(
      `No PostgreSQL here: neither the npm package ${POSTGRES_PACKAGE} nor initdb and postgres on PATH; ` +
        'set DATABASE_URL to a PostgreSQL server, or PG_BIN to the folder that holds initdb and postgres\n',
    );
  });

  it('says in one line why PostgreSQL did not start', async () => {
    await (await start()).stop();
    writeFileSync(join(dataDir, 'pg', 'PG_VERSION'), '9.6\n');
    const failure = (await start().catch(messageOf)) as string;
    expect(failure).toContain('PostgreSQL did not start: database files are incompatible with server');
    expect(failure).not.toContain('\n');
  });

  if (asRoot) {
    it('runs as an ordinary user too', async () => {
      chownSync(place, NOBODY.uid, NOBODY.gid);
      const child = await startProcess(compiled, 'postgres', dataDir, NOBODY);
      expect(statSync(join(dataDir, 'pg')).uid).toBe(NOBODY.uid);
      expect(statSync(`/proc/${child.facts.pid}`).uid).toBe(NOBODY.uid);
      expect(await child.end()).toBe(0);
      // Root starting it later runs it as its owner.
      const postgres = await start();
      expect(statSync(`/proc/${postgres.pid}`).uid).toBe(NOBODY.uid);
    });

    it('runs for root as an account without rights where the kernel has no user namespaces', async () => {
      chmodSync(place, 0o755);
      // An empty PATH has no unshare, and no sync either.
      const child = await startProcess(compiled, 'postgres', dataDir, { env: { PATH: place } });
      expect(statSync(`/proc/${child.facts.pid}`).uid).not.toBe(0);
      expect(statSync(join(dataDir, 'pg')).uid).toBe(statSync(`/proc/${child.facts.pid}`).uid);
      expect(await child.end()).toBe(0);
    });
  }
});

describe('lock of a data directory', () => {
  let dataDir: string;
  let compiled: CompiledEmbedded;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'sonae-it-'));
    compiled = compileEmbedded({ pg: packageFolder('pg') });
  });

  afterEach(() => {
    compiled.remove();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('refuses a second service in one line, until the first gives it back', async () => {
    const first = await startProcess(compiled, 'lock', dataDir);
    const refusal =
      `The data directory ${dataDir} is in use by another Sonae service (pid ${first.process.pid}): ` +
      'stop that one, or give this one a directory of its own with SONAE_DATA';
    expect(() => lockDataDirectory(dataDir)).toThrow(refusal);
    expect(await startProcess(compiled, 'lock', dataDir).catch(messageOf)).toBe(`${refusal}\n`);

    expect(await first.end()).toBe(0);
    const release = lockDataDirectory(dataDir);
    expect(() => lockDataDirectory(dataDir)).toThrow(`pid ${process.pid}`);
    release();
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('is free again after kill -9 of its holder', async () => {
    const first = await startProcess(compiled, 'lock', dataDir);
    await first.end('SIGKILL');
    lockDataDirectory(dataDir)();
  });

  it('does not mistake another process with a recycled pid for its holder', () => {
    writeFileSync(join(dataDir, 'sonae.lock'), JSON.stringify({ pid: process.pid, startedAtTick: '1' }));
    lockDataDirectory(dataDir)();
  });

  it('is given to one of many that start at once after a crash', async () => {
    writeFileSync(join(dataDir, 'sonae.lock'), JSON.stringify({ pid: process.pid, startedAtTick: '1' }));
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, () => startProcess(compiled, 'lock', dataDir).catch(messageOf)),
    );
    const holders = outcomes.filter((outcome) => typeof outcome !== 'string');
    expect(holders).toHaveLength(1);
    await Promise.all(holders.map((holder) => holder.end()));
  });
});

/** Inserts row by row on two connections, kills the server when enough are acknowledged, and returns all that were. */
async function insertUntilCut({ connection, pid }: EmbeddedPostgres, enough: number): Promise<number[]> {
  const acknowledged: number[] = [];
  let next = 0;
  const writer = async () => {
    const client = new Client(connection);
    client.on('error', () => undefined);
    await client.connect();
    for (;;) {
      const n = next++;
      await client.query('INSERT INTO acknowledged VALUES ($1)', [n]);
      acknowledged.push(n);
      if (acknowledged.length === enough) process.kill(pid, 'SIGKILL');
    }
  };
  const ends = await Promise.allSettled([writer(), writer()]);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  return acknowledged;
}

/** Field 5 of /proc/<pid>/stat; the names of these programs hold no blanks. */
function processGroup(pid: number): string | undefined {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[4];
}

const messageOf = (error: Error): string => error.message;
