import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readConfig } from '../../src/platform/config/config';
import { REPOSITORY } from '../support/running/running-process';
import { cleanUp, dataFolder, type RunningService, startService } from '../support/running/service';

const read = (path: string): string => readFileSync(join(REPOSITORY, path), 'utf8');
const [ENGLISH, JAPANESE] = ['', '.ja'].map((language) => `README${language}.md`) as [string, string];

/** The commands of a document, block by block, without the remarks behind them. */
function commandsOf(document: string): string[] {
  const blocks = [...read(document).matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block = '']) => block);
  return blocks.map((block) => block.replace(/ {2,}#.*$/gm, '').trim());
}

const [npm = '', ...walk] = commandsOf(ENGLISH);

describe('the two documents', () => {
  it('have the same commands', () => {
    expect(walk).toHaveLength(4);
    expect(commandsOf(JAPANESE)).toEqual([npm, ...walk]);
  });

  it('begin with scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(npm.split('\n')).toEqual(['npm start', 'npm test']);
    for (const line of npm.split('\n')) expect(scripts[line.slice(4)]).toMatch(/^exec node scripts\/\w+\.mjs$/);
  });

  it.each([ENGLISH, JAPANESE])('%s names settings that are read', (document) => {
    const rows = read(document).match(/^\| `[A-Z].*$/gm) ?? [];
    const names = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name),
    );
    expect(names).toEqual(expect.arrayContaining(['PORT', 'SONAE_DATA', 'DATABASE_URL', 'SONAE_DEMO']));
    for (const name of names)
      expect(() => readConfig({ [`${name}_FILE`]: '/nowhere/at/all' })).toThrow(`${name}_FILE: ENOENT`);
  });

  it.each([ENGLISH, JAPANESE])('%s shows a picture of the dashboard, 1280 px wide and light to load', (document) => {
    const [, path = ''] = /!\[[^\]]+\]\((docs\/images\/dashboard-\w+\.png)\)/.exec(read(document)) ?? [];
    const picture = readFileSync(join(REPOSITORY, path));
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    expect(picture.readUInt32BE(16)).toBe(1280);
    expect(picture.length).toBeLessThan(300_000);
  });
});

describe('the walk-throughs, typed into a shell', () => {
  const data = dataFolder();
  const folder = mkdtempSync(join(tmpdir(), 'sonae-readme-'));
  let service: RunningService;
  let said: string[];

  beforeAll(async () => {
    symlinkSync(data, join(folder, '.sonae'));
    service = await startService(data);
    const address = `http://localhost:${new URL(service.url).port}`;
    const script = walk.map((block) => block.replaceAll('http://localhost:3000', address)).join('\necho "=== next"\n');
    const shell = promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder },
    });
    said = (await shell).stdout.split('=== next\n');
  }, 120_000);

  afterAll(async () => {
    await service?.process.stop();
    await cleanUp();
    rmSync(folder, { recursive: true, force: true });
  });

  it('sign two people in', () => {
    expect(said).toHaveLength(4);
    expect(said[0]).toBe('{"state":"SIGNED_IN","factors":[]}'.repeat(2));
  });

  it('register a system, which owes its first five obligations with their days', () => {
    const lines = (said[1] ?? '').trim().split('\n');
    expect(lines).toHaveLength(5);
    for (const line of lines) expect(line).toMatch(/^20\d\d-\d\d-\d\d \S+/);
  });

  it('turn the failed restore test', () => {
    expect(said[2]).toMatch(/^復元試験: FAILED -> MET, next due 20\d\d-\d\d-\d\d$/m);
  });

  it('tell the manager the headline and the reasons', () => {
    const [headline, ...reasons] = (said[3] ?? '').trim().split('\n');
    expect(headline).toMatch(
      /^重要度高の4システム中1システムが準備完了です。最も急ぐのは.+の「.+」（担当 .+、期限 .+）です。$/,
    );
    expect(reasons.length).toBeGreaterThan(3);
    for (const reason of reasons) expect(reason).toMatch(/^(FAILED|OVERDUE|DUE_SOON|UNKNOWN) .+: .+。$/);
    expect(reasons.filter((reason) => reason.includes('復元試験'))).toEqual([]);
  });
});
