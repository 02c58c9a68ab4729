import { undefuse } from '../../../platform/tabular/csv/write-csv';

/** Line breaks, other control characters, and the marks that turn the direction of text and let a name pose as another. */
const CONTROL = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;
const CONTROL_BUT_LINES = /[^\P{Cc}\n\r\t]/u;
const HALF_A_CHARACTER = /\p{Cs}/gu;
const UNSTORABLE = /[\0\p{Cs}]/gu;

/**
 * The text of a cell as it is kept: trimmed, NFC. What looks like a formula is data and stays; only the apostrophe goes that our own exports put
 * before it, so that an exported file comes back unchanged.
 */
export function cellText(cell: string): string {
  return undefuse(cell.trim()).trim().normalize('NFC').replace(HALF_A_CHARACTER, '\uFFFD');
}

/** What two spellings of one value have in common: full and half width, capitals and outer blanks do not count. */
export function comparable(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

/** Whether a text has characters that no name may have; `lines` allows line breaks and tabs. */
export function hasControlCharacters(text: string, lines = false): boolean {
  return (lines ? CONTROL_BUT_LINES : CONTROL).test(text);
}

/** The same facts without what PostgreSQL cannot keep in JSON: NUL, and halves of characters. Workbooks can hold both. */
export function storable<T>(facts: T): T {
  return JSON.parse(
    JSON.stringify(facts, (_key, part: unknown) =>
      typeof part === 'string' ? part.replace(UNSTORABLE, '\uFFFD') : part,
    ),
  ) as T;
}
