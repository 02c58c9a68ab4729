import { invalid, XlsxArchive } from './xlsx-archive';
import { readXml } from './xml-reader';

/** How a number format makes a stored number look, as far as it changes the meaning of the text. */
export type NumberFormat =
  { kind: 'plain' } | { kind: 'date' | 'dateTime' | 'time' | 'elapsed' } | { kind: 'padded'; digits: number };

const PLAIN: NumberFormat = { kind: 'plain' };
const MAX_FORMATS = 65_536;

/** The formats of a workbook's cell styles, by style index. */
export async function readNumberFormats(archive: XlsxArchive, part: string): Promise<NumberFormat[]> {
  const customCodes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  let inCellStyles = false;
  await readXml(part, archive.text(part), {
    open(name, attributes) {
      const id = Number(attributes['numFmtId']);
      if (name === 'numFmt') customCodes.set(id, attributes['formatCode'] ?? '');
      else if (name === 'cellXfs') inCellStyles = true;
      else if (name === 'xf' && inCellStyles) formats.push(formatOf(id, customCodes.get(id)));
      if (formats.length > MAX_FORMATS || customCodes.size > MAX_FORMATS)
        throw invalid('The workbook has too many styles.');
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  return formats;
}

/** The built-in formats have numbers only (ECMA-376 part 1, 18.8.30); 27-36 and 50-58 are East Asian dates. */
function formatOf(id: number, customCode: string | undefined): NumberFormat {
  if (customCode !== undefined) return parseFormatCode(customCode);
  if (id >= 14 && id <= 17) return { kind: 'date' };
  if (id >= 18 && id <= 21) return { kind: 'time' };
  if (id === 22) return { kind: 'dateTime' };
  if (id === 32 || id === 33) return { kind: 'time' };
  if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return { kind: 'date' };
  if (id === 45 || id === 47) return { kind: 'time' };
  if (id === 46) return { kind: 'elapsed' };
  return PLAIN;
}

/** Reads a format code such as `yyyy"年"m"月"d"日"`, `[h]:mm` or `000000`. */
export function parseFormatCode(code: string): NumberFormat {
  const positive = code
    .replace(/"[^"]*"|\\.|[_*]./gs, '')
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
    .split(';')[0]!;
  if (/^0{2,}$/.test(positive)) return { kind: 'padded', digits: positive.length };
  if (/\[(?:h+|m+|s+)\]/i.test(positive)) return { kind: 'elapsed' };
  const letters = positive.replace(/General|E[+-]|AM\/PM|A\/P/gi, (match) => (/^A/i.test(match) ? 'h' : ''));
  const hasTime = /[hs]/i.test(letters);
  // g, e and r are the Japanese era and its year; m means minutes beside a time and months elsewhere.
  const hasDate = /[ydger]/i.test(letters) || (!hasTime && /m/i.test(letters));
  if (hasDate) return { kind: hasTime ? 'dateTime' : 'date' };
  return hasTime ? { kind: 'time' } : PLAIN;
}
