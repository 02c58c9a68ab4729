import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startEmbeddedPostgres,
  stopLeftover,
  type EmbeddedPostgres,
} from '../../../src/platform/database/embedded/embedded-postgres';
import { livingProcess } from '../../../src/platform/database/embedded/process-facts';

/** One server for all the tests of a run: in memory where the machine allows it and never made durable, unless what is measured is a server as one is run. */
export interface TestPostgres extends EmbeddedPostgres {
  dataDir: string;
}

/** sonae-test-<pid of the run>-<its start in ticks>-<random> */
const RUN_FOLDER = /^sonae-test-(\d+)-(\d*)-/;

/** Starts the server of this run, after removing what killed runs left. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const { PG_BIN: binFolder, SONAE_TEST_SHARED_BUFFERS: sharedBuffers, SONAE_TEST_DURABLE } = process.env;
  const durable = SONAE_TEST_DURABLE === 'true';
  const places = [...new Set(['/dev/shm', tmpdir()])].filter((place) => existsSync(place));
  await removeLeftovers(places);
  const dataDir = makeRunFolder(durable ? [tmpdir()] : places);
  const postgres = await startEmbeddedPostgres({ dataDir, durable, binFolder, sharedBuffers });
  return { ...postgres, dataDir };
}

/** Stops the server of this run and deletes its folder. */
export async function stopTestPostgres(postgres: TestPostgres): Promise<void> {
  await postgres.stop();
  rmSync(postgres.dataDir, { recursive: true, force: true });
}

/** Removes the folders of runs that are dead, and the servers that outlived them. Those of other users stay. */
export async function removeLeftovers(places: string[]): Promise<void> {
  for (const place of places) {
    for (const name of readdirSync(place)) {
      const [, pid, startedAtTick] = RUN_FOLDER.exec(name) ?? [];
      if (pid === undefined || runs(Number(pid), startedAtTick)) continue;
      try {
        await stopLeftover(join(place, name));
        rmSync(join(place, name), { recursive: true, force: true, maxRetries: 5 });
      } catch (error) {
        const { code = '' } = error as NodeJS.ErrnoException;
        if (!['EACCES', 'EPERM'].includes(code)) throw error;
      }
    }
  }
}

/** A folder in the first place that allows it; what a killed run leaves there is removed, servers too, at the next run's start. */
export function makeRunFolder(places: string[]): string {
  const name = `sonae-test-${process.pid}-${livingProcess(process.pid)?.startedAtTick ?? ''}-`;
  for (const place of places) {
    try {
      return mkdtempSync(join(place, name));
    } catch (error) {
      if (place === places.at(-1)) throw error; // the last resort failed too
    }
  }
  throw new Error('There is no temporary folder for the tests');
}

function runs(pid: number, startedAtTick = ''): boolean {
  const facts = livingProcess(pid);
  return facts !== undefined && (!startedAtTick || !facts.startedAtTick || facts.startedAtTick === startedAtTick);
}
