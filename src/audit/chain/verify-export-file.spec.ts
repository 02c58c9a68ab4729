import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChainHead, digestOf, hashAfter, START } from './chain-hash';
import { verifyExportFile } from './verify-export-file';

const LINKS = 6;
const folder = mkdtempSync(join(tmpdir(), 'sonae-export-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** An export of six events; of the fourth the reader got the digest alone. */
function exportOf(from: ChainHead = START): string[] {
  const lines: object[] = [];
  let at = from;
  for (let seq = from.seq + 1; seq <= LINKS; seq++) {
    const event = JSON.stringify({ action: 'system.changed', n: seq });
    const hash = hashAfter(at, seq, digestOf(event));
    lines.push({ seq, hash, ...(seq === 4 ? { digest: digestOf(event) } : { event }) });
    at = { seq, hash };
  }
  const header = { format: 'sonae-audit-1', exportedAt: '2026-11-23T00:00:00.000Z', after: from, head: at };
  return [header, ...lines].map((line) => JSON.stringify(line));
}

const headOf = (lines: string[]): ChainHead => JSON.parse(lines.at(-1) ?? '') as ChainHead;

function verify(content: string | string[], noted?: ChainHead): ReturnType<typeof verifyExportFile> {
  const path = join(folder, 'export');
  writeFileSync(path, typeof content === 'string' ? content : content.map((line) => `${line}\n`).join(''));
  return verifyExportFile(path, noted);
}

describe('an export as it was handed out', () => {
  it('holds, with how many events it has and where it ends', async () => {
    const lines = exportOf();
    const { text, exitCode } = await verify(lines);
    expect(exitCode).toBe(0);
    expect(text.split('\n').slice(0, 2)).toEqual([
      'OK: 6 events, 5 with their text and 1 as digests; from the first event of all; exported 2026-11-23T00:00:00.000Z',
      `Last: place 6, hash ${headOf(lines).hash}`,
    ]);
  });

  it('holds when it begins later, and says after which event', async () => {
    const { text, exitCode } = await verify(exportOf({ seq: 3, hash: 'a'.repeat(64) }));
    expect([exitCode, text]).toEqual([0, expect.stringContaining(`after place 3, hash ${'a'.repeat(64)}`)]);
  });

  it('holds when an editor ended its lines in another way', async () => {
    expect((await verify(exportOf().join('\r\n'))).exitCode).toBe(0);
  });

  it('holds with a hash that was written down, and does not with another or one further on', async () => {
    const lines = exportOf();
    const noted = headOf(lines);
    expect(await verify(lines, noted)).toMatchObject({ exitCode: 0, text: expect.stringContaining('Place 6 has') });
    expect(await verify(lines, { seq: 3, hash: noted.hash })).toMatchObject({
      exitCode: 1,
      text: expect.stringContaining('(CHAIN_REWRITTEN)'),
    });
    expect((await verify(lines, { seq: 7, hash: noted.hash })).text).toMatch(/place 7.*\(END_MISSING\)$/);
  });
});

describe('an export that was tampered with is told, with the place', () => {
  const cut = (text: string): string => text.slice(0, -10);
  it.each<[string, (lines: string[]) => string[], string]>([
    [
      'an altered text',
      (l) => l.with(3, String(l[3]).replace('changed', 'created')),
      'line 4: .*place 3.*EVENT_ALTERED',
    ],
    [
      'an altered last text',
      (l) => l.with(6, String(l[6]).replace('changed', 'created')),
      'line 7: .*place 6.*EVENT_ALTERED',
    ],
    [
      'an altered digest',
      (l) => l.with(4, String(l[4]).replace(/"digest":"./, '"digest":"x')),
      'line 5: .*place 4.*EVENT_ALTERED',
    ],
    [
      'an altered hash',
      (l) => l.with(2, String(l[2]).replace(/"hash":"./, '"hash":"x')),
      'line 3: .*place 2.*EVENT_ALTERED',
    ],
    ['a line that is no JSON any more', (l) => l.with(2, cut(String(l[2]))), 'line 3: .*place 2.*EVENT_ALTERED'],
    ['no first event', (l) => l.toSpliced(1, 1), 'line 2: .*place 1 has been removed.*LINK_MISSING'],
    ['an event removed', (l) => l.toSpliced(3, 1), 'line 4: .*place 3 has been removed.*LINK_MISSING'],
    ['an event removed and the others counted anew', (l) => renumbered(l.toSpliced(3, 1)), 'place 3.*EVENT_ALTERED'],
    [
      'two events in each other’s line',
      (l) => l.with(2, String(l[5])).with(5, String(l[2])),
      'line 3: .*place 2.*EVENT_MOVED',
    ],
    ['the texts of two events swapped', (l) => swapped(l), 'place 2.*EVENT_ALTERED'],
    ['an event twice', (l) => l.toSpliced(4, 0, String(l[3])), 'line 5: .*EVENT_NOT_LINKED'],
    ['an event put in', (l) => renumbered(l.toSpliced(4, 0, String(l[3]))), 'place 4.*EVENT_ALTERED'],
    ['no last event', (l) => l.slice(0, -1), 'line 7: .*place 6.*END_MISSING'],
    ['no event at all', (l) => l.slice(0, 1), 'line 2: .*place 1.*END_MISSING'],
    [
      'an end in the middle of a line',
      (l) => [...l.slice(0, -1), cut(String(l.at(-1)))],
      'line 7: .*place 6.*END_MISSING',
    ],
    ['another beginning', (l) => l.with(0, String(l[0]).replace(/0{64}/, '1'.repeat(64))), 'place 1.*EVENT_ALTERED'],
  ])('%s', async (_what, tamper, said) => {
    const { text, exitCode } = await verify(tamper(exportOf()));
    expect([exitCode, text]).toEqual([1, expect.stringMatching(new RegExp(`^NOT OK, .*${said}`))]);
  });

  function renumbered([header, ...links]: string[]): string[] {
    return [String(header), ...links.map((link, at) => link.replace(/"seq":\d+/, `"seq":${at + 1}`))];
  }

  function swapped(lines: string[]): string[] {
    const [second, fifth] = [lines[2], lines[5]].map((line) => JSON.parse(String(line)) as { event: string });
    const withEvent = (link: object | undefined, from: { event: string } | undefined): string =>
      JSON.stringify({ ...link, event: from?.event });
    return lines.with(2, withEvent(second, fifth)).with(5, withEvent(fifth, second));
  }
});

describe('what is no export', () => {
  it.each([
    ['an empty file', '', 'The file is empty.'],
    ['another file', '{"a": 1}\n', 'The first line is not that of an export (sonae-audit-1).'],
    ['a picture', '\u0000\u0001\n\u0002', 'The first line is not that of an export (sonae-audit-1).'],
    ['the table', '\uFEFFseq,at,actor\r\n1,2,3\r\n', 'The file is the table (csv)'],
  ])('is not checked: %s', async (_what, content, said) => {
    expect(await verify(content)).toEqual({ exitCode: 2, text: expect.stringContaining(`Not checked: ${said}`) });
  });

  it('is not checked: a file that is not there, or a folder', async () => {
    expect(await verifyExportFile(join(folder, 'none'))).toMatchObject({
      exitCode: 2,
      text: expect.stringContaining('ENOENT'),
    });
    expect(await verifyExportFile(folder)).toMatchObject({ exitCode: 2, text: expect.stringContaining('EISDIR') });
  });
});
