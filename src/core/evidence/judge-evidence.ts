import { Rule } from '../policy/rule';
import { EvidenceFacts } from './evidence';
import { isStrongEnough } from './evidence-strength';

/** Why a record does not count for a rule; it is kept all the same. */
export type Refusal =
  'OTHER_MATTER' | 'OTHER_BACKUP_REQUIREMENT' | 'TOO_WEAK' | 'DRILL_INCOMPLETE' | 'SHARED_DRILL' | 'IN_FUTURE';

/**
 * Whether `evidence` counts for `rule`, as a pass or as a failure, and if not why (domain.md section 4). A failure needs no
 * strength: a backup that could not even be listed has failed. Nothing dated after `asOf` counts, and nothing is proof of a
 * backup requirement that nobody has declared.
 */
export function judgeEvidence(
  rule: Rule,
  backupRequirementId: string | null,
  evidence: EvidenceFacts,
  asOf: Date,
): Refusal | null {
  const { metBy } = rule;
  if (!metBy || !metBy.kinds.includes(evidence.kind)) return 'OTHER_MATTER';
  if (metBy.subject && evidence.subject !== metBy.subject) return 'OTHER_MATTER';
  if (evidence.kind === 'ATTESTATION' && evidence.ruleKey !== rule.key) return 'OTHER_MATTER';
  if (
    rule.scope === 'BACKUP_REQUIREMENT' &&
    (backupRequirementId === null || evidence.backupRequirementId !== backupRequirementId)
  )
    return 'OTHER_BACKUP_REQUIREMENT';
  if (evidence.performedAt > asOf || (evidence.recoveryPointAt ?? asOf) > asOf) return 'IN_FUTURE';
  if (metBy.drillTypes) {
    if (!evidence.creditedDrillType) return 'DRILL_INCOMPLETE';
    if (evidence.shared && !metBy.sharedDrills) return 'SHARED_DRILL';
    if (!metBy.drillTypes.includes(evidence.creditedDrillType)) return 'OTHER_MATTER';
  }
  if (evidence.outcome === 'PASSED' && rule.minStrength && !isStrongEnough(evidence.strength, rule.minStrength))
    return 'TOO_WEAK';
  return null;
}
