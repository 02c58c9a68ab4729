import { readFileSync, writeFileSync } from 'node:fs';
import { digestOf, hashAfter } from '../../src/audit/chain/chain-hash';
import { verifyPackFile } from '../../src/views/packs/checking/verify-pack-file';
import { sealOfProof } from '../../src/obligations/intake/evidence-seal';
import { type DemoApp, startDemoApp } from '../support/app';
import { recordsOf, repack, resealed } from '../support/audit-packs';
import { download, newPath, unpack, type Unpacked } from '../support/downloads';

let demo: DemoApp;
let path: string;
let files: Unpacked;

beforeAll(async () => {
  demo = await startDemoApp('verify pack');
  const [system] = await demo.database.query<{ id: string }>(
    `SELECT s.id FROM system s JOIN app_user u ON u.id = s.owner_id WHERE s.lifecycle = 'OPERATING' AND u.email = 'owner@demo.example' LIMIT 1`,
  );
  const { status } = await (
    await demo.as('owner')
  ).post(`/systems/${system?.id}/evidence`, {
    ...{ kind: 'REVIEW', subject: 'CONTACTS', outcome: 'PASSED', note: '確認した' },
    performedAt: '2026-11-22T00:00:00Z',
  });
  expect(status).toBe(201);
  const [root] = await demo.database.query<{ id: string }>('SELECT id FROM organisation WHERE parent_id IS NULL');
  path = (await download(demo, await demo.as('auditor'), `/organisations/${root?.id}/audit-pack`)).path;
  files = await unpack(path);
});
afterAll(() => demo.stop());

/** The pack with one of its files changed. */
function changed(name: string, change: (text: string) => string): Unpacked {
  return new Map([...files].map(([file, text]) => [file, file === name ? change(text) : text]));
}

