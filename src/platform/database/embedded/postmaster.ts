import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { livingProcess, workingDirectory } from './process-facts';

/** Port in the name of the socket; nothing listens on TCP. */
export const SOCKET_PORT = 5432;
export const DATABASE_USER = 'sonae';

/** A running PostgreSQL server, as told by the lock file in its cluster. */
export interface Postmaster {
  pid: number;
  /** Folder of its unix socket. */
  socketFolder: string;
}

/** The living postmaster of a cluster; undefined when there is none, or when the pid now belongs to something else. */
export function livingPostmaster(cluster: string): Postmaster | undefined {
  const lock = readLock(cluster);
  return lock && isPostgresOf(lock.pid, cluster) ? lock : undefined;
}

/**
 * Removes the lock files that a killed postmaster left, in its cluster and beside its socket, when its pid means nobody or another program
 * by now (in a container pids come round at every start; postgres itself only looks whether the pid lives, and refuses for ever).
 * Backends that outlive their postmaster are safe: postgres recognises their shared memory by the cluster's inode.
 */
export function removeStaleLocks(cluster: string): void {
  const lock = readLock(cluster);
  if (lock && isPostgresOf(lock.pid, cluster)) return;
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
  for (const folder of [dirname(cluster), lock?.socketFolder])
    if (folder) rmSync(join(folder, `.s.PGSQL.${SOCKET_PORT}.lock`), { force: true });
}

/** Opens one connection through the socket and runs something on it. */
export async function withClient<T>(
  socketFolder: string,
  database: string,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  // All four facts and ssl are given: what is left out, pg would take from PG* variables of the environment.
  const client = new Client({
    host: socketFolder,
    port: SOCKET_PORT,
    user: DATABASE_USER,
    database,
    ssl: false,
    password: '',
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined); // a server that goes away rejects the query already
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** True when the server behind the socket answers a query. */
export async function accepts(socketFolder: string): Promise<boolean> {
  try {
    await withClient(socketFolder, 'postgres', (client) => client.query('SELECT 1'));
    return true;
  } catch {
    return false;
  }
}

/**
 * Stops a postmaster and waits until it is gone: first the fast way (clients are cut off, everything is written), after
 * a minute the immediate way, which costs a recovery at the next start but no committed row.
 */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    signalIfAlive(pid, signal);
    for (let waited = 0; waited < 60_000; waited += 20) {
      if (!isPostgres(pid)) return;
      await sleep(20);
    }
  }
}

function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    if (isPostgres(pid)) process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** postmaster.pid, by line: pid, cluster, start (s), port, socket folder, … */
function readLock(cluster: string): Postmaster | undefined {
  try {
    const [pid, , , , socketFolder = ''] = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Math.abs(Number(pid)), socketFolder };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function isPostgres(pid: number): boolean {
  const facts = livingProcess(pid);
  return facts !== undefined && (facts.name ?? 'postgres') === 'postgres';
}

/** The server changes into its cluster, so its working directory tells one cluster's server from another's. */
function isPostgresOf(pid: number, cluster: string): boolean {
  if (!isPostgres(pid)) return false;
  const folder = workingDirectory(pid);
  return folder === undefined || folder === realpathSync(cluster);
}
