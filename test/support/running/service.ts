import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopLeftover } from '../../../src/platform/database/embedded/embedded-postgres';
import { livingPostmaster } from '../../../src/platform/database/embedded/postmaster';
import { Client } from '../client';
import { makeRunFolder } from '../embedded/test-postgres';
import { endLeftProcesses, RunningProcess, type RunOptions } from './running-process';

const folders: string[] = [];

/** A data directory of its own, removed by `cleanUp`. */
export function dataFolder(): string {
  const folder = makeRunFolder([tmpdir()]);
  folders.push(folder);
  return folder;
}

/** Ends every process of this test file and removes its data directories; for `afterAll`. */
export async function cleanUp(): Promise<void> {
  await endLeftProcesses();
  for (const folder of folders.splice(0)) {
    await stopLeftover(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Whether a PostgreSQL runs in a data directory. */
export function hasPostgres(data: string): boolean {
  return livingPostmaster(join(data, 'pg')) !== undefined;
}

/** Kills the PostgreSQL of a data directory, as losing power does. */
export function killPostgres(data: string): void {
  process.kill(livingPostmaster(join(data, 'pg'))?.pid ?? NaN, 'SIGKILL');
}

/** Complaints in the server's own log, but not its answers to who asks too early whether it is up. */
export function postgresComplaints(data: string): string[] {
  const log = readFileSync(join(data, 'postgres.log'), 'utf8');
  return log
    .split('\n')
    .filter((line) => /\b(WARNING|ERROR|FATAL|PANIC):(?! +the database system is starting)/.test(line));
}

/** Settings with which a test runs the service: a free port, and digests at any time of the day. */
export function settingsFor(data: string, more: Record<string, string> = {}): Record<string, string> {
  return { SONAE_DATA: data, PORT: '0', DIGEST_AT: '00:00', ...more };
}

/** What `npm start` runs, listening. */
export interface RunningService {
  process: RunningProcess;
  url: string;
  /** From the start of the process until it said where it is. */
  startMs: number;
  browser(): Client;
  /** A browser with the person signed in. @throws Error when the sign-in is refused. */
  as(email: string, password: string): Promise<Client>;
}

/** Starts the service with demo data on a data directory and waits until it says that it runs. */
export async function startService(data: string, options: RunOptions = {}): Promise<RunningService> {
  const begun = performance.now();
  const settings = settingsFor(data, { SONAE_DEMO: '1', ...options.settings });
  const running = RunningProcess.start(['dist/all-in-one.js'], { ...options, settings });
  const [, url = ''] = await running.says(/Sonae is running: (http\S+)/);
  const startMs = performance.now() - begun;
  return { process: running, url, startMs, browser: () => new Client(url), as: (...who) => signIn(url, ...who) };
}

/** A browser with the person signed in at any process that serves HTTP. */
export async function signIn(url: string, email: string, password: string): Promise<Client> {
  const client = new Client(url);
  const { status, body } = await client.post('/auth/login', { email, password });
  if (status !== 200) throw new Error(`${email} cannot sign in: ${JSON.stringify(body)}`);
  return client;
}

/** The password of the demo people, as the service tells it when it starts. */
export async function demoPasswordOf({ process: running }: RunningService): Promise<string> {
  const [, password = ''] = await running.says(/Password of all of them: (\S+)/);
  return password;
}
