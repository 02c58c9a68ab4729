import { Tier } from '../importance/tier';
import { Rule } from '../policy/rule';
import { Duty } from './derive-obligations';
import { Judgement, Moment, Ruling, endOfDay } from './obligation';

const WITHOUT_END = Number.MAX_SAFE_INTEGER;

/** Backups of a HIGH system cannot be waived (domain.md section 4): nothing that is owed for a backup requirement. */
export function isWaivable(rule: Rule, tier: Tier): boolean {
  return !(tier === 'HIGH' && rule.scope === 'BACKUP_REQUIREMENT');
}

/**
 * The state a ruling in force gives the duty, whatever the evidence says; null when none is. It holds through its last civil day.
 * An exclusion goes before a waiver, and of two alike the one that holds longer. A waiver of what cannot be waived says nothing,
 * also when it was granted before the system was raised to HIGH.
 */
export function judgeRuling(duty: Duty, rulings: readonly Ruling[], moment: Moment): Judgement | null {
  const { asOf, timeZone, knownUntil = asOf } = moment;
  const inForce = rulings
    .filter(
      (ruling) =>
        ruling.ruleKey === duty.rule.key &&
        (ruling.backupRequirementId === null || ruling.backupRequirementId === duty.backupRequirementId) &&
        (ruling.state === 'NOT_APPLICABLE' || isWaivable(duty.rule, duty.tier)) &&
        ruling.grantedAt <= knownUntil,
    )
    .map((ruling) => ({ ruling, endsAt: ruling.expiresOn ? endOfDay(ruling.expiresOn, timeZone) : null }))
    .filter(({ endsAt }) => endsAt === null || asOf < endsAt)
    .sort(
      (a, b) =>
        Number(b.ruling.state === 'NOT_APPLICABLE') - Number(a.ruling.state === 'NOT_APPLICABLE') ||
        (b.endsAt?.getTime() ?? WITHOUT_END) - (a.endsAt?.getTime() ?? WITHOUT_END) ||
        a.ruling.grantedAt.getTime() - b.ruling.grantedAt.getTime(),
    );
  const [first] = inForce;
  if (!first) return null;
  const { ruling, endsAt } = first;
  return {
    state: ruling.state,
    reason: { code: ruling.state, params: { expiresOn: ruling.expiresOn } },
    dueOn: ruling.expiresOn,
    dueAt: endsAt,
    since: ruling.grantedAt,
    evidenceId: null,
    attentionAt: endsAt,
  };
}
