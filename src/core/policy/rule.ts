import { DrillType, EvidenceKind, Subject } from '../evidence/evidence';
import { Strength } from '../evidence/evidence-strength';
import { Tier } from '../importance/tier';

/** How a rule is judged. TARGET limits what a system may declare and owes nothing by itself; every other kind becomes obligations. */
export const RULE_KINDS = [
  'TARGET',
  'APPROVAL',
  'REVIEW',
  'RECOVERY_POINT',
  'COPIES',
  'VERIFICATION',
  'RESTORE_TEST',
  'DRILL',
  'ATTESTATION',
] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

export const TARGETS = ['RTO', 'RPO', 'MTD'] as const;
export type Target = (typeof TARGETS)[number];

export type CopyAspect = 'copies' | 'offsite' | 'offlineOrImmutable' | 'encrypted';

/** A test on one field of a system; a rule applies when all of its conditions hold. */
export type Condition =
  | { field: 'outsourced' | 'publicFacing'; equals: boolean }
  | { field: 'hosting'; in: readonly string[] }
  | { field: 'confidentiality'; atLeast: number };

/** What one tier owes under a rule. Periods are ISO 8601 calendar periods, maxima whole minutes. */
export interface TierTerms {
  /** A gating obligation decides readiness; the others only put it at risk. */
  gating: boolean;
  /** How often the proof is renewed; absent for "once" and for continuous rules. */
  cadence?: string;
  /** TARGET: the largest value a system may declare, in minutes. */
  maxMinutes?: number;
  /** COPIES: how many of each aspect an approved requirement has to name. `encrypted: true` means every copy. */
  copies?: { copies?: number; offsite?: number; offlineOrImmutable?: number; encrypted?: boolean };
  /** Applies to this tier only under these conditions, on top of the rule's own. */
  conditions?: readonly Condition[];
  /** Recommended, not owed: shown in the policy, makes no obligation. */
  advisedOnly?: boolean;
}

/** Which evidence meets a rule. */
export interface ProofWanted {
  kinds: readonly EvidenceKind[];
  subject?: Subject;
  drillTypes?: readonly DrillType[];
  /** A drill of a system that this one cannot do without counts as one of its own. */
  sharedDrills?: boolean;
}

/** One requirement of a policy, as data: adding an attested measure is adding a rule. */
export interface Rule {
  key: string;
  kind: RuleKind;
  /** Both languages are held here so that a rule needs no code; built-in and typed-in rules look alike. */
  title: { ja: string; en: string };
  /** BACKUP_REQUIREMENT: owed once for each backup requirement of the system. */
  scope: 'SYSTEM' | 'BACKUP_REQUIREMENT';
  target?: Target;
  metBy?: ProofWanted;
  minStrength?: Strength;
  /** LAST_DONE: counted from the day performed. FISCAL_YEAR: due by the end of each fiscal year (31 March). */
  anchor?: 'LAST_DONE' | 'FISCAL_YEAR';
  conditions?: readonly Condition[];
  /** Part of the pack that an office that only tracks recovery switches off. */
  optional?: boolean;
  /** The clause of the standard that asks for it, as the administrator typed it; the product ships none. */
  clause?: string;
  /** The edition of that standard, as typed. */
  edition?: string;
  tiers: Partial<Record<Tier, TierTerms>>;
}

/** The rules of one policy version with the grace that a newly owed duty gets per tier (`P30D`). */
export interface PolicyRules {
  grace: Record<Tier, string>;
  /** How long after a change of the system an approved review stands. */
  reviewAfterChange: string;
  rules: readonly Rule[];
}
