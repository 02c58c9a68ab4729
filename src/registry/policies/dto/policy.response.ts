import { ApiProperty } from '@nestjs/swagger';
import { OrganisationRef, PersonRef } from '../../../access/references/refs.response';
import {
  DRILL_TYPES,
  type DrillType,
  EVIDENCE_KINDS,
  type EvidenceKind,
  type Subject,
  SUBJECTS,
} from '../../../core/evidence/evidence';
import { type Strength, STRENGTHS } from '../../../core/evidence/evidence-strength';
import { type Tier } from '../../../core/importance/tier';
import { type PolicyRules, RULE_KINDS, type RuleKind, type Target, TARGETS } from '../../../core/policy/rule';
import { POLICY_STATUSES, type PolicyStatus } from '../policy.entity';

/** `draft`: begin the next version from this one. `edit` also stands for throwing it away. */
export const POLICY_STEPS = ['draft', 'edit', 'publish'] as const;
export type PolicyStep = (typeof POLICY_STEPS)[number];

/** One version of the policy of an organisation. */
export class PolicySummary {
  id: string;
  organisation: OrganisationRef;

  /** Counts the versions of the organisation's policy. */
  version: number;

  @ApiProperty({ enum: POLICY_STATUSES })
  status: PolicyStatus;

  /** The first day from which its duties are owed. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  effectiveOn: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  publishedAt: Date | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  publishedBy: PersonRef | null;

  /** Counts the edits of this version: its ETag. */
  rowVersion: number;
}

export class PolicyPage {
  items: PolicySummary[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

/** How many copies an approved backup requirement has to name. */
export class CopyTerms {
  copies?: number;
  offsite?: number;
  offlineOrImmutable?: number;
  encrypted?: boolean;
}

/** What one tier owes under a rule. */
export class TierTermsResponse {
  /** False when it is advised only. */
  required: boolean;
  gating: boolean;

  /** How often the proof is renewed; null for once and for what always has to hold. */
  @ApiProperty({ type: String, format: 'duration', nullable: true })
  cadence: string | null;

  /** How long a newly owed duty has. */
  @ApiProperty({ format: 'duration' })
  grace: string;

  @ApiProperty({ enum: STRENGTHS, nullable: true })
  minStrength: Strength | null;

  /** The largest target a system may declare. */
  @ApiProperty({ type: String, format: 'duration', nullable: true })
  maximum: string | null;

  @ApiProperty({ type: CopyTerms, nullable: true })
  copies: CopyTerms | null;

  /** Under which conditions on the system this tier owes it, on top of the rule's own. */
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  conditions: readonly object[];
}

export class TiersOfRule {
  HIGH?: TierTermsResponse;
  MODERATE?: TierTermsResponse;
  LOW?: TierTermsResponse;
}

/** Which evidence meets a rule. */
export class MetByResponse {
  @ApiProperty({ enum: EVIDENCE_KINDS, isArray: true })
  kinds: readonly EvidenceKind[];

  @ApiProperty({ enum: SUBJECTS, required: false })
  subject?: Subject;

  @ApiProperty({ enum: DRILL_TYPES, isArray: true, required: false })
  drillTypes?: readonly DrillType[];

  /** A drill of a system that this one cannot do without counts as one of its own. */
  @ApiProperty({ type: Boolean, required: false })
  sharedDrills?: boolean;
}

export class PolicyRuleResponse {
  key: string;

  @ApiProperty({ enum: RULE_KINDS })
  kind: RuleKind;

  /** In the language of the caller. */
  title: string;

  @ApiProperty({ enum: ['SYSTEM', 'BACKUP_REQUIREMENT'] })
  scope: string;

  /** Part of the pack that an office that only tracks recovery switches off. */
  optional: boolean;

  /** The clause of the standard that asks for it, as the administrator typed it. */
  @ApiProperty({ type: String, nullable: true })
  clause: string | null;

  /** The edition of that standard. */
  @ApiProperty({ type: String, nullable: true })
  edition: string | null;

  @ApiProperty({ enum: TARGETS, nullable: true })
  target: Target | null;

  @ApiProperty({ type: MetByResponse, nullable: true })
  metBy: MetByResponse | null;

  @ApiProperty({ enum: ['LAST_DONE', 'FISCAL_YEAR'] })
  anchor: string;

  /** Under which conditions on the system it is owed. */
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  conditions: readonly object[];

  tiers: TiersOfRule;
}

export class PolicyResponse extends PolicySummary {
  /** What the caller may do with it now. */
  @ApiProperty({ enum: POLICY_STEPS, isArray: true })
  offered: PolicyStep[];

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string', format: 'duration' } })
  grace: Record<Tier, string>;

  @ApiProperty({ format: 'duration' })
  reviewAfterChange: string;

  rules: PolicyRuleResponse[];

  /** Where it is laxer than the policy above, in the language of the caller: what a stricter policy there leaves behind. */
  findings: string[];
}

/** One cell that differs between two versions, in words; null where one of them has no value. */
export class PolicyCellChange {
  where: string;

  @ApiProperty({ type: String, nullable: true })
  before: string | null;

  @ApiProperty({ type: String, nullable: true })
  after: string | null;
}

/** What became of one rule. */
export class PolicyRuleChange {
  ruleKey: string;
  ruleTitle: string;

  @ApiProperty({ enum: ['ADDED', 'REMOVED', 'CHANGED'] })
  change: 'ADDED' | 'REMOVED' | 'CHANGED';
  cells: PolicyCellChange[];
}

export class PolicyChangesResponse {
  /** What it is compared with; null for a first policy, of which nothing is listed. */
  @ApiProperty({ type: PolicySummary, nullable: true })
  since: PolicySummary | null;

  /** Graces, and the time after a change. */
  cells: PolicyCellChange[];
  rules: PolicyRuleChange[];
}

/** The rules as data, in the form in which a draft takes them. */
export class PolicyRulesResponse implements PolicyRules {
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string', format: 'duration' } })
  grace: Record<Tier, string>;

  @ApiProperty({ format: 'duration' })
  reviewAfterChange: string;

  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  rules: PolicyRules['rules'];
}

/** A policy in force below that asks less than the one just published. */
export class LaxPolicyResponse {
  policyId: string;
  organisation: OrganisationRef;

  /** How many of its values are below the floor. */
  findings: number;
}

export class PublishedPolicyResponse extends PolicyResponse {
  /** Policies of organisations below that now have to be tightened. */
  belowFloor: LaxPolicyResponse[];
}
