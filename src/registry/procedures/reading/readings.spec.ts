import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { growthOfTime, NEARLY_SQUARE } from '../../../../test/support/growth';
import type { Passage } from './passage';
import { readSteps } from './readings';

const readPassages = (markdown: string): Passage[] => readSteps(markdown).readings[0]?.passages ?? [];
const ways = (markdown: string): string[] =>
  readSteps(markdown).readings.map(({ kind, level }) => (level === null ? kind : `${kind} ${level}`));
const text = (name: string): string =>
  readFileSync(join(__dirname, '../../../../test/fixtures/runbooks', `${name}.md`), 'utf8');
const runbook = (name: string): Passage[] => readPassages(text(name));
const proposed = (markdown: string): string[] => titles(readPassages(markdown));
const titles = (passages: Passage[]): string[] =>
  passages.filter((passage) => passage.proposed).map(({ title }) => title);

describe('steps in Markdown', () => {
  it('are the items of numbered lists, also when every item is 1.', () => {
    expect(proposed('1. Stop\n1. Restore\n1. Start')).toEqual(['Stop', 'Restore', 'Start']);
    expect(proposed('1) 止める\n2) 戻す')).toEqual(['止める', '戻す']);
  });

  it('are check boxes, ticked or not', () => {
    expect(proposed('- [ ] 連絡する\n- [x] 止める')).toEqual(['連絡する', '止める']);
  });

  it.each([
    ['### 1. Find the copy', 'Find the copy'],
    ['### 2.1 Check it', 'Check it'],
    ['## Step 3: Restore', 'Restore'],
    ['## 手順１　停止する', '停止する'],
    ['## ② 復元', '復元'],
    ['## （３）確認', '確認'],
  ])('are numbered headings: %s', (heading, title) => {
    expect(readPassages(`${heading}\n\nSo.`)).toMatchObject([
      { title, instructions: 'So.', origin: 'NUMBERED_HEADING', proposed: true },
    ]);
  });

  it('are no headings that begin with a year', () => {
    expect(readPassages('## 2024 review\n\nText\n\n1. Restore')).toMatchObject([
      { title: '2024 review', proposed: false },
      { title: 'Restore', proposed: true },
    ]);
  });

  it('keep lists below a numbered heading as its instructions', () => {
    expect(readPassages('## 1. Restore\n\n1. Stop\n2. Copy\n\n#### Note\n\nSlow.\n\n## After\n\nRest.')).toMatchObject([
      { title: 'Restore', instructions: '1. Stop\n2. Copy\n\n#### Note\n\nSlow.' },
      { title: 'After', proposed: false },
    ]);
  });

  it('take what stands between two items into the item before', () => {
    expect(readPassages('1. Stop it\n\n```sh\nstop\n```\n\n2. Start it')).toMatchObject([
      { title: 'Stop it', instructions: '```sh\nstop\n```' },
      { title: 'Start it', instructions: null },
    ]);
  });

  it('are bullets only where nothing is numbered, and headings only where nothing is listed', () => {
    expect(proposed('- Stop\n- Start')).toEqual(['Stop', 'Start']);
    expect(proposed('# Plan\n\n## Stop\n\nLike this.\n\n## Start\n\nLike that.')).toEqual(['Stop', 'Start']);
    expect(readPassages('- A remark\n\n1. Stop').map((passage) => passage.proposed)).toEqual([false, true]);
  });

  it('know the headings above them', () => {
    expect(readPassages('# A\n\n## B\n\n1. x\n\n## C\n\n1. y').map(({ section }) => section)).toEqual([
      ['A', 'B'],
      ['A', 'C'],
    ]);
  });

  it.each([
    ['Restore (15 min)', 15],
    ['Restore (about 2 hours)', 120],
    ['復元する（約30分）', 30],
    ['復元する（3時間程度）', 180],
    ['Wait 30 minutes', null],
  ])('take planned minutes from brackets only: %s', (title, minutes) => {
    expect(readPassages(`1. ${title}`)[0]?.plannedMinutes).toBe(minutes);
  });

  it('have a short title, and the whole of a long one in the instructions', () => {
    const long = `Restore the newest snapshot into a new instance. ${'Then look at it. '.repeat(20)}`;
    const [passage] = readPassages(`1. ${long}`);
    expect(passage?.title).toBe('Restore the newest snapshot into a new instance.');
    expect(passage?.instructions).toBe(long.trim());
    expect(readPassages(`1. ${'x'.repeat(500)}`)[0]?.title).toHaveLength(200);
  });

  it('say that they are not finished', () => {
    expect(readPassages('1. Details TBD\n2. 連絡先は未定\n3. Done').map(({ unfinished }) => unfinished)).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('keep template tags and HTML as text and run none of it', () => {
    const [passage] = readPassages('1. See {{ site.url }} {% raw %}\n\n   <script>alert(1)</script>\n   <%= `id` %>');
    expect(passage?.title).toBe('See {{ site.url }} {% raw %}');
    expect(passage?.instructions).toContain('<script>alert(1)</script>');
  });

  it('pass over front matter, and find nothing in nothing', () => {
    expect(readPassages('---\ntitle: 1. x\n---\n\n1. Stop')).toHaveLength(1);
    expect(readPassages('')).toEqual([]);
    expect(readPassages('Only prose.')).toEqual([]);
  });

  it('take no longer for lists within lists within lists', () => {
    const deep = Array.from({ length: 400 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n');
    expect(readPassages(deep).length).toBeGreaterThan(0);
  });
});

describe('the ways to read a text', () => {
  it('are ranked, and each way that finds something else is offered', () => {
    const markdown = '# Plan\n\n## Stop it\n\n1. Log in\n2. Stop\n\n## Start it\n\n- Start\n- Check';
    expect(ways(markdown)).toEqual(['AS_MARKED', 'BY_SECTION', 'BULLETS', 'HEADINGS 2']);
  });

  it('give each heading of a level all that stands below it', () => {
    const { readings } = readSteps('## Stop\n\n### How\n\n- So\n\n## Start\n\nLike that.');
    expect(readings.find(({ level }) => level === 2)?.passages).toMatchObject([
      { title: 'Stop', instructions: '### How\n\n- So', proposed: true },
      { title: 'Start', instructions: 'Like that.', proposed: true },
    ]);
  });

  it('take commands with the sentence before them, and examples and results with the command', () => {
    const markdown =
      '## Restore\n\nFind the backup:\n\n```\nget\n```\n\nExample output:\n\n```\nx\n```\n\nThen restore it:\n\n```\nput\n```';
    expect(readPassages(markdown).filter((passage) => passage.proposed)).toMatchObject([
      { title: 'Find the backup', instructions: '```\nget\n```\n\nExample output:\n\n```\nx\n```', origin: 'COMMAND' },
      { title: 'Then restore it', instructions: '```\nput\n```' },
    ]);
  });

  it('take a script apart by its comments', () => {
    expect(readPassages('## Restore\n\n```sh\n# Stop it\nstop\n\n# Copy it\ncopy a\ncopy b\n```')).toMatchObject([
      { title: 'Stop it', instructions: '```sh\nstop\n```', origin: 'COMMAND', proposed: true },
      { title: 'Copy it', instructions: '```sh\ncopy a\ncopy b\n```' },
    ]);
  });

  it('take the sentence that asks, when what it lists only describes', () => {
    expect(
      readPassages('## Restore\n\nRecord the settings:\n\n- Size\n- Subnet\n\n## After\n\n- Log in\n- Check'),
    ).toMatchObject([
      { title: 'Record the settings', instructions: '- Size\n- Subnet', origin: 'INSTRUCTION', proposed: true },
      { title: 'Log in', proposed: true },
      { title: 'Check', proposed: true },
    ]);
  });

  it.each([
    ['lists that describe', '1. The copy is daily.\n2. The copy is kept for a week.'],
    ['sections that explain', '## Overview\n\n- Stop\n- Start\n\n## 関連資料\n\n1. 復元する'],
    ['a policy', '## 保存\n\n- 写しは2つです。\n- 写しは暗号化されています。'],
  ])('find no steps in %s', (_, markdown) => {
    expect(readSteps(markdown).stepsFound).toBe(false);
  });

  it('leave out how copies are made, where the text also says how they are put back', () => {
    const markdown = '## Backups\n\n1. Run backup\n\n## Restore\n\n1. Run restore';
    expect(proposed(markdown)).toEqual(['Run restore']);
    expect(proposed('## Backups\n\n1. Run backup')).toEqual(['Run backup']);
  });

  it('take numbered headings for chapters when one of them is the purpose or the scope', () => {
    const markdown = '## 1. 目的\n\n本書は。\n\n## 2. 適用範囲\n\n全部。\n\n## 3. 復旧手順\n\n1. 停止する\n2. 復元する';
    expect(proposed(markdown)).toEqual(['停止する', '復元する']);
  });

  it.each(['- x\n', '1. Stop\n', 'a:\n\n```\nb\n```\n', '# a\n', '- a. b. c. d\n', '((((', '手順('])(
    'take for a long text of %j no more than its length: eight times as long, not 64 times the time',
    (piece) => {
      const growth = growthOfTime((length) => void readSteps(piece.repeat(length / piece.length)), 80_000, 10);
      expect(growth).toBeLessThan(NEARLY_SQUARE);
    },
  );
});

/** What each gives without correction: the way that is first, how many steps, some of them, and some that must not be among them. */
const RUNBOOKS: Record<string, [way: string | null, steps: number, titles: string[], not: string[]]> = {
  'azure-sql-disaster-recovery-drills-ja': [
    'BY_SECTION',
    12,
    ['データ層の停止シミュレーション', '検証'],
    ['次のステップ'],
  ],
  'cloud-gov-database-backup-restore': [
    'BY_SECTION',
    14,
    ['Delete the database service', 'back in the original window, restore the database'],
    ['Back in the original window, dump the database'],
  ],
  'cloud-gov-restoring-rds': [
    'BY_SECTION',
    19,
    [
      'Prior to restoring, record the configuration settings of the existing instance',
      'Follow up and confirm with the tenant',
      'Updating Terraform',
    ],
    ['The organization name', 'Data written after the restore point in time will be lost.'],
  ],
  'cloud-gov-security-ir-checklist': ['BY_SECTION', 28, ['Close the GitHub issue.'], []],
  'cloud-gov-service-disruption-guide': ['AS_MARKED', 10, ['Click Components in the left sidebar'], []],
  'fac-backups-and-restores': ['AS_MARKED', 2, [], []],
  'gitlab-deleted-project-restore': ['AS_MARKED', 36, ['umount /mnt/pitr'], []],
  'govuk-backups-policy': [null, 0, [], []],
  'govuk-restore-rds': ['AS_MARKED', 8, ['Restore the database instance from a snapshot'], []],
  'login-gov-infrastructure-disaster': ['BY_SECTION', 9, ['Recovering RDS', 'Remove the bad alias'], []],
  'moj-disaster-recovery-scenarios': [
    'BY_SECTION',
    24,
    ['Check the status of the restore and look for errors and warnings', 'kubectl apply -f file-name.yaml'],
    ['VPC of the cluster is not deleted', 'Destroy the cluster excluding the VPC using the script'],
  ],
  'moj-rds-snapshots': ['AS_MARKED', 21, ['Add SKIP_FILE to Pause Pipeline', 'List Available Snapshots'], []],
  'moj-velero': [
    'BY_SECTION',
    10,
    ['To view all stored backups within the cluster, run the following command'],
    ['Why?'],
  ],
};

describe('real runbooks', () => {
  it('are all of them here', () => {
    const found = readdirSync(join(__dirname, '../../../../test/fixtures/runbooks')).map((name) => name.slice(0, -3));
    expect(found.sort()).toEqual(Object.keys(RUNBOOKS).sort());
  });

  it.each(Object.entries(RUNBOOKS))('%s', (name, [way, steps, some, not]) => {
    const { stepsFound, readings } = readSteps(text(name));
    const found = stepsFound ? titles(readings[0]?.passages ?? []) : [];
    expect([stepsFound ? readings[0]?.kind : null, found.length]).toEqual([way, steps]);
    expect(found).toEqual(expect.arrayContaining(some));
    expect(found.filter((title) => not.includes(title))).toEqual([]);
  });

  it('of GOV.UK have their commands in the steps', () => {
    expect(runbook('govuk-restore-rds').filter((passage) => passage.proposed)[6]?.instructions).toContain(
      '1. Log in to AWS',
    );
  });

  it('of login.gov say that a part is to be determined', () => {
    expect(runbook('login-gov-infrastructure-disaster').filter(({ unfinished }) => unfinished)).toMatchObject([
      { title: 'Overview' },
      { title: 'Recovering RDS', proposed: true },
    ]);
  });
});
