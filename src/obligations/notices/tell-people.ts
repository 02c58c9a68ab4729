import { EntityManager } from 'typeorm';
import { newId } from '../../platform/database/id';
import { unnest } from '../../platform/database/unnest';
import { Notice } from './notice.entity';

export type Told = Pick<
  Notice,
  'userId' | 'kind' | 'occurrence' | 'systemId' | 'systemCount' | 'organisationIds' | 'path' | 'note' | 'createdAt'
> &
  Partial<Pick<Notice, 'inletId'>>;

const COLUMNS = {
  id: 'uuid',
  userId: 'uuid',
  kind: 'text',
  occurrence: 'text',
  systemId: 'uuid',
  inletId: 'uuid',
  systemCount: 'integer',
  organisationIds: 'text',
  path: 'text',
  note: 'text',
  createdAt: 'timestamptz',
} as const;

/** Has people told with their next digest. Who has left is not told, and nobody is told of one occurrence twice. */
export async function tellPeople(m: EntityManager, told: readonly Told[]): Promise<void> {
  if (told.length === 0) return;
  const rows = told.map((row) => ({
    ...{ inletId: null, ...row, id: newId() },
    organisationIds: `{${row.organisationIds.join(',')}}`,
  }));
  const { columns, source, values } = unnest(rows, COLUMNS, 'row');
  const read = columns.map((column) => (column === 'organisation_ids' ? `row.${column}::uuid[]` : `row.${column}`));
  await m.query(
    `INSERT INTO notice (${columns.join(', ')}, status) SELECT ${read.join(', ')}, 'PENDING'
     FROM ${source} JOIN app_user u ON u.id = row.user_id AND u.active ON CONFLICT ON CONSTRAINT uq_notice DO NOTHING`,
    values,
  );
}
