import type { EntityManager } from 'typeorm';
import { mayBeNamedAt } from '../../access/references/named-person';
import { outcomeAgainstRto } from '../../core/evidence/drill-credit';
import type { Evidence } from '../../evidence/records/evidence.entity';
import { newId } from '../../platform/database/id';

interface Dependent {
  sharedFromId: string;
  systemId: string;
  rtoMinutes: number | null;
}

/** Who cannot do without the drilled system, as far as those who held the drill may be named there. */
const DEPENDENTS = `
  SELECT drilled.id AS "sharedFromId", s.id AS "systemId", s.rto_minutes AS "rtoMinutes"
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) drilled(id, system_id, performer_id, recorder_id)
  JOIN system_dependency d ON d.depends_on_id = drilled.system_id AND d.hard
  JOIN system s ON s.id = d.system_id AND s.lifecycle <> 'RETIRED'
  WHERE NOT EXISTS (SELECT FROM app_user u WHERE u.id IN (drilled.performer_id, drilled.recorder_id)
    AND NOT ${mayBeNamedAt('u', 's.organisation_id')})
  ORDER BY s.id, drilled.id`;

/**
 * What drills of shared systems say of the systems that cannot do without them: a record of each, with the same outcome and strength, which is a
 * failure where the drill took longer than that system's own RTO. It is no measurement of that system: it has neither minutes nor a recovery point.
 */
export async function sharedDrills(m: EntityManager, drills: readonly Evidence[]): Promise<Evidence[]> {
  const whole = drills.filter(({ creditedDrillType }) => creditedDrillType);
  if (whole.length === 0) return [];
  const column = (of: (drill: Evidence) => string | null): (string | null)[] => whole.map(of);
  const dependents = await m.query<Dependent[]>(DEPENDENTS, [
    column(({ id }) => id),
    column(({ systemId }) => systemId),
    column(({ performerId }) => performerId),
    column(({ recordedById }) => recordedById),
  ]);
  const byId = new Map(whole.map((drill) => [drill.id, drill]));
  return dependents.flatMap(({ sharedFromId, systemId, rtoMinutes }): Evidence[] => {
    const drill = byId.get(sharedFromId);
    if (!drill || drill.outcome === 'RUNNING') return [];
    const outcome = outcomeAgainstRto(drill.outcome, drill.measuredMinutes, rtoMinutes);
    return [
      {
        ...drill,
        ...{ id: newId(), systemId, sharedFromId, outcome },
        ...{ measuredMinutes: null, recoveryPointAt: null, tool: null, runId: null, note: null, link: null },
      },
    ];
  });
}

/** A system and those that cannot do without it: what a drill of it may be about, for whoever locks them beforehand. */
export async function withDependents(m: EntityManager, systemId: string): Promise<string[]> {
  const rows = await m.query<{ id: string }[]>(
    'SELECT system_id AS id FROM system_dependency WHERE depends_on_id = $1 AND hard',
    [systemId],
  );
  return [systemId, ...rows.map(({ id }) => id)];
}