/** With the records of a file changed, as lines of their own. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- records of every shape
function withRecords(name: string, change: (records: any[]) => any[]): Unpacked {
  return changed(name, () =>
    change(recordsOf(files, name))
      .map((record) => `${JSON.stringify(record)}\n`)
      .join(''),
  );
}

async function verdictOn(pack: Unpacked | string, digest?: string): Promise<{ exitCode: number; faults: string[] }> {
  const { text, exitCode } = await verifyPackFile(typeof pack === 'string' ? pack : await repack(pack), 'en', digest);
  return { exitCode, faults: text.split('\n').filter((line) => line.startsWith('  ')) };
}

const only = (...faults: unknown[]): object => ({ exitCode: 1, faults });
const lineOf = (name: string, is: (record: { id: string }) => boolean): number =>
  recordsOf(files, name).findIndex(is) + 1;

describe('a pack that was changed', () => {
  it('holds when it was only packed again', async () => {
    expect(await verdictOn(files)).toEqual({ exitCode: 0, faults: [] });
  });

  it('shows one byte of a proof, by its file and its line', async () => {
    const line = lineOf('evidence.ndjson', (record) => 'note' in record && Boolean(record.note));
    expect(line).toBeGreaterThan(0);
    const pack = withRecords('evidence.ndjson', (records) =>
      records.map((record, index) => (index + 1 === line ? { ...record, note: `${record.note}。` } : record)),
    );
    const seal = expect.stringMatching(
      new RegExp(`evidence.ndjson, line ${line}: Evidence [0-9a-f-]{36} is not what was sent. \\(SEAL_BROKEN\\)`),
    );
    expect(await verdictOn(pack)).toMatchObject({ exitCode: 1, faults: expect.arrayContaining([seal]) });
    expect((await verdictOn(pack)).faults.join()).toContain(
      'evidence.ndjson: Its SHA-256 is not that of the manifest. (ALTERED)',
    );
    // Also with a manifest that fits: the proof has a digest of its own.
    expect(await verdictOn(resealed(pack))).toEqual(only(seal));
  });

  it('shows a proof that was sealed anew, by the audit event that knows the digest', async () => {
    const recorded = recordsOf(files, 'audit.ndjson').map(({ event }) => JSON.parse(event) as unknown[]);
    const event = recorded.findIndex(([, , , , action]) => action === 'evidence.recorded');
    const id = recorded[event]?.[6];
    const pack = withRecords('evidence.ndjson', (records) =>
      records.map((record) =>
        record.id === id
          ? { ...record, note: '別の内容', sha256: sealOfProof({ ...record, note: '別の内容' }) }
          : record,
      ),
    );
    expect(await verdictOn(resealed(pack))).toEqual(
      only(
        `  audit.ndjson, line ${event + 1}: The SHA-256 of evidence ${id} is not the one that this audit event tells. (OTHER_THAN_RECORDED)`,
      ),
    );
  });

  it('shows what a drill says of another system when its digest is not that of the drill', async () => {
    const pack = withRecords('evidence.ndjson', (records) => {
      const drill = records.find(({ kind }) => kind === 'DRILL');
      const shared = { ...drill, id: 'shared', sharedFromId: drill.id };
      return [...records, shared, { ...shared, id: 'other', sha256: 'f'.repeat(64) }];
    });
    const last = recordsOf(pack, 'evidence.ndjson').length;
    expect(await verdictOn(resealed(pack))).toEqual(
      only(expect.stringMatching(new RegExp(`evidence.ndjson, line ${last}: .*SEAL_BROKEN`))),
    );
  });

  it('shows a line that was taken out', async () => {
    const rows = recordsOf(files, 'transitions.ndjson').length;
    const pack = withRecords('transitions.ndjson', ([, ...rest]) => rest);
    const { exitCode, faults } = await verdictOn(pack);
    expect(exitCode).toBe(1);
    expect(faults).toContain(`  transitions.ndjson: The manifest says ${rows} rows, it has ${rows - 1}. (OTHER_ROWS)`);
  });

  it('shows a proof that was taken out, by the obligation that rests on it', async () => {
    const obligation = lineOf('obligations.ndjson', (record) => 'evidenceId' in record && Boolean(record.evidenceId));
    const { evidenceId } = recordsOf(files, 'obligations.ndjson')[obligation - 1];
    const pack = withRecords('evidence.ndjson', (records) => records.filter(({ id }) => id !== evidenceId));
    expect((await verdictOn(resealed(pack))).faults[0]).toBe(
      `  obligations.ndjson, line ${obligation}: Evidence ${evidenceId} is not in the pack. (EVIDENCE_MISSING)`,
    );
  });

  it('shows a file that was added, and one that was taken out', async () => {
    const added = new Map([...files, ['more.ndjson', '{}\n']]);
    expect(await verdictOn(added)).toEqual(only('  more.ndjson: The manifest does not name this file. (FILE_UNKNOWN)'));
    const policy = [...files.keys()].find((name) => name.startsWith('policy/')) as string;
    const other = `policy/v9-${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}.json`;
    expect(await verdictOn(new Map([...files, [other, '{}']]))).toEqual(
      only(`  ${other}: The manifest does not name this file. (FILE_UNKNOWN)`),
    );
    const without = new Map([...files].filter(([name]) => name !== policy));
    const { faults } = await verdictOn(without);
    expect(faults).toContain(`  ${policy}: The file is missing. (FILE_MISSING)`);
    expect(faults.filter((fault) => fault.includes('POLICY_MISSING')).length).toBeGreaterThan(0);
    const lacking = new Map([...files].filter(([name]) => name !== 'waivers.ndjson'));
    expect(await verdictOn(lacking)).toEqual(only('  waivers.ndjson: The file is missing. (FILE_MISSING)'));
  });

  it('shows a manifest that was changed, by the digest on record', async () => {
    const pack = resealed(changed('waivers.ndjson', () => ''));
    const { exitCode, faults } = await verdictOn(pack, 'a'.repeat(64));
    expect({ exitCode, faults }).toEqual(
      only(expect.stringMatching(/^ {2}manifest\.json: Its SHA-256 is \w{64}, on record is a{64}\. \(OTHER_DIGEST\)/)),
    );
    expect(await verdictOn(changed('manifest.json', (text) => text.slice(1)))).toEqual(
      only('  manifest.json: The manifest cannot be read. (MANIFEST_UNREADABLE)'),
    );
    expect(await verdictOn(changed('manifest.json', (text) => text.replace('audit-pack-1', 'audit-pack-2')))).toEqual(
      only(expect.stringContaining('(OTHER_FORMAT)')),
    );
    const without = new Map([...files].filter(([name]) => name !== 'manifest.json'));
    expect(await verdictOn(without)).toEqual(only('  manifest.json: The file is missing. (FILE_MISSING)'));
  });

  it('shows audit events that have changed places, were altered, or do not follow each other', async () => {
    const swapped = withRecords('audit.ndjson', ([first, second, ...rest]) => [second, first, ...rest]);
    expect((await verdictOn(resealed(swapped))).faults[0]).toMatch(
      /audit\.ndjson, line 2: Event \d+ stands after event \d+\. \(EVENT_MOVED\)/,
    );
    const texts = withRecords('audit.ndjson', ([first, second, ...rest]) => [
      { ...first, event: second.event },
      { ...second, event: first.event },
      ...rest,
    ]);
    expect((await verdictOn(resealed(texts))).faults.map((fault) => fault.slice(0, 22))).toEqual([
      '  audit.ndjson, line 1',
      '  audit.ndjson, line 2',
    ]);
    const cut = withRecords('audit.ndjson', (records) =>
      records.slice(0, 3).map((record) => ({ ...record, hash: 'f'.repeat(64) })),
    );
    expect((await verdictOn(resealed(cut))).faults[0]).toContain('(EVENT_ALTERED)');
    const beyond = changed('manifest.json', (text) =>
      text.replace(/"chain":\{"hash":"(\w+)","seq":\d+\}/, '"chain":{"hash":"$1","seq":2}'),
    );
    expect((await verdictOn(beyond)).faults.join()).toContain('(BEYOND_END)');
  });

  it('shows an audit event that was written anew with its hash, by the next one', async () => {
    const events = recordsOf(files, 'audit.ndjson');
    const at = events.findIndex(({ seq }, index) => events[index + 1]?.seq === seq + 1);
    const pack = withRecords('audit.ndjson', (records) =>
      records.map((record, index) => {
        if (index !== at) return record;
        const event = record.event.replace('T', 'U');
        const before = { seq: record.seq - 1, hash: record.previous };
        return { ...record, event, hash: hashAfter(before, record.seq, digestOf(event)) };
      }),
    );
    expect(await verdictOn(resealed(pack))).toEqual(
      only(
        `  audit.ndjson, line ${at + 2}: Event ${events[at].seq + 1} does not follow the one before it. (CHAIN_BROKEN)`,
      ),
    );
  });

  it('shows lines that are no records', async () => {
    const broken = changed('systems.ndjson', (text) => text.replace('{"id"', '{"id'));
    expect((await verdictOn(broken)).faults).toContain(
      '  systems.ndjson, line 1: The line cannot be read. (LINE_UNREADABLE)',
    );
    expect((await verdictOn(broken)).faults.join()).toContain('(SYSTEM_MISSING)');
  });

  it('counts the faults where there are too many to show', async () => {
    const pack = withRecords('evidence.ndjson', (records) =>
      records.map((record) => ({ ...record, strength: 'DECLARED', performedAt: '2020-01-01T00:00:00.000Z' })),
    );
    const { faults } = await verdictOn(resealed(pack));
    expect(faults.at(-1)).toBe(`  and ${recordsOf(files, 'evidence.ndjson').length - 5} more`);
  });
});

describe('a zip that is none, or is built to do harm', () => {
  const whole = (): Buffer => readFileSync(path);
  const written = (bytes: Buffer): string => {
    const file = newPath();
    writeFileSync(file, bytes);
    return file;
  };

  it.each([0.2, 0.5, 0.9, 0.999])('is refused when it is cut off after %s of it', async (part) => {
    const bytes = whole();
    expect(await verdictOn(written(bytes.subarray(0, bytes.length * part)))).toEqual(
      only('  It is no zip file, or is cut off. (CUT_OFF)'),
    );
  });

  it('is refused when it is something else, and not checked when it is not there', async () => {
    expect(await verdictOn(written(Buffer.from('PK no zip')))).toEqual(
      only('  It is no zip file, or is cut off. (CUT_OFF)'),
    );
    expect(await verifyPackFile('/nowhere/pack.zip', 'ja')).toMatchObject({
      exitCode: 2,
      text: expect.stringContaining('確かめられません'),
    });
  });

  it('is refused when a byte of what is stored has changed', async () => {
    const bytes = whole();
    const at = Math.floor(bytes.length / 2);
    bytes[at] = (bytes[at] as number) ^ 0xff;
    const { exitCode, faults } = await verdictOn(written(bytes));
    expect(exitCode).toBe(1);
    expect(faults.join()).toMatch(/\.ndjson: .*\((DAMAGED|ALTERED)\)/);
  });

  it('is refused when a name leads out of the folder, and nothing of it is read', async () => {
    const zip = readFileSync(await repack(new Map([...files, ['aaaaaaaaaa', 'x']])));
    const renamed = Buffer.from(zip.toString('latin1').replaceAll('aaaaaaaaaa', '../../evil'), 'latin1');
    expect(await verdictOn(written(renamed))).toEqual(
      only('  ../../evil: The name leads out of the folder. (NAME_REFUSED)'),
    );
  });

  it('is refused when two files have one name', async () => {
    const zip = readFileSync(await repack(new Map([...files, ['waiverz.ndjson', '']])));
    const renamed = Buffer.from(zip.toString('latin1').replaceAll('waiverz.ndjson', 'waivers.ndjson'), 'latin1');
    expect(await verdictOn(written(renamed))).toEqual(
      only('  waivers.ndjson: Two files have this name. (NAMED_TWICE)'),
    );
  });

  it('is refused when it claims to inflate to what no pack inflates to, before anything is inflated', async () => {
    const zeros = new Map([...files, ['waivers.ndjson', '\0'.repeat(40 * 1024 * 1024)]]);
    expect(await verdictOn(zeros)).toEqual(
      only(
        expect.stringMatching(
          /^ {2}waivers\.ndjson: It claims to inflate from \d{5} bytes to 41943040\. It was not opened\. \(INFLATES\)$/,
        ),
      ),
    );
  });

  it('is refused when it inflates to more than it declares', async () => {
    const zip = readFileSync(await repack(new Map([...files, ['waivers.ndjson', 'a'.repeat(5000)]])));
    const directory = zip.lastIndexOf(Buffer.from('waivers.ndjson')) - 46;
    expect(zip.readUInt32LE(directory + 24)).toBe(5000);
    zip.writeUInt32LE(10, directory + 24);
    const { faults } = await verdictOn(written(zip));
    expect(faults).toContain('  waivers.ndjson: It is damaged and cannot be read to its end. (DAMAGED)');
  });

  it('is refused when its files overlap', async () => {
    const zip = readFileSync(await repack(files));
    const directory = zip.lastIndexOf(Buffer.from('waivers.ndjson')) - 46;
    zip.writeUInt32LE(0, directory + 42);
    expect((await verdictOn(written(zip))).faults.join()).toContain('(OVERLAPPING)');
  });

  it('does not move the cursor of a terminal with its names', async () => {
    const { text } = await verifyPackFile(await repack(new Map([...files, ['\u001b[2Jx', 'x']])), 'en');
    expect(text).toContain('?[2Jx: The manifest does not name this file.');
    expect(text).not.toContain('\u001b');
  });
});
