import { ApiProperty } from '@nestjs/swagger';
import { OrganisationRef } from '../../../access/references/refs.response';
import { EVIDENCE_KINDS, type EvidenceKind, KEPT_OUTCOMES, type KeptOutcome } from '../../../core/evidence/evidence';
import { type Tier, TIERS } from '../../../core/importance/tier';
import { type ObligationState, STATES } from '../../../core/obligation/obligation';
import type { Verdict } from '../../../core/readiness/system-verdict';
import { PERIOD_KINDS, type PeriodKind } from '../../../core/report/reporting-period';

/** The same words in both languages, as they were when the report was made. */
export class FrozenWords {
  ja: string;
  en: string;
}

/** A system as it was called. */
export class ReportedSystem {
  id: string;
  code: string;
  name: string;

  @ApiProperty({ type: String, nullable: true })
  nameEn: string | null;

  @ApiProperty({ enum: TIERS })
  tier: Tier;

  organisation: OrganisationRef;
}

/** Systems by verdict. */
export class ReportedVerdicts implements Record<Verdict, number> {
  READY: number;
  READY_WITH_WAIVERS: number;
  AT_RISK: number;
  NOT_READY: number;
  UNKNOWN: number;
}

/** The systems in operation of one tier. */
export class ReportedTier {
  @ApiProperty({ enum: TIERS })
  tier: Tier;

  total: number;
  byVerdict: ReportedVerdicts;
  /** Obligations of them. */
  applicable: number;
  met: number;
  dueSoon: number;
  overdue: number;
  failed: number;
  unknown: number;
  waived: number;

  /** Met or due soon, of applicable, in whole percent, rounded down; null when nothing is applicable. */
  @ApiProperty({ type: 'integer', nullable: true })
  percentMet: number | null;
}

/** How the systems stood at the end of a day. */
export class ReportedStanding {
  /** Null for the instant at which the report was made, while its period ran. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  on: string | null;

  /** Whether that day was missed and derived afterwards. */
  madeUp: boolean;

  tiers: ReportedTier[];
  planned: number;
  retired: number;
}

/** A duty, by its rule and system; of an improvement item of an organisation only the title. */
export class ReportedDuty {
  obligationId: string;

  @ApiProperty({ type: ReportedSystem, nullable: true })
  system: ReportedSystem | null;

  organisation: OrganisationRef;
  ruleKey: string;
  title: FrozenWords;
}

/** A duty that went from one state to another in the period, whatever lay between. */
export class ReportedTurn extends ReportedDuty {
  @ApiProperty({ enum: STATES, nullable: true })
  fromState: ObligationState | null;

  @ApiProperty({ enum: STATES, nullable: true })
  toState: ObligationState | null;

  @ApiProperty({ type: String, format: 'date-time' })
  at: string;
}

/** What turned in the period. The counts are exact, the list is cut. */
export class ReportedTurns {
  /** Became overdue or failed. */
  worsened: number;
  /** Were overdue or failed, and are no longer. */
  cleared: number;
  items: ReportedTurn[];
}

/** A duty that was overdue or failed. */
export class ReportedOpenDuty extends ReportedDuty {
  @ApiProperty({ enum: STATES })
  state: ObligationState;

  @ApiProperty({ type: String, format: 'date-time' })
  since: string;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  dueOn: string | null;

  @ApiProperty({ type: Boolean, nullable: true })
  gating: boolean | null;

  /** Null when nobody owns it. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  ownerId: string | null;

  /** Null when it had turned again before the report was made. */
  @ApiProperty({ type: FrozenWords, nullable: true })
  reason: FrozenWords | null;
}

export class ReportedOpenDuties {
  total: number;
  overdue: number;
  failed: number;
  items: ReportedOpenDuty[];
}

export const WAIVER_STANDINGS = ['IN_FORCE', 'EXPIRED', 'REVOKED'] as const;
export type WaiverStanding = (typeof WAIVER_STANDINGS)[number];

