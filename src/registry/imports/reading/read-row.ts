import type { OrganisationKind } from '../../organisations/organisation.entity';
import type { SystemFields } from '../../systems/system-row';
import type { ImportMappingTemplate } from '../dto/import-mapping.request';
import type { RowFault } from '../import-rejection.entity';
import { cellText } from './cell-text';
import { type Cells, codeReader, fieldReaders, text } from './field-readers';
import { columnOf } from './source';
import { type OwnerReading, readOwner } from './owner-text';

/** Fields of a system that an import can say; the code, the organisation and the owner are settled apart. */
export type ImportedFields = Omit<SystemFields, 'organisationId' | 'code' | 'ownerId' | 'deputyId'>;

/** One level of an organisation path: its name, where it stands, and the kind to make it with when the mapping says. */
export interface PathLevel {
  name: string;
  column: string;
  kind: OrganisationKind | null;
}

/** A system as one row describes it, before the database is asked. */
export interface Candidate {
  code: string;
  /** From below the root down; empty for the root itself. */
  organisationPath: PathLevel[];
  /** What the row says; what is not mapped to a column is absent. */
  fields: Partial<ImportedFields>;
  /** What the mapping gives to new systems only. */
  initial: Partial<ImportedFields>;
  /** Null when the mapping has no owner. */
  owner: OwnerReading | null;
}

/** What one row came to. `code` is there whenever it can be read, also for a row with faults. */
export interface RowReading {
  code: string | null;
  candidate: Candidate | null;
  faults: RowFault[];
  warnings: RowFault[];
}

/** A reader of rows by a mapping; the mapping is prepared once, the reader is a pure function. */
export function rowReader(mapping: ImportMappingTemplate): (cells: Cells) => RowReading {
  const readCode = codeReader(mapping);
  const readers = fieldReaders(mapping);
  const readPath = pathReader(mapping.organisation);
  const { owner } = mapping;
  return (cells) => {
    const codeReading = readCode(cells);
    const path = readPath(cells);
    const readings = readers.map(({ field, constant, read }) => ({ field, constant, reading: read(cells) }));
    const faults = [codeReading, path, ...readings.map(({ reading }) => reading)].flatMap((reading) =>
      'fault' in reading ? [reading.fault] : [],
    );
    const code = 'fault' in codeReading ? null : (codeReading.value as string);
    if (code === null || faults.length > 0 || 'fault' in path) return { code, candidate: null, faults, warnings: [] };
    const values = (wanted: boolean): Partial<ImportedFields> =>
      Object.fromEntries(
        readings.flatMap(({ field, constant, reading }) =>
          constant === wanted && 'value' in reading ? [[field, reading.value]] : [],
        ),
      );
    const targets = targetFault(mapping, { ...values(true), ...values(false) });
    if (targets) return { code, candidate: null, faults: [targets], warnings: [] };
    const person = owner ? readOwner(cellText(cells[owner.column] ?? ''), owner.pattern) : null;
    return {
      code,
      candidate: {
        code,
        organisationPath: path.value,
        fields: values(false),
        initial: values(true),
        owner: person,
      },
      faults,
      warnings: owner && person?.kind === 'UNREADABLE' ? [{ column: owner.column, code: person.code }] : [],
    };
  };
}

/** A row that contradicts itself is refused as the form would refuse it. */
function targetFault(
  { columns }: ImportMappingTemplate,
  { rtoMinutes, mtdMinutes }: Partial<ImportedFields>,
): RowFault | null {
  if (!rtoMinutes || !mtdMinutes || rtoMinutes <= mtdMinutes) return null;
  return { column: columnOf(columns.rto) ?? columnOf(columns.mtd), code: 'RTO_ABOVE_MTD' };
}

const LONGEST_ORGANISATION = 200;
const organisationName = text(LONGEST_ORGANISATION);

type PathReading = { value: PathLevel[] } | { fault: RowFault };

/** Reads the path of organisation names. The first level has to be there; what a blank one further down means says the mapping. */
function pathReader(source: ImportMappingTemplate['organisation']): (cells: Cells) => PathReading {
  if (!source) return () => ({ value: [] });
  const { columns, kinds = [], skipBlank = false } = source;
  return (cells) => {
    const path: PathLevel[] = [];
    for (const [level, column] of columns.entries()) {
      const name = cellText(cells[column] ?? '');
      if (name === '' && level === 0) return { fault: { column, code: 'REQUIRED' } };
      if (name === '' && !skipBlank) break;
      if (name === '') continue;
      const reading = organisationName(name);
      if ('fault' in reading) return { fault: { column, ...reading.fault } };
      path.push({ name, column, kind: kinds[level] ?? null });
    }
    return { value: path };
  };
}
