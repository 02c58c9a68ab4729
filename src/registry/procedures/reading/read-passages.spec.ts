import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Passage, readPassages } from './read-passages';

const runbook = (name: string): Passage[] =>
  readPassages(readFileSync(join(__dirname, '../../../../test/fixtures/runbooks', `${name}.md`), 'utf8'));
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

describe('real runbooks', () => {
  it('of GitLab have 36 numbered steps', () => {
    expect(titles(runbook('gitlab-deleted-project-restore'))).toHaveLength(36);
  });

  it('of GOV.UK have eight steps with their commands', () => {
    const steps = runbook('govuk-restore-rds').filter((passage) => passage.proposed);
    expect(steps.map(({ origin }) => origin)).toEqual(Array(8).fill('NUMBERED_HEADING'));
    expect(steps[3]).toMatchObject({ title: 'Restore the database instance from a snapshot' });
    expect(steps[6]?.instructions).toContain('1. Log in to AWS');
  });

  it('of cloud.gov are a checklist without numbers', () => {
    const steps = runbook('cloud-gov-security-ir-checklist').filter((passage) => passage.proposed);
    expect(steps.length).toBeGreaterThan(25);
    expect(steps[1]).toMatchObject({ title: 'Confirm the incident — was it a real incident?', section: ['Assess'] });
  });

  it('of the Ministry of Justice have numbers out of order, and all of them', () => {
    expect(titles(runbook('moj-rds-snapshots'))).toContain('Add SKIP_FILE to Pause Pipeline');
  });

  it('in Japanese too', () => {
    expect(titles(runbook('azure-sql-disaster-recovery-drills-ja'))).toContain('データ層の停止シミュレーション');
  });

  it('of login.gov say that a part is to be determined', () => {
    expect(runbook('login-gov-infrastructure-disaster').some(({ unfinished }) => unfinished)).toBe(true);
  });
});
