import { EntityManager } from 'typeorm';
import type { ImportMapping } from '../dto/import-mapping.request';
import { type ImportReport, LISTED, type RowWarning } from '../import-run.entity';
import { columnOf } from '../reading/source';
import type { CodePlace } from './row-judge';

type Codes = ReadonlyMap<string, CodePlace>;

/** Systems in use below the organisation whose code the file does not name. They are told of, never removed. */
export async function missingSystems(
  m: EntityManager,
  organisationId: string,
  codes: Codes,
): Promise<Pick<ImportReport, 'missing' | 'missingCount'>> {
  const rows = await m.query<{ code: string; name: string; count: string }[]>(
    `SELECT s.code, s.name, count(*) OVER () AS count FROM system s
     WHERE s.organisation_id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = $1 AND details_open)
       AND s.lifecycle <> 'RETIRED'
       AND NOT EXISTS (SELECT FROM unnest($2::text[]) AS file(code) WHERE file.code = s.code)
     ORDER BY s.code, s.id LIMIT ${LISTED}`,
    [organisationId, [...codes.keys()]],
  );
  return { missing: rows.map(({ code, name }) => ({ code, name })), missingCount: Number(rows[0]?.count ?? 0) };
}

/**
 * A code that the register knows in another organisation than the file says: probably one system that moved, which an import cannot know.
 */
export async function movedSystems(
  m: EntityManager,
  { organisationId, mapping }: { organisationId: string; mapping: ImportMapping },
  codes: Codes,
): Promise<RowWarning[]> {
  const places = [...codes].filter(([, place]) => place.organisationId !== null);
  const rows = await m.query<{ row: number; organisation: string }[]>(
    `SELECT file.row_number AS "row", min(o.name) AS organisation
     FROM unnest($2::text[], $3::uuid[], $4::integer[]) AS file(code, organisation_id, row_number)
     JOIN system s ON s.code = file.code AND s.organisation_id <> file.organisation_id AND s.lifecycle <> 'RETIRED'
     JOIN organisation o ON o.id = s.organisation_id
     WHERE s.organisation_id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = $1 AND details_open)
     GROUP BY file.row_number ORDER BY file.row_number`,
    [
      organisationId,
      places.map(([code]) => code),
      places.map(([, place]) => place.organisationId),
      places.map(([, { row }]) => row),
    ],
  );
  const column = columnOf(mapping.columns.code);
  return rows.map(({ row, organisation }) => ({
    row,
    column,
    code: 'CODE_IN_OTHER_ORGANISATION',
    params: { organisation },
  }));
}
