import type { ImportMappingTemplate } from '../dto/import-mapping.request';
import type { MappedCode } from '../dto/mapping-rules';
import type { RowFault } from '../import-rejection.entity';
import { cellText, comparable, hasControlCharacters } from './cell-text';
import { durationMinutes } from './duration-text';
import { columnOf, type Source, sourceOf } from './source';

/** Characters at most, as for systems that are registered one by one. */
const LONGEST = { code: 100, name: 300, nameEn: 300, supplier: 200, note: 10_000, site: 200 } as const;
const MOST_SITES = 50;
const LONGEST_SHOWN = 200;

/** The cells of one row by column name. */
export type Cells = Readonly<Record<string, string>>;

/** What a field of one row came to: its value, or why there is none. */
export type FieldReading<T = unknown> = { value: T } | { fault: RowFault };

/** Reads one field of a system out of a row. */
export interface FieldReader {
  field: string;
  /** The mapping gives the same value to every row: the file says nothing about this system in particular. */
  constant: boolean;
  read: (cells: Cells) => FieldReading;
}

type Fault = Omit<RowFault, 'column'>;
type Parse = (text: string) => { value: unknown } | { fault: Fault };

/** The readers of every field that the mapping has, but for code, owner and organisation. */
export function fieldReaders(mapping: ImportMappingTemplate): FieldReader[] {
  const { columns } = mapping;
  const readers: [string, string | Source | undefined, Parse][] = [
    ['name', columns.name, text(LONGEST.name, { required: true })],
    ['nameEn', columns.nameEn, text(LONGEST.nameEn)],
    ['supplier', columns.supplier, text(LONGEST.supplier)],
    ['note', columns.note, text(LONGEST.note, { lines: true })],
    ['sites', columns.sites, sites],
    ['rtoMinutes', columns.rto, minutes],
    ['rpoMinutes', columns.rpo, minutes],
    ['mtdMinutes', columns.mtd, minutes],
    ['tier', mapping.tier, code(mapping.tier)],
    ['lifecycle', mapping.lifecycle, code(mapping.lifecycle)],
    ['hosting', mapping.hosting, code(mapping.hosting)],
    ['confidentiality', mapping.confidentiality, code(mapping.confidentiality)],
    ['integrity', mapping.integrity, code(mapping.integrity)],
    ['availability', mapping.availability, code(mapping.availability)],
    ['publicFacing', mapping.publicFacing, code(mapping.publicFacing)],
    ['outsourced', mapping.outsourced, code(mapping.outsourced)],
  ];
  return readers.flatMap(([field, source, parse]) =>
    source ? [{ field, constant: columnOf(source) === null, read: reader(source, parse) }] : [],
  );
}

/** The code of the system, which every row has to have. */
export function codeReader({ columns }: ImportMappingTemplate): (cells: Cells) => FieldReading {
  return reader(columns.code, text(LONGEST.code, { required: true }));
}

/** A text of at most `limit` characters on one line, or several with `lines`; blank is null. */
export function text(limit: number, { required = false, lines = false } = {}): Parse {
  return (found) => {
    if (found === '') return required ? { fault: { code: 'REQUIRED' } } : { value: null };
    if (found.length > limit) return { fault: { code: 'TOO_LONG', params: { limit } } };
    if (hasControlCharacters(found, lines)) return { fault: { code: 'NOT_PLAIN_TEXT' } };
    return { value: found };
  };
}

const SEPARATORS = /[,;、，；／|\r\n]+/;

const sites: Parse = (found) => {
  const names = [...new Set(found.split(SEPARATORS).map(cellText).filter(Boolean))];
  if (names.length > MOST_SITES) return { fault: { code: 'TOO_MANY', params: { limit: MOST_SITES } } };
  const fault = names.map(text(LONGEST.site)).find((reading) => 'fault' in reading);
  return fault ?? { value: names };
};

const minutes: Parse = (found) => {
  if (found === '') return { value: null };
  const value = durationMinutes(found);
  if (value === null) return { fault: { code: 'NOT_A_DURATION', params: { value: shown(found) } } };
  return value === 0 ? { fault: { code: 'ZERO_DURATION' } } : { value };
};

/** The code that the mapping gives a raw value; a value it does not name has none, and none is made up. */
function code(source: { values?: Record<string, MappedCode>; value?: MappedCode } | undefined): Parse {
  if (source?.value !== undefined) return () => ({ value: source.value });
  const codes = new Map(Object.entries(source?.values ?? {}).map(([raw, mapped]) => [comparable(raw), mapped]));
  return (found) => {
    const value = codes.get(comparable(found));
    return value === undefined ? { fault: { code: 'UNMAPPED_VALUE', params: { value: shown(found) } } } : { value };
  };
}

function reader(source: string | Source, parse: Parse): (cells: Cells) => FieldReading {
  const { column, value } = sourceOf(source);
  const of = (found: string): FieldReading => {
    const reading = parse(cellText(found));
    return 'fault' in reading ? { fault: { column: column ?? null, ...reading.fault } } : reading;
  };
  if (column !== undefined) return (cells) => of(cells[column] ?? '');
  const constant = of(typeof value === 'string' ? value : '');
  return () => constant;
}

function shown(found: string): string {
  return found.slice(0, LONGEST_SHOWN);
}
