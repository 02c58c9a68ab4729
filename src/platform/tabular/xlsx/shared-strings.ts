import { ownCopy } from '../own-copy';
import { TableLimits } from '../table-limits';
import { TabularError } from '../tabular-error';
import { XlsxArchive } from './xlsx-archive';
import { readXml } from './xml-reader';

/** Reads the texts that cells refer to by index. Fails with SHARED_STRINGS_TOO_LARGE. */
export async function readSharedStrings(archive: XlsxArchive, part: string, limits: TableLimits): Promise<string[]> {
  const strings: string[] = [];
  const item = new RichText(limits.maxCellChars);
  let totalChars = 0;
  await readXml(part, archive.text(part), {
    open(name) {
      if (name === 'si') item.reset();
      else item.open(name);
    },
    text: (text) => item.text(text),
    close(name) {
      if (name !== 'si') return item.close(name);
      const text = ownCopy(item.value);
      totalChars += text.length;
      strings.push(text);
      if (strings.length > limits.maxSharedStrings || totalChars > limits.maxSharedStringChars) {
        throw new TabularError('SHARED_STRINGS_TOO_LARGE', 'The workbook holds too much text to be read at once.', {
          details: { strings: strings.length, chars: totalChars },
        });
      }
    },
  });
  return strings;
}

/**
 * Gathers the text of an `si` or `is` element: plain or in runs, without the phonetic guide above Japanese text.
 * Beyond `maxChars` it stops gathering; the value is then longer than that.
 */
export class RichText {
  private gathered = '';
  private inText = false;
  private inPhonetic = false;

  constructor(private readonly maxChars: number) {}

  reset(): void {
    this.gathered = '';
    this.inText = false;
    this.inPhonetic = false;
  }

  open(name: string): void {
    if (name === 'rPh') this.inPhonetic = true;
    else if (name === 't') this.inText = !this.inPhonetic;
  }

  text(text: string): void {
    if (this.inText && this.gathered.length <= this.maxChars) this.gathered += text;
  }

  close(name: string): void {
    if (name === 'rPh') this.inPhonetic = false;
    else if (name === 't') this.inText = false;
  }

  get value(): string {
    return unescapeXstring(this.gathered);
  }
}

/** Workbooks write characters that XML forbids, and the carriage return, as `_x000D_`. */
export function unescapeXstring(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
