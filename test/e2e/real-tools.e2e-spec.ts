import { InletSweep } from '../../src/evidence/inlet/schedule/inlet-sweep';
import { reported } from '../../src/evidence/inlet/tools/shell';
import { ObligationTick } from '../../src/obligations/clocks/obligation-tick';
import { startTestApp, type TestApp } from '../support/app';
import { declareBackups, openInlet } from '../support/builders/inlets';
import type { Answer } from '../support/client';
import { InletSender } from '../support/inlet-sender';
import { BackupHost, missingOf } from '../support/running/real-tools';

const HOUR_MS = 3_600_000;

interface RealTool {
  tool: 'restic' | 'borg';
  settings(repository: string): Record<string, string>;
  /** Whether what it prints has local times. */
  zoned: boolean;
  init: string;
  check: string;
  restore(host: BackupHost): string;
  prune: string;
  /** What comes of a restore: borg says nothing when it has written the files. */
  restored: object[];
}

const TOOLS: readonly RealTool[] = [
  {
    tool: 'restic',
    settings: (repository) => ({ RESTIC_REPOSITORY: repository, RESTIC_PASSWORD: 'of the test' }),
    zoned: false,
    init: 'restic init',
    check: 'restic check --read-data',
    restore: ({ folder }) => `restic restore latest --target ${folder}/restored`,
    prune: 'restic forget --keep-last 1 --prune --json',
    restored: [{ kind: 'RESTORE_TEST', outcome: 'PASSED', strength: 'RESTORED' }],
  },
  {
    tool: 'borg',
    settings: (repository) => ({ BORG_REPO: repository, BORG_PASSPHRASE: 'of the test' }),
    zoned: true,
    init: 'borg init -e repokey',
    check: 'borg check --verify-data -v',
    restore: ({ folder }) =>
      `mkdir -p ${folder}/restored && cd ${folder}/restored && borg extract --list ::$(borg list --short --last 1)`,
    prune: 'borg prune --keep-last 1 --list -v',
    restored: [{ kind: 'RESTORE_TEST', outcome: 'PASSED', strength: 'RESTORED' }],
  },
];

const missing = missingOf('curl', ...TOOLS.map(({ tool }) => tool));
const here = TOOLS.filter(({ tool }) => !missing.includes(tool) && !missing.includes('curl'));

let app: TestApp;
let sender: InletSender;

beforeAll(async () => {
  const settings = { SESSION_HOURS: '720', SESSION_IDLE_HOURS: '168' };
  app = await startTestApp('real tools', { now: new Date().toISOString(), settings });
  sender = new InletSender(app);
});
afterAll(() => app?.stop());

it('are installed, or it is said which are missing', () => {
  if (missing.length > 0) process.stdout.write(`Real backup tools missing here: ${missing.join(', ')}\n`);
  expect(here.length + missing.length).toBeGreaterThan(0);
});

/** One machine with a tool, and the inlet that its runs are reported to. */
class Story {
  private constructor(
    private readonly real: RealTool,
    readonly host: BackupHost,
    readonly systemId: string,
    readonly inletId: string,
    private readonly url: string,
    /** The line for a backup, as the page of the inlet shows it. */
    readonly backup: string,
  ) {}

  static async begin(real: RealTool): Promise<Story> {
    const host = new BackupHost(real.settings);
    expect(await host.run(real.init)).toMatchObject({ code: 0 });
    const { systemId, requirementId } = await declareBackups(app);
    const { id, url, commands } = await openInlet(app, requirementId, { tool: real.tool });
    const here = `${app.url}${new URL(url).pathname}`;
    return new Story(
      real,
      host,
      systemId,
      id,
      here,
      commands[0].command.replaceAll('/srv/data', host.data).replace(url, here),
    );
  }

  /** The line with which another command of the tool is reported. */
  reporting(command: string): string {
    return reported(this.url, this.real.tool, command, { zoned: this.real.zoned });
  }

