import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** A worksheet by the XML inside its `sheetData`, at once or in pieces. */
export interface SheetXml {
  name: string;
  state?: 'hidden' | 'veryHidden';
  rows: string | Iterable<string>;
}

export interface WorkbookXml {
  sheets: SheetXml[];
  /** The `si` elements. */
  sharedStrings?: string;
  /** Format code of each cell style, after style 0, which is plain. A number is a built-in format. */
  styles?: (string | number)[];
  dates1904?: boolean;
  /** Further parts, or replacements of the ones written here, by name. */
  parts?: Record<string, string | Buffer>;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** Writes a workbook as a spreadsheet program would lay it out. */
export async function writeXlsx(path: string, workbook: WorkbookXml): Promise<string> {
  const parts = new Map<string, string | Buffer | Iterable<string>>(Object.entries(workbookParts(workbook)));
  workbook.sheets.forEach(({ rows }, index) => {
    const before = `<worksheet xmlns="${MAIN}"><sheetData>`;
    const after = '</sheetData></worksheet>';
    const part = `xl/worksheets/sheet${index + 1}.xml`;
    parts.set(part, typeof rows === 'string' ? before + rows + after : concat([before], rows, [after]));
  });
  for (const [part, content] of Object.entries(workbook.parts ?? {})) parts.set(part, content);
  return writeZip(path, parts);
}

/** Writes a zip archive; an iterable is compressed as a stream. */
export async function writeZip(
  path: string,
  parts: ReadonlyMap<string, string | Buffer | Iterable<string | Buffer>>,
): Promise<string> {
  const zip = new ZipFile();
  for (const [name, content] of parts) {
    if (typeof content === 'string') zip.addBuffer(Buffer.from(content), name);
    else if (Buffer.isBuffer(content)) zip.addBuffer(content, name);
    else zip.addReadStream(Readable.from(inBlocks(content)), name);
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

/** Few large pieces instead of many small ones, each of which costs a stream event. */
function* inBlocks(pieces: Iterable<string | Buffer>): Generator<Buffer> {
  let block: Buffer[] = [];
  let bytes = 0;
  for (const piece of pieces) {
    block.push(Buffer.from(piece));
    bytes += piece.length;
    if (bytes < 65_536) continue;
    yield Buffer.concat(block);
    block = [];
    bytes = 0;
  }
  yield Buffer.concat(block);
}

function workbookParts({ sheets, sharedStrings, styles, dates1904 }: WorkbookXml): Record<string, string> {
  const relationships = sheets.map((_, index) =>
    relationship(`s${index}`, 'worksheet', `worksheets/sheet${index + 1}.xml`),
  );
  const parts: Record<string, string> = {};
  if (sharedStrings !== undefined) {
    relationships.push(relationship('strings', 'sharedStrings', 'sharedStrings.xml'));
    parts['xl/sharedStrings.xml'] = `<sst xmlns="${MAIN}">${sharedStrings}</sst>`;
  }
  if (styles) {
    relationships.push(relationship('styles', 'styles', '/xl/styles.xml'));
    parts['xl/styles.xml'] = stylesXml(styles);
  }
  const sheetList = sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}" ${state ? `state="${state}" ` : ''}rel:id="s${index}"/>`,
  );
  parts['_rels/.rels'] =
    `<Relationships xmlns="${PACKAGE}">${relationship('w', 'officeDocument', 'xl/workbook.xml')}</Relationships>`;
  parts['xl/workbook.xml'] =
    `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="${MAIN}" xmlns:rel="${OFFICE}">` +
    `<workbookPr ${dates1904 ? 'date1904="1"' : ''}/><sheets>${sheetList.join('')}</sheets></workbook>`;
  parts['xl/_rels/workbook.xml.rels'] = `<Relationships xmlns="${PACKAGE}">${relationships.join('')}</Relationships>`;
  return parts;
}

function stylesXml(styles: (string | number)[]): string {
  const codes = styles.map((style, index) =>
    typeof style === 'string'
      ? `<numFmt numFmtId="${200 + index}" formatCode="${style.replaceAll('"', '&quot;')}"/>`
      : '',
  );
  const formats = styles.map((style, index) => `<xf numFmtId="${typeof style === 'string' ? 200 + index : style}"/>`);
  return (
    `<styleSheet xmlns="${MAIN}"><numFmts>${codes.join('')}</numFmts>` +
    `<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats.join('')}</cellXfs></styleSheet>`
  );
}

function relationship(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
}

function* concat(...lists: Iterable<string>[]): Generator<string> {
  for (const list of lists) yield* list;
}
