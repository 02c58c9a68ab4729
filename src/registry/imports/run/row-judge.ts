import type { FaultyRow, TableRow } from '../../../platform/tabular/table-rows';
import type { ImportMapping } from '../dto/import-mapping.request';
import type { RowFault } from '../import-rejection.entity';
import { type Candidate, rowReader, type RowReading } from '../reading/read-row';
import type { Cells } from '../reading/field-readers';
import { columnOf } from '../reading/source';
import { OrganisationTree } from './organisation-tree';

/** A row that can become a system. */
export interface AcceptedRow {
  row: number;
  cells: string[];
  organisationId: string;
  candidate: Candidate;
  warnings: RowFault[];
}

/** A row that cannot, and why. */
export interface RejectedRow {
  row: number;
  cells: string[];
  faults: RowFault[];
}

/** Where in the file a code stands, and in which organisation; null when its row was rejected. */
export interface CodePlace {
  row: number;
  organisationId: string | null;
}

/**
 * Judges the rows of one file: as they stand, against each other (codes are unique), and against the organisation tree. The file is read twice,
 * once to check and once to write; a row is judged alike both times.
 */
export class RowJudge {
  /** Every code that the file names, at its first row. */
  readonly codes = new Map<string, CodePlace>();
  private readonly read: (cells: Cells) => RowReading;

  constructor(
    private readonly mapping: ImportMapping,
    private readonly columns: readonly string[],
    private readonly tree: OrganisationTree,
  ) {
    this.read = rowReader(mapping);
  }

  judge(table: TableRow | FaultyRow): AcceptedRow | RejectedRow {
    const { row } = table;
    if ('error' in table) {
      const { column = null, code, details } = table.error;
      return { row, cells: [], faults: [{ column, code, params: details }] };
    }
    const cells = this.columns.map((column) => table.cells[column] ?? '');
    const { code, candidate, faults, warnings } = this.read(table.cells);
    const twin = code === null ? null : this.firstWith(code, row);
    if (twin !== null) return { row, cells, faults: [...faults, this.duplicate(twin)] };
    const place = candidate ? this.tree.resolve(candidate.organisationPath) : null;
    if (!candidate || !place) return { row, cells, faults };
    if ('fault' in place) return { row, cells, faults: [place.fault] };
    this.codes.set(candidate.code, { row, organisationId: place.id });
    return { row, cells, organisationId: place.id, candidate, warnings };
  }

  /** The earlier row with the same code; null when this is the first. */
  private firstWith(code: string, row: number): number | null {
    const place = this.codes.get(code);
    if (!place) this.codes.set(code, { row, organisationId: null });
    return place && place.row !== row ? place.row : null;
  }

  private duplicate(firstRow: number): RowFault {
    return { column: columnOf(this.mapping.columns.code), code: 'DUPLICATE_IN_FILE', params: { firstRow } };
  }
}
