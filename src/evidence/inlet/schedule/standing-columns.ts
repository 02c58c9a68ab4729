import type { EntityManager } from 'typeorm';
import { type ColumnTypes, unnest } from '../../../platform/database/unnest';
import type { Inlet } from '../inlet.entity';

/** The columns by which an inlet stands, with its id. */
export const STANDING: ColumnTypes<Pick<Inlet, 'id' | 'state' | 'reason' | 'since' | 'nextDueAt' | 'attentionAt'>> = {
  id: 'uuid',
  state: 'text',
  reason: 'jsonb',
  since: 'timestamptz',
  nextDueAt: 'timestamptz',
  attentionAt: 'timestamptz',
};

/** Writes columns of locked inlets. What people have said of them stays, and so does the version. */
export async function updateInlets<Row extends Pick<Inlet, 'id'>>(
  m: EntityManager,
  rows: readonly Row[],
  types: ColumnTypes<Row>,
): Promise<void> {
  const { columns, source, values } = unnest(rows, types, 'row');
  const assignments = columns.filter((column) => column !== 'id').map((column) => `${column} = row.${column}`);
  await m.query(`UPDATE inlet SET ${assignments.join(', ')} FROM ${source} WHERE inlet.id = row.id`, values);
}
