import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAll, tabularErrorOf, temporaryFolder } from '../../../../test/support/tables';
import { WorkbookXml, writeXlsx, writeZip } from '../../../../test/support/xlsx-file';

const MIB = 1024 * 1024;
const folder = temporaryFolder();
let count = 0;
const newPath = () => join(folder, `archive-${(count += 1)}`);
const row = '<row><c><v>1</v></c></row>';
const book = (rest: Partial<WorkbookXml>) => writeXlsx(newPath(), { sheets: [{ name: 'S', rows: row }], ...rest });
const errorOf = async (path: string, options?: Parameters<typeof readAll>[1]) => tabularErrorOf(readAll(path, options));

function* repeated(piece: string, bytes: number): Generator<string> {
  const block = piece.repeat(Math.ceil(MIB / piece.length));
  for (let written = 0; written < bytes; written += block.length) yield block;
}

/** Changes the directory entries of an archive; `change` gets each entry with its offset in the file. */
function patchDirectory(path: string, change: (file: Buffer, entryAt: number) => void): string {
  const file = readFileSync(path);
  for (let at = file.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = file.indexOf('PK\x01\x02', at + 4, 'latin1')) {
    change(file, at);
  }
  writeFileSync(path, file);
  return path;
}

describe('XlsxArchive', () => {
  it('refuses a real zip bomb by the size it declares', async () => {
    const path = await book({ sheets: [{ name: 'S', rows: repeated('<row/>', 300 * MIB) }] });
    expect(readFileSync(path).length).toBeLessThan(2 * MIB);
    expect(await errorOf(path)).toMatchObject({ code: 'ZIP_BOMB', details: { part: 'xl/worksheets/sheet1.xml' } });
  });

  it('stops a zip bomb that declares a small size', async () => {
    const path = await book({ sheets: [{ name: 'S', rows: repeated('<row/>', 40 * MIB) }] });
    patchDirectory(path, (file, at) => {
      if (file.readUInt32LE(at + 24) > 30 * MIB) file.writeUInt32LE(5 * MIB, at + 24);
    });
    expect((await errorOf(path)).code).toBe('ZIP_BOMB');
  });

  it('refuses what inflates by more than its ratio, once it is large', async () => {
    const blankRow = '<row spans="1:1" ht="15" customHeight="1"></row>';
    const path = await book({ sheets: [{ name: 'S', rows: repeated(blankRow, 12 * MIB) }] });
    expect((await errorOf(path)).code).toBe('ZIP_BOMB');
    expect((await errorOf(path, { limits: { maxInflationRatio: 10_000 } })).code).toBe('FILE_EMPTY');
    expect((await errorOf(path, { limits: { inflationFreeBytes: 20 * MIB } })).code).toBe('FILE_EMPTY');
  });

  it('refuses entries that are bounded each and not together, and too many entries', async () => {
    const parts = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`media/${index}`, Buffer.alloc(1000)]));
    const path = await book({ parts });
    expect((await errorOf(path, { limits: { maxInflatedBytes: 15_000 } })).code).toBe('ZIP_BOMB');
    expect((await errorOf(path, { limits: { maxZipEntries: 20 } })).code).toBe('ZIP_BOMB');
    expect((await readAll(path)).columns).toEqual(['1']);
  });

  it('says that a workbook with a password is encrypted', async () => {
    const path = patchDirectory(await book({}), (file, at) =>
      file.writeUInt16LE(file.readUInt16LE(at + 8) | 1, at + 8),
    );
    expect((await errorOf(path)).code).toBe('XLSX_ENCRYPTED');
  });

  it('refuses a truncated archive, damaged data and two parts of one name', async () => {
    const whole = readFileSync(await book({ sharedStrings: '<si><t>x</t></si>' }));
    const variant = (change: (file: Buffer) => Buffer) => {
      const path = newPath();
      writeFileSync(path, change(Buffer.from(whole)));
      return errorOf(path);
    };
    expect((await variant((file) => file.subarray(0, file.length / 2))).code).toBe('XLSX_INVALID');
    const dataAt = whole.indexOf('_rels/.rels') + '_rels/.rels'.length;
    expect((await variant((file) => file.fill(0xff, dataAt, dataAt + 20))).code).toBe('XLSX_INVALID');
    const twice = await writeZip(newPath(), new Map([['xl/a.xml', 'x'], ['XL/A.xml', 'y']])); // prettier-ignore
    expect((await errorOf(twice)).code).toBe('XLSX_INVALID');
  });

  it('never opens what an archive names outside itself', async () => {
    const names = { '../../etc/passwd': 'x' };
    const path = await writeZip(newPath(), new Map(Object.entries({ 'aa/aa/etc/passwd': 'x' })));
    const file = readFileSync(path);
    const hostile = Buffer.from(
      file.toString('latin1').replaceAll('aa/aa/etc/passwd', Object.keys(names)[0]!),
      'latin1',
    );
    writeFileSync(path, hostile);
    expect((await errorOf(path)).code).toBe('XLSX_INVALID');
  });

  it.each([
    ['a document type', `<!DOCTYPE a [<!ENTITY x "y">]><worksheet><sheetData>${row}</sheetData></worksheet>`],
    ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><worksheet/>'],
    ['endless nesting', `<worksheet>${'<a>'.repeat(100_000)}`],
    ['invalid UTF-8', Buffer.from('<worksheet>\xff</worksheet>', 'latin1')],
    ['an endless text', `<worksheet><sheetData><row><c><v>${'9'.repeat(9 * MIB)}`],
  ])('refuses a sheet with %s', async (_, content) => {
    expect((await errorOf(await book({ parts: { 'xl/worksheets/sheet1.xml': content } }))).code).toBe('XLSX_INVALID');
  });

  it('refuses more shared text than it may keep', async () => {
    const path = await book({ sharedStrings: '<si><t>0123456789</t></si>'.repeat(1000) });
    expect((await errorOf(path, { limits: { maxSharedStrings: 999 } })).code).toBe('SHARED_STRINGS_TOO_LARGE');
    expect((await errorOf(path, { limits: { maxSharedStringChars: 9_999 } })).code).toBe('SHARED_STRINGS_TOO_LARGE');
    expect((await readAll(path, { limits: { maxSharedStrings: 1000 } })).columns).toEqual(['1']);
  });
});
