import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { livingProcess } from './process-facts';

/** Who holds the data directory. */
interface Holder {
  pid: number;
  startedAtTick?: string;
}

/**
 * Takes a data directory for this process alone. A holder that was killed leaves nothing stuck: its lock counts only
 * while a process with its pid and its start lives.
 *
 * @returns a function that gives the directory back
 * @throws Error of one line naming the directory and the pid when another service holds it.
 */
export function lockDataDirectory(dataDir: string): () => void {
  const folder = resolve(dataDir);
  const lock = join(folder, 'sonae.lock');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const mine = JSON.stringify({ pid: process.pid, startedAtTick: livingProcess(process.pid)?.startedAtTick });
  for (let attempt = 0; attempt < 10; attempt++) {
    if (createWhole(lock, mine)) {
      return () => {
        if (readOrNothing(lock) === mine) rmSync(lock, { force: true });
      };
    }
    const found = readOrNothing(lock);
    const holder = found === undefined ? undefined : holderIn(found);
    if (holder && isAlive(holder)) {
      throw new Error(
        `The data directory ${folder} is in use by another Sonae service (pid ${holder.pid}): ` +
          `stop that one, or give this one a directory of its own with SONAE_DATA`,
      );
    }
    if (found !== undefined) removeIfStill(lock, found);
  }
  throw new Error(`The data directory ${folder} cannot be locked: several services start there at once`);
}

/** Creates the file with its content in one step, so that nobody ever reads half a lock; false when it exists. */
function createWhole(lock: string, content: string): boolean {
  const draft = `${lock}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes a dead holder's lock, but gives back one that a quicker service put there in the meantime. */
function removeIfStill(lock: string, dead: string): void {
  const aside = `${lock}.${process.pid}.old`;
  try {
    renameSync(lock, aside);
    if (readFileSync(aside, 'utf8') !== dead) linkSync(aside, lock);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function readOrNothing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function holderIn(content: string): Holder | undefined {
  try {
    return JSON.parse(content) as Holder;
  } catch {
    return undefined; // damaged by a crash of the machine: nobody holds it
  }
}

function isAlive({ pid, startedAtTick }: Holder): boolean {
  const facts = livingProcess(pid);
  if (!facts) return false;
  return startedAtTick === undefined || facts.startedAtTick === undefined || facts.startedAtTick === startedAtTick;
}