  /** Runs a line now; returns its exit code and what was kept of it. */
  async run(line: string): Promise<{ code: number; records: Answer['body'][] }> {
    app.clock.set(new Date().toISOString());
    const known = new Set((await sender.evidenceOf(this.systemId)).map(({ id }) => id));
    const { code } = await this.host.run(line);
    app.clock.set(new Date().toISOString());
    await sender.judged();
    return { code, records: (await sender.evidenceOf(this.systemId)).filter(({ id }) => !known.has(id)) };
  }

  state(ruleKey: string): Promise<string> {
    return sender.stateOf(this.systemId, ruleKey);
  }

  /** Lets that much time pass in which nothing comes in. */
  async hours(count: number): Promise<void> {
    app.clock.set(new Date(Date.now() + count * HOUR_MS).toISOString());
    await app.app.get(ObligationTick, { strict: false }).run();
    await app.app.get(InletSweep, { strict: false }).run();
  }
}

describe.each(here)('$tool, as it is installed here', (real) => {
  let story: Story;
  beforeAll(async () => {
    story = await Story.begin(real);
  });
  afterAll(() => story?.host.remove());

  it('turns the recovery point green by a backup, with the moment it was made', async () => {
    expect(await story.state('recovery-point-fresh')).not.toBe('MET');
    const before = Date.now() - 1_000;
    const { code, records } = await story.run(story.backup);
    expect([code, records]).toEqual([0, [expect.objectContaining({ kind: 'BACKUP', outcome: 'PASSED' })]]);
    const point = new Date(records[0].recoveryPointAt).getTime();
    expect([point >= before - 1_000, point <= Date.now()]).toEqual([true, true]);
    expect(records[0].flags).not.toContain('BACKDATED');
    expect(await story.state('recovery-point-fresh')).toBe('MET');
    expect(await sender.inletOf(story.inletId)).toMatchObject({ state: 'ON_TIME', lastOutcome: 'PASSED' });
  });

  it('makes another point by the next backup', async () => {
    story.host.fill('second');
    expect((await story.run(story.backup)).records).toHaveLength(1);
  });

  it('proves nothing by pruning', async () => {
    expect(await story.run(story.reporting(real.prune))).toEqual({ code: 0, records: [] });
  });

  it('proves by a check that the data can be read, and nothing newer', async () => {
    expect(await story.state('backup-verification')).not.toBe('MET');
    const { records } = await story.run(story.reporting(real.check));
    expect(records).toEqual([
      expect.objectContaining({
        kind: 'VERIFICATION',
        outcome: 'PASSED',
        strength: 'DATA_CHECKED',
        recoveryPointAt: null,
      }),
    ]);
    expect(await story.state('backup-verification')).toBe('MET');
    expect(await story.state('restore-test')).not.toBe('MET');
  });

  it('proves by a restore that it can be restored', async () => {
    const { code, records } = await story.run(story.reporting(real.restore(story.host)));
    expect([code, records]).toEqual([0, real.restored.map((each) => expect.objectContaining(each))]);
    expect(await story.state('restore-test')).toBe('MET');
  });

  it('turns red by its silence, and green by the next backup', async () => {
    await story.hours(72);
    expect(await story.state('recovery-point-fresh')).toBe('OVERDUE');
    expect(await sender.inletOf(story.inletId)).toMatchObject({ state: 'MISSED' });
    story.host.fill('third');
    await story.run(story.backup);
    expect(await story.state('recovery-point-fresh')).toBe('MET');
  });

  it('says of a repository with a damaged pack that it failed, and the obligation with it', async () => {
    story.host.damage();
    const { code, records } = await story.run(story.reporting(real.check));
    expect([code, records]).toEqual([1, [expect.objectContaining({ kind: 'VERIFICATION', outcome: 'FAILED' })]]);
    expect(records[0].flags).toContain('DAMAGE_FOUND');
    expect(await story.state('backup-verification')).toBe('FAILED');
  });
});
