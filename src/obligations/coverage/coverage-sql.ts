import type { Covered } from '../../core/readiness/coverage';

const LIVE = 'e.superseded_by_id IS NULL AND e.usable';
const NONE = `'00000000-0000-0000-0000-000000000000'::uuid`;

/** In operation, with at least one backup requirement, each of which holds. */
const everyRequirement = (holds: string): string => `(s.lifecycle = 'OPERATING'
  AND EXISTS (SELECT FROM backup_requirement b WHERE b.system_id = s.id AND b.withdrawn_on IS NULL)
  AND NOT EXISTS (SELECT FROM backup_requirement b WHERE b.system_id = s.id AND b.withdrawn_on IS NULL AND NOT ${holds}))`;

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

/** How often the policy asks for a restore test of the system; a year where it does not. */
const CADENCE = `coalesce((SELECT max((rule->'tiers'->s.tier->>'cadence')::interval)
  FROM system_readiness judged JOIN policy p ON p.id = judged.policy_id, jsonb_array_elements(p.rules->'rules') rule
  WHERE judged.system_id = s.id AND rule->>'kind' = 'RESTORE_TEST'), interval '12 months')`;

/** A condition on the newest recovery whose time was taken, by a restore test or a drill that recovers something, within the cadence. */
const newestRestore = (holds: string, now: string): string => `(s.lifecycle = 'OPERATING' AND coalesce((
  SELECT ${holds} FROM evidence e
  WHERE e.system_id = s.id AND e.measured_minutes IS NOT NULL AND ${LIVE}
    AND (e.kind = 'RESTORE_TEST' OR (e.kind = 'DRILL' AND e.drill->>'type' IN ('FUNCTIONAL', 'FULL_SCALE')))
    AND e.performed_at <= ${now}::timestamptz AND e.performed_at > ${now}::timestamptz - ${CADENCE}
  ORDER BY e.performed_at DESC, e.id DESC LIMIT 1), false))`;
const IN_TIME = `(e.outcome = 'PASSED' AND s.rto_minutes IS NOT NULL AND e.measured_minutes <= s.rto_minutes)`;

/** SQL of a condition on systems `s`: those in operation of one of the lists. @param now binds the present instant, where the condition looks at it. */
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
      return newestRestore('true', now());
    case 'RESTORED_IN_TIME':
      return newestRestore(IN_TIME, now());
    case 'RESTORED_LATE':
      return newestRestore(`NOT ${IN_TIME}`, now());
  }
}
