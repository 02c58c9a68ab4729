import { Readable } from 'node:stream';
import { isFormulaLike } from '../csv/write-csv';
import { type ZipEntry, zipStream } from './zip-stream';

type Cell = string | number | null;

/** A sheet of a workbook that is being written; its title is the name it goes by. */
export interface WrittenSheet {
  title: string;
  headings: readonly string[];
  rows: AsyncIterable<readonly Cell[]>;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** Styles of cells by their place in `STYLES`: text as it is, a heading, and text that a spreadsheet must never take for a formula. */
const HEADING = 1;
const QUOTED = 2;
const BLOCK = 64 * 1024;
const MOST_CHARACTERS = 32_767;

const STYLES =
  `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>` +
  `<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>` +
  `<fill><patternFill patternType="solid"><fgColor rgb="FFE8F1FE"/></patternFill></fill></fills>` +
  `<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3">` +
  `<xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
  `<xf fontId="1" fillId="2" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>` +
  `<xf quotePrefix="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`;

/**
 * A workbook, made while it is read; of each sheet the headings are frozen and repeated on every printed page, with a filter on them, A4 landscape
 * as wide as the paper, page numbers. Texts stay as they are; one that looks like a formula is marked as text (`quotePrefix`).
 */
export function xlsxStream(sheets: readonly WrittenSheet[]): Readable {
  const names = sheets.map(({ title }) => sheetName(title));
  return zipStream([
    ...parts(names),
    ...sheets.map(({ headings, rows }, index): ZipEntry => {
      const xml = sheetXml(names[index] ?? '', headings, rows, index === 0);
      return [`xl/worksheets/sheet${index + 1}.xml`, Readable.from(xml, { objectMode: false })];
    }),
  ]);
}

/** Excel takes 31 characters, and none of these. */
function sheetName(title: string): string {
  return title.replace(/[\\/?*[\]:']/g, ' ').slice(0, 31);
}

function parts(sheets: readonly string[]): ZipEntry[] {
  const relations = (targets: readonly (readonly [type: string, target: string])[]): string =>
    `${XML}<Relationships xmlns="${PACKAGE}/relationships">${targets
      .map(
        ([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
      )
      .join('')}</Relationships>`;
  const each = (xml: (sheet: string, number: number) => string): string =>
    sheets.map((sheet, index) => xml(escape(sheet), index + 1)).join('');
  return [
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
        `<Override PartName="/xl/workbook.xml" ContentType="${SHEET}.sheet.main+xml"/>` +
        each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${SHEET}.worksheet+xml"/>`) +
        `<Override PartName="/xl/styles.xml" ContentType="${SHEET}.styles+xml"/></Types>`,
    ],
    ['_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']])],
    [
      'xl/_rels/workbook.xml.rels',
      relations([
        ...sheets.map((_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`] as const),
        ['styles', 'styles.xml'],
      ]),
    ],
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
        `${each((name, n) => `<sheet name="${name}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets><definedNames>` +
        `${each((name, n) => `<definedName name="_xlnm.Print_Titles" localSheetId="${n - 1}">'${name}'!$1:$1</definedName>`)}` +
        `</definedNames></workbook>`,
    ],
    ['xl/styles.xml', STYLES],
  ];
}

async function* sheetXml(
  sheet: string,
  headings: readonly string[],
  rows: AsyncIterable<readonly Cell[]>,
  selected: boolean,
): AsyncGenerator<string> {
  const widths = headings.map((heading, index) => {
    const width = Math.min(40, Math.max(12, heading.length * 2 + 2));
    return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`;
  });
  let block =
    `${XML}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"${selected ? ' tabSelected="1"' : ''}>` +
    `<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
    `<cols>${widths.join('')}</cols><sheetData>${rowXml(headings, HEADING)}`;
  let count = 1;
  for await (const row of rows) {
    count += 1;
    block += rowXml(row);
    if (block.length < BLOCK) continue;
    yield block;
    block = '';
  }
  yield (
    `${block}</sheetData><autoFilter ref="A1:${columnName(headings.length - 1)}${count}"/>` +
    `<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>` +
    `<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>` +
    `<headerFooter><oddFooter>&amp;L${escape(escape(sheet)).replaceAll('&amp;amp;', '&amp;&amp;')}&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>`
  );
}

function rowXml(cells: readonly Cell[], style = 0): string {
  return `<row>${cells.map((cell) => cellXml(cell, style)).join('')}</row>`;
}

function cellXml(cell: Cell, style: number): string {
  if (cell === null || cell === '') return '<c/>';
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`;
  const styled = style || (isFormulaLike(cell) ? QUOTED : 0);
  const text = escape(cell.slice(0, MOST_CHARACTERS));
  return `<c t="inlineStr"${styled ? ` s="${styled}"` : ''}><is><t xml:space="preserve">${text}</t></is></c>`;
}

/** `A`, …, `Z`, `AA`. */
function columnName(index: number): string {
  const rest = index % 26;
  return (index >= 26 ? columnName((index - rest) / 26 - 1) : '') + String.fromCharCode(65 + rest);
}

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** XML has no place for the other control characters, nor for halves of pairs. */
const UNFIT = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escape(text: string): string {
  return text.replace(UNFIT, '').replace(/[&<>"]/g, (mark) => MARKS[mark] ?? mark);
}
