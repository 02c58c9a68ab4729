import type { Covered } from '../../core/readiness/coverage';

const LIVE = 'e.superseded_by_id IS NULL AND e.usable';
const NONE = `'00000000-0000-0000-0000-000000000000'::uuid`;

/** In operation, with at least one backup requirement, each of which holds. */
const everyRequirement = (holds: string): string => `(s.lifecycle = 'OPERATING' AND coalesce(
  (SELECT bool_and(${holds}) FROM backup_requirement b WHERE b.system_id = s.id AND b.withdrawn_on IS NULL), false))`;

/** Its newest recovery point is as fresh as it asks. */
const BACKED_UP = everyRequirement(
  `EXISTS (SELECT FROM obligation o WHERE o.system_id = s.id AND o.backup_requirement_id = b.id AND o.kind = 'RECOVERY_POINT' AND o.state = 'MET')`,
);

/** Its newest approval names a copy that is offline or immutable. */
const OFFLINE_COPY = everyRequirement(
  `coalesce((SELECT (e.copy_facts->>'offlineOrImmutable')::integer > 0 FROM evidence e
     WHERE e.system_id = s.id AND e.kind = 'APPROVAL' AND coalesce(e.backup_requirement_id, ${NONE}) = b.id AND e.outcome = 'PASSED' AND ${LIVE}
     ORDER BY e.performed_at DESC, e.id DESC LIMIT 1), false)`,
);

/** How often a restore is to be tested, by policy and tier, read out of the policies once a statement. */
const CADENCES = `(SELECT jsonb_object_agg(p.id || ':' || tier.key, tier.value->>'cadence')
  FROM policy p, jsonb_array_elements(p.rules->'rules') rule, jsonb_each(rule->'tiers') tier
  WHERE p.status = 'PUBLISHED' AND rule->>'kind' = 'RESTORE_TEST')`;

/** How often the policy asks for it of the system; a year where it does not. */
const CADENCE = `coalesce((${CADENCES}->>(r.policy_id || ':' || s.tier))::interval, interval '12 months')`;

/**
 * Whether the newest recovery whose time was taken, by a restore test or a drill that recovers something, was within the RTO; null when there was none
 * within the cadence. Sorted after they are found: a `LIMIT` would have the planner walk back through every backup since.
 */
const restoredInTime = (now: string): string => `(
  SELECT (array_agg(e.outcome = 'PASSED' AND s.rto_minutes IS NOT NULL AND e.measured_minutes <= s.rto_minutes
    ORDER BY e.performed_at DESC, e.id DESC))[1]
  FROM evidence e WHERE s.lifecycle = 'OPERATING' AND e.system_id = s.id AND e.kind IN ('RESTORE_TEST', 'DRILL') AND e.measured_minutes IS NOT NULL
    AND ${LIVE} AND (e.kind = 'RESTORE_TEST' OR e.drill->>'type' IN ('FUNCTIONAL', 'FULL_SCALE'))
    AND e.performed_at <= ${now}::timestamptz AND e.performed_at > ${now}::timestamptz - ${CADENCE})`;

/** SQL of what is counted of systems `s` with readiness `r`, all of them in one pass. @param now placeholder of the present instant. */
export const coverageColumns = (now: string): string =>
  `${BACKED_UP} AS backed_up, ${OFFLINE_COPY} AS offline_copy, ${restoredInTime(now)} AS restored_in_time`;

/** SQL of a condition on systems `s` with readiness `r`: those in operation of one of the lists. @param now binds the present instant, where the condition looks at it. */
export function coverageCondition(covered: Covered, now: () => string): string {
  switch (covered) {
    case 'BACKED_UP':
      return BACKED_UP;
    case 'NOT_BACKED_UP':
      return `(s.lifecycle = 'OPERATING' AND NOT ${BACKED_UP})`;
    case 'OFFLINE_COPY':
      return OFFLINE_COPY;
    case 'NO_OFFLINE_COPY':
      return `(s.lifecycle = 'OPERATING' AND NOT ${OFFLINE_COPY})`;
    case 'RESTORED':
      return `${restoredInTime(now())} IS NOT NULL`;
    case 'RESTORED_IN_TIME':
      return `${restoredInTime(now())} IS TRUE`;
    case 'RESTORED_LATE':
      return `${restoredInTime(now())} IS FALSE`;
  }
}