/** A waiver that was in force in the period or a part of it. */
export class ReportedWaiver {
  id: string;
  system: ReportedSystem;
  ruleKey: string;
  title: FrozenWords;

  @ApiProperty({ enum: WAIVER_STANDINGS })
  standing: WaiverStanding;

  /** Whether it was granted in the period. */
  granted: boolean;

  @ApiProperty({ type: String, format: 'date' })
  expiresOn: string;

  renewals: number;
  reason: string;
  compensatingMeasure: string;
  requestedById: string;
  decidedById: string;
}

export class ReportedWaivers {
  total: number;
  inForce: number;
  granted: number;
  expired: number;
  items: ReportedWaiver[];
}

/** A drill or restore test that was done in the period, with what was measured against the target. */
export class ReportedProof {
  evidenceId: string;
  system: ReportedSystem;

  @ApiProperty({ enum: EVIDENCE_KINDS })
  kind: EvidenceKind;

  /** The drill it counts as. */
  @ApiProperty({ type: String, nullable: true })
  drillType: string | null;

  @ApiProperty({ enum: KEPT_OUTCOMES })
  outcome: KeptOutcome;

  @ApiProperty({ type: String, format: 'date-time' })
  performedAt: string;

  @ApiProperty({ type: 'integer', nullable: true })
  measuredMinutes: number | null;

  /** The recovery time objective of the system when the report was made. */
  @ApiProperty({ type: 'integer', nullable: true })
  rtoMinutes: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  lostMinutes: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  rpoMinutes: number | null;
}

export class ReportedProofs {
  total: number;
  drills: number;
  restoreTests: number;
  failed: number;
  /** Took longer than the recovery time objective. */
  tooLong: number;
  items: ReportedProof[];
}

/** The improvement items of one organisation. */
export class ReportedImprovement {
  organisation: OrganisationRef;
  /** Opened in the period. */
  opened: number;
  /** Closed or cancelled in the period. */
  ended: number;
  /** Open at its end. */
  open: number;
  overdue: number;

  /** The mean of what was last reported of the open ones. */
  @ApiProperty({ type: 'integer', nullable: true })
  percent: number | null;
}

/** A decision that something does not apply. */
export class ReportedException extends ReportedDuty {
  reason: FrozenWords;
}

/** What is outside of the rules, as it was when the report was made. */
export class ReportedExceptions {
  notApplicableTotal: number;
  notApplicable: ReportedException[];
  provisionalTotal: number;
  /** Systems whose tier rests on no approved assessment, or on one with open answers. */
  provisionalTiers: ReportedSystem[];
  unreachableTotal: number;
  /** Systems in operation whose owner and deputy nobody can reach. */
  unreachable: ReportedSystem[];
}

/** What a report says, frozen. People stand in it by their ids, so that they can be erased. */
export class ReportContent {
  @ApiProperty({ type: 'integer' })
  schema: 1;

  organisation: OrganisationRef;

  @ApiProperty({ enum: PERIOD_KINDS })
  periodKind: PeriodKind;

  @ApiProperty({ type: String, format: 'date' })
  startsOn: string;

  @ApiProperty({ type: String, format: 'date' })
  endsOn: string;

  version: number;

  @ApiProperty({ type: String, format: 'date-time' })
  asOf: string;

  /** Whether the period still ran. */
  running: boolean;

  @ApiProperty({ type: String, format: 'date-time' })
  generatedAt: string;

  timeZone: string;

  /** So many entries of a list are kept at most. */
  mostListed: number;

  /** Null when no day of the period is frozen. */
  @ApiProperty({ type: ReportedStanding, nullable: true })
  standing: ReportedStanding | null;

  /** At the end of the period before. */
  @ApiProperty({ type: ReportedStanding, nullable: true })
  before: ReportedStanding | null;

  turns: ReportedTurns;
  duties: ReportedOpenDuties;
  waivers: ReportedWaivers;
  proofs: ReportedProofs;
  improvements: ReportedImprovement[];
  exceptions: ReportedExceptions;
}
