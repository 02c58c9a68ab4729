import type { SqlParameters } from '../../../access/scope/scope-sql';
import type { FrozenWording } from '../../../obligations/lists/frozen-wording';
import type { RowFile } from '../pack-format';
import type { PackScope } from './pack-scope';

type Row = Record<string, unknown>;

/** A file of the pack with one record a line. */
export interface Section {
  file: RowFile;
  /** One statement, whose rows are the lines as they are unless `lines` says otherwise. */
  sql: (scope: PackScope, parameters: SqlParameters) => string;
  lines?: (rows: Row[], wording: FrozenWording) => Promise<object[]>;
  /** The fields with the ids of people. People stand in the pack by their ids, and are named in one file of it. */
  people?: readonly string[];
}
