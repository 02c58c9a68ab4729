import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureCluster, openDataDirectory, socketFolderFor } from './cluster';
import { accountFor, handOver, handOverFolder, type PostgresAccount } from './postgres-account';
import { findPostgresBinaries } from './postgres-binaries';
import {
  accepts,
  DATABASE_USER,
  livingPostmaster,
  removeStaleLocks,
  SOCKET_PORT,
  stopPostmaster,
  withClient,
  type Postmaster,
} from './postmaster';

export interface EmbeddedPostgresOptions {
  /** Folder of everything: cluster, socket and log of the server. Made when missing, mode 0700. */
  dataDir: string;
  /** False for tests only: a crash of the machine may then lose everything. Default true. */
  durable?: boolean;
  /** Folder of initdb and postgres to use instead of the npm package. */
  binFolder?: string;
  /** Default 100. */
  maxConnections?: number;
  /** What the server keeps of its tables in memory, as PostgreSQL writes sizes. */
  sharedBuffers?: string;
  /** Takes one line at a time. */
  log?: (line: string) => void;
}

/** What pg, TypeORM and BullMQ need to connect: there is no TCP port and no password, the folder of the socket is the host. */
export interface EmbeddedConnection {
  host: string;
  port: number;
  user: string;
  database: string;
}

export interface EmbeddedPostgres {
  connection: EmbeddedConnection;
  /** Process id of the server. */
  pid: number;
  /** True when a server that had outlived its service was found running and taken over. */
  adopted: boolean;
  /** Stops the server and waits until it is gone. Close your connections first: it cuts them. */
  stop(): Promise<void>;
}

const DATABASE = 'sonae';
const RETRY_MS = 250;
/** Recovery after a crash may take long; a server that never answers must still end the start. */
const LONGEST_START_MS = 300_000;
const LARGEST_LOG_BYTES = 10 * 1024 * 1024;
/** Said while a killed server, or a backend that outlived it, is not quite gone. */
const NOT_QUITE_GONE = /lock file "postmaster\.pid" already exists|pre-existing shared memory block/;

/**
 * Starts PostgreSQL in a data directory, or takes over the one that a killed service left running there, and makes the
 * database when missing. The server runs in a process group of its own, so that Ctrl-C reaches the service only, and
 * it outlives a killed service. Hold the lock of the data directory before.
 *
 * @throws Error of one line when no PostgreSQL is found or it does not start.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { durable = true, log = () => undefined } = options;
  const dataDir = resolve(options.dataDir);
  const cluster = join(dataDir, 'pg');
  const binaries = findPostgresBinaries(options.binFolder);
  openDataDirectory(dataDir);

  let adopted = true;
  let server = await answeringPostmaster(cluster);
  if (!server) {
    const account = await accountFor(cluster, binaries.postgres);
    handOverFolder(dataDir, account);
    if (!existsSync(cluster)) log('Setting up the built-in PostgreSQL for the first time');
    await ensureCluster(dataDir, binaries, account, durable);
    ({ server, adopted } = await startOrAdopt({ ...options, dataDir, durable, log }, binaries.postgres, account));
  }
  await ensureDatabase(server.socketFolder);
  log(adopted ? `Took over the running PostgreSQL (pid ${server.pid})` : `PostgreSQL is up (pid ${server.pid})`);

  const { pid, socketFolder } = server;
  return {
    connection: { host: socketFolder, port: SOCKET_PORT, user: DATABASE_USER, database: DATABASE },
    pid,
    adopted,
    stop: async () => {
      await stopPostmaster(pid);
      if (socketFolder !== dataDir) rmSync(socketFolder, { recursive: true, force: true });
    },
  };
}

/** Stops the server of a data directory when one runs there; for what a killed run left behind. */
export async function stopLeftover(dataDir: string): Promise<void> {
  const server = livingPostmaster(join(resolve(dataDir), 'pg'));
  if (server) await stopPostmaster(server.pid);
}

type StartOptions = EmbeddedPostgresOptions & { durable: boolean; log: (line: string) => void };

