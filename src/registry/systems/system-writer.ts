import { EntityManager } from 'typeorm';
import { unnest, type ColumnTypes } from '../../platform/database/unnest';
import { searchGrams } from '../../platform/search/search-grams';
import { noteOutdated } from '../importance/outdated-assessments';
import { SystemRow } from './system-row';

/** A row as it is sent: lists as text that PostgreSQL reads as an array, since `unnest` flattens arrays of arrays. */
type SentRow = Omit<SystemRow, 'sites'> & { sites: string; searchGrams: string };

const TYPES = {
  id: 'uuid',
  organisationId: 'uuid',
  code: 'text',
  name: 'text',
  nameEn: 'text',
  ownerId: 'uuid',
  deputyId: 'uuid',
  tier: 'text',
  lifecycle: 'text',
  confidentiality: 'smallint',
  integrity: 'smallint',
  availability: 'smallint',
  publicFacing: 'boolean',
  outsourced: 'boolean',
  hosting: 'text',
  sites: 'text',
  supplier: 'text',
  note: 'text',
  rtoMinutes: 'integer',
  rpoMinutes: 'integer',
  mtdMinutes: 'integer',
  operatingSinceOn: 'date',
  tierSinceOn: 'date',
  raises: 'jsonb',
  changedOn: 'date',
  retiredOn: 'date',
  searchGrams: 'text',
  rowVersion: 'integer',
  createdAt: 'timestamptz',
  updatedAt: 'timestamptz',
} as const satisfies ColumnTypes<SentRow>;

const LISTS: readonly string[] = ['sites', 'search_grams'];
const KEPT: readonly string[] = ['id', 'row_version', 'created_at'];

/** Writes new systems in one statement; the caller audits them and refreshes their obligations. */
export async function insertSystems(m: EntityManager, rows: readonly SystemRow[]): Promise<void> {
  if (rows.length === 0) return;
  const { columns, source, values } = unnest(rows.map(sent), TYPES, 't');
  await m.query(
    `INSERT INTO system (${columns.join(', ')}) SELECT ${columns.map(read).join(', ')} FROM ${source}`,
    values,
  );
}

/**
 * Writes every column of existing systems in one statement. `rowVersion` is the version that each was read at; it becomes one more. Assessments of what
 * these systems need are outdated by another tier or life cycle.
 * @returns the ids written: a system that somebody else has changed meanwhile is missing, and unchanged.
 */
export async function updateSystems(m: EntityManager, rows: readonly SystemRow[]): Promise<string[]> {
  if (rows.length === 0) return [];
  const { columns, source, values } = unnest(rows.map(sent), TYPES, 't');
  const written = columns.filter((column) => !KEPT.includes(column)).map((column) => `${column} = ${read(column)}`);
  const [updated] = await m.query<[{ id: string }[], number]>(
    `UPDATE system s SET ${written.join(', ')}, row_version = s.row_version + 1
     FROM ${source} WHERE s.id = t.id AND s.row_version = t.row_version RETURNING s.id`,
    values,
  );
  const ids = updated.map(({ id }) => id);
  await noteOutdated(m, ids, rows[0]?.updatedAt as Date);
  return ids;
}

function sent(row: SystemRow): SentRow {
  const grams = searchGrams([row.code, row.name, row.nameEn]);
  return { ...row, sites: arrayLiteral(row.sites), searchGrams: arrayLiteral(grams) };
}

function read(column: string): string {
  return LISTS.includes(column) ? `t.${column}::text[]` : `t.${column}`;
}

function arrayLiteral(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
