import type { EvidenceFacts } from '../../../src/core/evidence/evidence';
import type { Tier } from '../../../src/core/importance/tier';
import type { Duty, SystemFacts } from '../../../src/core/obligation/derive-obligations';
import { judgeDuty } from '../../../src/core/obligation/judge-duty';
import type { Judgement, Ruling } from '../../../src/core/obligation/obligation';
import { DEFAULT_POLICY } from '../../../src/core/policy/default-policy';
import type { PolicyRules, Rule, TierTerms } from '../../../src/core/policy/rule';

export const TOKYO = 'Asia/Tokyo';
/** Clocks go forward on 8 March 2026 (23 hours) and back on 1 November 2026 (25 hours). */
export const NEW_YORK = 'America/New_York';

/** The instant of a Tokyo wall clock: `tokyo('2026-05-01 10:00')`, `tokyo('2026-05-01 23:59:59.999')`; midnight without a time. */
export function tokyo(text: string): Date {
  const [day, time = '00:00'] = text.split(' ');
  return new Date(`${day}T${time}+09:00`);
}

/** The instant one millisecond earlier. */
export const justBefore = (instant: Date): Date => new Date(instant.getTime() - 1);

/** A rule of the default pack by its key. */
export function packRule(key: string): Rule {
  const rule = DEFAULT_POLICY.rules.find((candidate) => candidate.key === key);
  if (!rule) throw new Error(`no rule ${key}`);
  return rule;
}

/** An operating HIGH system registered on 1 April 2026 that no condition holds for. */
export function systemFacts(facts: Partial<SystemFacts> = {}): SystemFacts {
  return {
    id: 'system',
    tier: 'HIGH',
    lifecycle: 'OPERATING',
    operatingSinceOn: '2026-04-01',
    tierSinceOn: '2026-04-01',
    changedOn: null,
    importanceReviewOn: null,
    approvedVersions: [],
    raises: [],
    rpoMinutes: null,
    outsourced: false,
    publicFacing: false,
    hosting: 'ON_PREMISES',
    confidentiality: 1,
    ...facts,
  };
}

/** A duty under a rule of the default pack, owed since 1 April 2026, first due at the end of that month. */
export function dutyOf(
  key: string,
  tier: Tier = 'HIGH',
  facts: Omit<Partial<Duty>, 'terms'> & { terms?: Partial<TierTerms> } = {},
): Duty {
  const rule = facts.rule ?? packRule(key);
  const terms = rule.tiers[tier];
  if (!terms) throw new Error(`${key} asks nothing of ${tier}`);
  return {
    rule,
    tier,
    backupRequirementId: rule.scope === 'BACKUP_REQUIREMENT' ? 'requirement' : null,
    eased: [],
    firstDueOn: '2026-04-30',
    owedSinceOn: '2026-04-01',
    changedOn: null,
    dueByOn: null,
    approvedVersions: [],
    rpoMinutes: null,
    ...facts,
    terms: { ...terms, ...facts.terms },
  };
}

let recorded = 0;

/** A passed record just strong enough for the duty; the facts say what is different about it. Ids grow, as in the ledger. */
export function proofOf(duty: Duty, performedAt: Date, facts: Partial<EvidenceFacts> = {}): EvidenceFacts {
  const { metBy, minStrength, key } = duty.rule;
  const kind = metBy?.kinds[0] ?? 'ATTESTATION';
  recorded += 1;
  return {
    id: `evidence-${String(recorded).padStart(6, '0')}`,
    kind,
    subject: metBy?.subject ?? null,
    ruleKey: kind === 'ATTESTATION' ? key : null,
    backupRequirementId: duty.backupRequirementId,
    outcome: 'PASSED',
    strength: minStrength ?? 'DECLARED',
    performedAt,
    recoveryPointAt: kind === 'BACKUP' ? performedAt : null,
    creditedDrillType: metBy?.drillTypes?.[0] ?? null,
    shared: false,
    copyFacts: duty.rule.kind === 'COPIES' ? { copies: 3, offsite: 1, offlineOrImmutable: 1, encrypted: 3 } : null,
    ...facts,
  };
}

export function rulingOf(duty: Duty, ruling: Partial<Ruling> = {}): Ruling {
  return {
    state: 'WAIVED',
    ruleKey: duty.rule.key,
    backupRequirementId: null,
    grantedAt: tokyo('2026-04-01'),
    expiresOn: '2026-06-30',
    ...ruling,
  };
}

/** Judges under the default policy and the grace of the duty's own tier. */
export function judge(
  duty: Duty,
  evidence: readonly EvidenceFacts[],
  asOf: Date,
  { rulings = [], timeZone = TOKYO, policy = DEFAULT_POLICY }: JudgeOptions = {},
): Judgement {
  return judgeDuty(duty, evidence, rulings, policy, policy.grace[duty.tier], { asOf, timeZone });
}

interface JudgeOptions {
  rulings?: readonly Ruling[];
  timeZone?: string;
  policy?: PolicyRules;
}