async function startOrAdopt(options: StartOptions, program: string, account: PostgresAccount) {
  const cluster = join(options.dataDir, 'pg');
  for (let waited = 0; waited <= LONGEST_START_MS; waited += RETRY_MS) {
    const living = livingPostmaster(cluster);
    if (!living) {
      removeStaleLocks(cluster);
      const server = await start(options, program, account);
      if (server) return { server, adopted: false };
    } else if (await accepts(living.socketFolder)) {
      return { server: living, adopted: true };
    } else if (living.socketFolder && !existsSync(join(living.socketFolder, `.s.PGSQL.${SOCKET_PORT}`))) {
      await stopPostmaster(living.pid); // a cleaner of temporary files took its socket: nobody can reach it again
    }
    if (waited === 0) options.log('Waiting for the PostgreSQL that ran here before to end');
    await sleep(RETRY_MS);
  }
  throw new Error(`The PostgreSQL that runs in ${cluster} neither answers nor ends: stop it and start again`);
}

/** Starts the server once; undefined when another one is not quite gone yet. */
async function start(
  options: StartOptions,
  program: string,
  account: PostgresAccount,
): Promise<Postmaster | undefined> {
  const socketFolder = socketFolderFor(options.dataDir, account);
  const logFile = openLog(options.dataDir, account);
  const before = statSync(logFile).size;
  const child = launch(logFile, [...account.prefix, program, ...settings(options, socketFolder)], account);
  let failure: string | undefined;
  child.once('error', (error) => (failure = error.message));
  child.once('exit', (code, signal) => (failure ??= `it ended with ${signal ?? `code ${code}`}`));
  for (let waited = 0; !failure && waited <= LONGEST_START_MS; waited += 20) {
    if (child.pid && (await accepts(socketFolder))) return { pid: child.pid, socketFolder };
    await sleep(20);
  }
  if (!failure && child.pid) await stopPostmaster(child.pid);
  if (socketFolder !== options.dataDir) rmSync(socketFolder, { recursive: true, force: true });
  const said = readFileSync(logFile).subarray(before).toString('utf8');
  if (NOT_QUITE_GONE.test(said)) return undefined;
  throw new Error(`PostgreSQL did not start: ${reasonIn(said) ?? failure ?? 'it does not answer'} (log: ${logFile})`);
}

function launch(logFile: string, words: string[], { identity }: PostgresAccount): ChildProcess {
  const [command, ...args] = words as [string, ...string[]];
  const handle = openSync(logFile, 'a');
  try {
    const child = spawn(command, args, { cwd: '/', detached: true, stdio: ['ignore', handle, handle], ...identity });
    child.unref();
    return child;
  } finally {
    closeSync(handle);
  }
}

function settings(
  { dataDir, durable, maxConnections = 100, sharedBuffers = '128MB' }: StartOptions,
  socketFolder: string,
): string[] {
  const values = {
    listen_addresses: '',
    port: SOCKET_PORT, // part of the socket's name; unset, PGPORT of the environment would decide
    unix_socket_directories: `"${socketFolder.replaceAll('"', '""')}"`, // a list: a comma in the path would split it
    unix_socket_permissions: '0700',
    max_connections: maxConnections,
    shared_buffers: sharedBuffers,
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C', // the reasons of a failed start are read from the log
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }),
  };
  return ['-D', join(dataDir, 'pg'), ...Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** The server writes its own log file: a pipe to the service would break when the service is killed. */
function openLog(dataDir: string, account: PostgresAccount): string {
  const file = join(dataDir, 'postgres.log');
  if (existsSync(file) && statSync(file).size > LARGEST_LOG_BYTES) renameSync(file, `${file}.1`);
  closeSync(openSync(file, 'a', 0o600));
  handOver(file, account);
  return file;
}

async function answeringPostmaster(cluster: string): Promise<Postmaster | undefined> {
  const living = livingPostmaster(cluster);
  return living && (await accepts(living.socketFolder)) ? living : undefined;
}

async function ensureDatabase(socketFolder: string): Promise<void> {
  await withClient(socketFolder, 'postgres', async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  });
}

function reasonIn(said: string): string | undefined {
  const reasons = said.split('\n').flatMap((line) => /(?:FATAL|PANIC|DETAIL|postgres): +(.*)/.exec(line)?.[1] ?? []);
  return reasons.length > 0 ? reasons.join(' ') : undefined;
}
