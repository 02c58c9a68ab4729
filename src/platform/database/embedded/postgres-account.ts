import { execFile } from 'node:child_process';
import { existsSync, lchownSync, lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** How to run a program of PostgreSQL, which refuses to run as root. */
export interface PostgresAccount {
  /** Words to put before the program. */
  prefix: string[];
  /** Identity to switch to before the program starts; absent means our own. */
  identity?: { uid: number; gid: number };
}

const IN_USER_NAMESPACE = ['unshare', '--user', '--map-user=65534', '--map-group=65534'];

/**
 * The account for a cluster: our own, unless we are root. As root the owner of an existing cluster decides; a cluster
 * of root runs in a user namespace (same files, no account needed), or where the kernel forbids that as `postgres` or
 * `nobody`, who then get the folder.
 *
 * @param cluster folder of the cluster, which need not exist yet
 * @param program one of PostgreSQL's programs, to try the account with
 * @throws Error of one line when root finds no account that can run PostgreSQL.
 */
export async function accountFor(cluster: string, program: string): Promise<PostgresAccount> {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const owner = existsSync(cluster) ? lstatSync(cluster) : undefined;
  if (owner && owner.uid !== 0) return { prefix: [], identity: { uid: owner.uid, gid: owner.gid } };
  const tried: string[] = [];
  for (const account of [{ prefix: IN_USER_NAMESPACE }, ...unprivilegedAccounts()]) {
    try {
      await runAs(account, program, ['--version']);
      return account;
    } catch (error) {
      tried.push((error as Error).message);
    }
  }
  throw new Error(
    `PostgreSQL refuses to run as root and no other way works (${tried.join('; ')}): start Sonae as an ordinary user`,
  );
}

/**
 * Runs a program to its end as the given account.
 *
 * @throws Error of one line with what the program said.
 */
export async function runAs({ prefix, identity }: PostgresAccount, program: string, args: string[]): Promise<void> {
  const [command, ...rest] = [...prefix, program, ...args] as [string, ...string[]];
  try {
    await promisify(execFile)(command, rest, { cwd: '/', ...identity });
  } catch (error) {
    const { message, stderr } = error as Error & { stderr?: string };
    throw new Error((stderr?.trim() || message).split('\n').join(' '));
  }
}

/**
 * Gives a file, or a folder and all in it, to the account when that is not our own. The folder itself comes last, so
 * that what a killed start left half done is done again.
 */
export function handOver(path: string, account: PostgresAccount): void {
  const { identity } = account;
  if (!identity) return;
  const stat = lstatSync(path);
  if (stat.uid === identity.uid) return;
  if (stat.isDirectory()) for (const name of readdirSync(path)) handOver(join(path, name), account);
  lchownSync(path, identity.uid, identity.gid);
}

/** Gives the folder alone to the account when that is not our own. */
export function handOverFolder(path: string, { identity }: PostgresAccount): void {
  if (identity) lchownSync(path, identity.uid, identity.gid);
}

function unprivilegedAccounts(): PostgresAccount[] {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  return ['postgres', 'nobody'].flatMap((name) => {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    return uid && gid ? [{ prefix: [], identity: { uid: Number(uid), gid: Number(gid) } }] : [];
  });
}
