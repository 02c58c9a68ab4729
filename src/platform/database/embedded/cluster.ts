import { execFile } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { handOver, runAs, type PostgresAccount } from './postgres-account';
import type { PostgresBinaries } from './postgres-binaries';
import { DATABASE_USER, SOCKET_PORT } from './postmaster';

/** The kernel takes about 107 bytes for the path of a socket, 103 on macOS. */
const LONGEST_SOCKET_PATH = 100;

/**
 * Makes the data directory when missing, and closes it to everybody else: who reaches the socket is in.
 *
 * @throws Error of one line when that is not allowed.
 */
export function openDataDirectory(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    if ((statSync(dataDir).mode & 0o777) !== 0o700) chmodSync(dataDir, 0o700);
  } catch (error) {
    throw new Error(`Cannot use ${dataDir} as data directory: ${(error as Error).message}`);
  }
}

/** Makes the cluster `<dataDir>/pg` when missing. A killed start leaves no half cluster: it gets its name when complete. */
export async function ensureCluster(
  dataDir: string,
  binaries: PostgresBinaries,
  account: PostgresAccount,
  durable: boolean,
): Promise<void> {
  const cluster = join(dataDir, 'pg');
  for (const name of readdirSync(dataDir)) {
    if (/^init-\d+$/.test(name)) rmSync(join(dataDir, name), { recursive: true, force: true });
  }
  if (existsSync(cluster)) return handOver(cluster, account);
  const unfinished = join(dataDir, `init-${process.pid}`);
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'C';
  const rights = ['-U', DATABASE_USER, '-A', 'trust'];
  await runAs(account, binaries.initdb, ['-D', unfinished, ...rights, '-E', 'UTF8', `--locale=${locale}`, '--no-sync']);
  if (durable) await writeThrough(unfinished, binaries, account);
  renameSync(unfinished, cluster);
  if (durable) syncFolder(dataDir);
}

/** Folder for the socket: the data directory, or one of its own under the temporary folder when that path is too long. */
export function socketFolderFor(dataDir: string, account: PostgresAccount): string {
  if (fitsSocket(dataDir)) return dataDir;
  const parent = [tmpdir(), '/tmp'].find((place) => fitsSocket(join(place, 'sonae-XXXXXX'))) ?? tmpdir();
  const folder = mkdtempSync(join(parent, 'sonae-'));
  handOver(folder, account);
  return folder;
}

function fitsSocket(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${SOCKET_PORT}`)) <= LONGEST_SOCKET_PATH;
}

/** One flush of the whole file system is far quicker than initdb's own thousand, which stay as the way without `sync -f`. */
async function writeThrough(folder: string, binaries: PostgresBinaries, account: PostgresAccount): Promise<void> {
  try {
    await promisify(execFile)('sync', ['-f', folder]);
  } catch {
    await runAs(account, binaries.initdb, ['-D', folder, '--sync-only']);
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
