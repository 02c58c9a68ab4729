import type { EntityManager } from 'typeorm';
import { changedDependents, type Dependent } from '../../core/importance/dependents';
import { dependentsJson } from './dependents-sql';

interface Row {
  id: string;
  assessed: Dependent[];
  now: Dependent[];
  isOutdated: boolean;
}

/**
 * Notes since when assessments no longer fit what depends on their systems, after these systems changed their tier, their life cycle or what
 * they need; takes the note away where everything is as it was. Whoever changes one of these calls it in the same transaction.
 */
export async function noteOutdated(m: EntityManager, changedIds: readonly string[], at: Date): Promise<void> {
  const rows = await m.query<Row[]>(
    `WITH RECURSIVE needed(id) AS (
       SELECT depends_on_id FROM system_dependency WHERE system_id = ANY($1::uuid[]) AND hard
       UNION SELECT d.depends_on_id FROM needed JOIN system_dependency d ON d.system_id = needed.id AND d.hard
     )
     SELECT a.id, a.dependents AS assessed, a.outdated_at IS NOT NULL AS "isOutdated", ${dependentsJson('a.system_id')} AS now
     FROM importance_assessment a
     WHERE a.status <> 'SUPERSEDED' AND (a.system_id IN (SELECT id FROM needed) OR a.outdated_at IS NOT NULL
       OR a.id IN (SELECT of.id FROM unnest($1::uuid[]) changed JOIN importance_assessment of
         ON of.dependents @> jsonb_build_array(jsonb_build_object('systemId', changed))))
     ORDER BY a.id`,
    [changedIds],
  );
  const turned = rows.filter(
    ({ assessed, now, isOutdated }) => changedDependents(assessed, now).length > 0 !== isOutdated,
  );
  if (turned.length === 0) return;
  await m.query(
    `UPDATE importance_assessment SET outdated_at = CASE WHEN outdated_at IS NULL THEN $2::timestamptz END
     WHERE id = ANY($1::uuid[])`,
    [turned.map(({ id }) => id), at],
  );
}
