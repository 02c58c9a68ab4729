import { OwnCadences, tightenedTerms } from '../backup/tightened-terms';
import { CivilDate, earlierOf, laterOf } from '../time/civil-date';
import { termsFor } from '../policy/condition';
import { Eased, endOfGrace } from '../policy/grace';
import { OwedSince, owedSinceKey } from '../policy/owed-since';
import { PolicyRules, Rule, TierTerms } from '../policy/rule';
import { Tier } from '../importance/tier';
import { EasedSystem, EasedTerms, easedTerms } from './eased-terms';

/** What is known of a system when its duties are derived. */
export interface SystemFacts extends EasedSystem {
  id: string;
  lifecycle: 'PLANNED' | 'OPERATING' | 'RETIRED';
  /** The first day it was registered as operating. */
  operatingSinceOn: CivilDate;
  /** The day its present tier was set. */
  tierSinceOn: CivilDate;
  /** The last day on which something changed that reviews rest on (tier, owner, target); null when nothing has. */
  changedOn: CivilDate | null;
  rpoMinutes: number | null;
  /** By when its importance is to be looked at again after a lowering; null when the cadence alone decides. */
  importanceReviewOn: CivilDate | null;
  /** Of all its procedures, in any order. */
  approvedVersions: readonly ApprovedVersion[];
}

/** A version of a recovery procedure that is or was in force. */
export interface ApprovedVersion {
  procedureId: string;
  version: number;
  approvedAt: Date;
  /** Its contacts are others than those of the version before it; false of a first version. */
  contactsChanged: boolean;
}

export interface BackupRequirementFacts extends OwnCadences {
  id: string;
  declaredOn: CivilDate;
  changedOn: CivilDate | null;
  rpoMinutes: number | null;
}

/** One rule owed by one system, or by one of its backup requirements, before any evidence is looked at. */
export interface Duty {
  rule: Rule;
  tier: Tier;
  terms: TierTerms;
  /** What it asked before, where it has come to ask more. */
  eased: readonly EasedTerms[];
  /** Null for rules on the system, and for a requirement rule while no requirement has been declared. */
  backupRequirementId: string | null;
  /** The last day on which the first proof may be given. */
  firstDueOn: CivilDate;
  /** The day from which the duty has been owed. */
  owedSinceOn: CivilDate;
  /** A change after which an earlier review no longer stands beyond `reviewAfterChange`. */
  changedOn: CivilDate | null;
  /** A day on which a proof given before ends to count, whatever the cadence. */
  dueByOn: CivilDate | null;
  /** Of drills and of the confirmation of contacts: what they may be older than; else none. */
  approvedVersions: readonly ApprovedVersion[];
  /** RECOVERY_POINT: the objective in minutes, the requirement's own before the system's before the policy's. */
  rpoMinutes: number | null;
}

/**
 * The duties of an operating system under a policy (domain.md sections 1 and 4); `owedSince` says since when each of its rules holds, `eased` what it asked before.
 * A planned or retired system owes nothing. A rule on backup requirements is owed once for each; while there is none it is
 * owed by the system itself, so that an undeclared backup shows as a gap and not as silence.
 */
export function deriveDuties(
  system: SystemFacts,
  requirements: readonly BackupRequirementFacts[],
  policy: PolicyRules,
  owedSince: OwedSince,
  eased: Eased = {},
): Duty[] {
  if (system.lifecycle !== 'OPERATING') return [];
  return policy.rules.flatMap((rule) => {
    const owed = rule.kind === 'TARGET' ? null : termsFor(rule, system.tier, system);
    if (!owed) return [];
    const ruleSinceOn = owedSince[owedSinceKey(rule.key, system.tier)];
    const duty = (requirement: BackupRequirementFacts | null): Duty => {
      const owedFor = requirement ? [requirement] : requirements;
      const terms = tightenedTerms(rule, owed, owedFor);
      const owedSinceOn = laterOf(
        system.operatingSinceOn,
        system.tierSinceOn,
        ...(ruleSinceOn ? [ruleSinceOn] : []),
        ...(requirement ? [requirement.declaredOn] : []),
      );
      const former = easedTerms(rule, terms, system, owedFor, policy, eased);
      return {
        rule,
        tier: system.tier,
        terms,
        eased: former,
        backupRequirementId: requirement?.id ?? null,
        owedSinceOn,
        firstDueOn: firstDue(owedSinceOn, policy.grace[system.tier], terms, former),
        changedOn: latest(system.changedOn, requirement?.changedOn ?? null),
        dueByOn: rule.metBy?.subject === 'IMPORTANCE' ? system.importanceReviewOn : null,
        approvedVersions: rule.kind === 'DRILL' || rule.metBy?.subject === 'CONTACTS' ? system.approvedVersions : [],
        rpoMinutes: requirement?.rpoMinutes ?? system.rpoMinutes ?? rpoMaximum(policy, system.tier),
      };
    };
    if (rule.scope === 'SYSTEM' || requirements.length === 0) return [duty(null)];
    return requirements.map(duty);
  });
}

/** First due = the day the duty began + grace, or by its former terms, as long as these still count (domain.md section 4). */
function firstDue(since: CivilDate, grace: string, terms: TierTerms, eased: readonly EasedTerms[]): CivilDate {
  const byFormer = eased.map(({ former, untilOn }) =>
    former ? earlierOf(untilOn, endOfGrace(since, former.grace, former.terms)) : untilOn,
  );
  return laterOf(endOfGrace(since, grace, terms), ...byFormer);
}

function latest(a: CivilDate | null, b: CivilDate | null): CivilDate | null {
  return a && b ? laterOf(a, b) : (a ?? b);
}

function rpoMaximum(policy: PolicyRules, tier: Tier): number | null {
  return policy.rules.find((rule) => rule.target === 'RPO')?.tiers[tier]?.maxMinutes ?? null;
}
