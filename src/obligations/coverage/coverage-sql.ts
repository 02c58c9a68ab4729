import type { Covered } from '../../core/readiness/coverage';

const LIVE = 'e.superseded_by_id IS NULL AND e.usable';

/** Systems with at least one backup requirement, each of which is met by a row of a table. */
const everyRequirement = (met: string): string =>
  `(SELECT b.system_id FROM backup_requirement b LEFT JOIN ${met} met ON met.requirement_id = b.id
    WHERE b.withdrawn_on IS NULL GROUP BY b.system_id HAVING bool_and(met.requirement_id IS NOT NULL))`;

/** The newest recovery point of every requirement is as fresh as it asks. */
const BACKED_UP = everyRequirement(
  `(SELECT o.backup_requirement_id AS requirement_id FROM obligation o WHERE o.kind = 'RECOVERY_POINT' AND o.state = 'MET')`,
);

/** The newest approval of every requirement names a copy that is offline or immutable. */
const OFFLINE_COPY = everyRequirement(
  `(SELECT requirement_id FROM (
      SELECT DISTINCT ON (e.system_id, e.backup_requirement_id) e.backup_requirement_id AS requirement_id, e.copy_facts FROM evidence e
      WHERE e.kind = 'APPROVAL' AND e.outcome = 'PASSED' AND e.backup_requirement_id IS NOT NULL AND ${LIVE}
      ORDER BY e.system_id, e.backup_requirement_id, e.performed_at DESC, e.id DESC) approved
    WHERE (copy_facts->>'offlineOrImmutable')::integer > 0)`,
);

/** How often a restore is to be tested at least, by policy and tier. */
const CADENCES = `(SELECT p.id AS policy_id, tier.key AS tier, min((tier.value->>'cadence')::interval) AS cadence
  FROM policy p, jsonb_array_elements(p.rules->'rules') rule, jsonb_each(rule->'tiers') tier
  WHERE p.status = 'PUBLISHED' AND rule->>'kind' = 'RESTORE_TEST' GROUP BY p.id, tier.key)`;

/**
 * Systems recovered within the cadence of their policy, a year where it has none, by a restore test or a drill that recovers something, whose time was taken;
 * and whether the newest of these was within the RTO.
 */
const restored = (now: string): string =>
  `(SELECT newest.system_id, newest.outcome = 'PASSED' AND m.rto_minutes IS NOT NULL AND newest.measured_minutes <= m.rto_minutes AS in_time
    FROM (SELECT DISTINCT ON (e.system_id) e.system_id, e.outcome, e.measured_minutes, e.performed_at FROM evidence e
      WHERE e.measured_minutes IS NOT NULL AND (e.kind = 'RESTORE_TEST' OR e.kind = 'DRILL' AND e.drill->>'type' IN ('FUNCTIONAL', 'FULL_SCALE'))
        AND ${LIVE} AND e.performed_at <= ${now}::timestamptz
      ORDER BY e.system_id, e.performed_at DESC, e.id DESC) newest
    JOIN system m ON m.id = newest.system_id JOIN system_readiness q ON q.system_id = m.id
    LEFT JOIN ${CADENCES} asked ON asked.policy_id = q.policy_id AND asked.tier = m.tier
    WHERE newest.performed_at > ${now}::timestamptz - coalesce(asked.cadence, interval '12 months'))`;

/** SQL that joins to systems `s` what `COVERAGE_COLUMNS` counts of them. @param now placeholder of the present instant. */
export const coverageJoins = (now: string): string =>
  `LEFT JOIN ${BACKED_UP} backed_up ON backed_up.system_id = s.id LEFT JOIN ${OFFLINE_COPY} offline_copy ON offline_copy.system_id = s.id
   LEFT JOIN ${restored(now)} restored ON restored.system_id = s.id`;

/** Conditions on what `coverageJoins` joins. */
export const COVERAGE_COLUMNS = {
  BACKED_UP: 'backed_up.system_id IS NOT NULL',
  OFFLINE_COPY: 'offline_copy.system_id IS NOT NULL',
  RESTORED: 'restored.system_id IS NOT NULL',
  RESTORED_IN_TIME: 'restored.in_time',
} as const satisfies Partial<Record<Covered, string>>;

/** SQL of a condition on systems `s`: those in operation of one of the lists. @param now binds the present instant, where the condition looks at it. */
export function coverageCondition(covered: Covered, now: () => string): string {
  const among = (set: string, more = 'true'): string =>
    `EXISTS (SELECT FROM ${set} counted WHERE counted.system_id = s.id AND ${more})`;
  const conditions: Record<Covered, () => string> = {
    BACKED_UP: () => among(BACKED_UP),
    NOT_BACKED_UP: () => `NOT ${among(BACKED_UP)}`,
    OFFLINE_COPY: () => among(OFFLINE_COPY),
    NO_OFFLINE_COPY: () => `NOT ${among(OFFLINE_COPY)}`,
    RESTORED: () => among(restored(now())),
    RESTORED_IN_TIME: () => among(restored(now()), 'counted.in_time'),
    RESTORED_LATE: () => among(restored(now()), 'NOT counted.in_time'),
  };
  return `(s.lifecycle = 'OPERATING' AND ${conditions[covered]()})`;
}
