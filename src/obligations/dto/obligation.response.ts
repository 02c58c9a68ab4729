import { ApiProperty } from '@nestjs/swagger';
import { type Permission, PERMISSIONS } from '../../access/permissions';
import { OrganisationRef, PersonRef } from '../../access/references/refs.response';
import {
  DRILL_TYPES,
  type DrillType,
  EVIDENCE_KINDS,
  type EvidenceKind,
  type Subject,
  SUBJECTS,
} from '../../core/evidence/evidence';
import { type Tier, TIERS } from '../../core/importance/tier';
import { OBLIGATION_KINDS, type ObligationKind, type ObligationState, STATES } from '../../core/obligation/obligation';
import { ACTION_KINDS, type ActionKind } from '../../core/readiness/next-action';
import { ReasonResponse } from './reason.response';

/** What clears an obligation; the page that does it is found by `kind`. */
export class ActionResponse {
  @ApiProperty({ enum: ACTION_KINDS })
  kind: ActionKind;

  @ApiProperty({ enum: EVIDENCE_KINDS, nullable: true })
  evidenceKind: EvidenceKind | null;

  @ApiProperty({ enum: SUBJECTS, nullable: true })
  subject: Subject | null;

  @ApiProperty({ enum: DRILL_TYPES, nullable: true })
  drillType: DrillType | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  backupRequirementId: string | null;
}

/** The system an obligation is owed by. */
export class ObligedSystem {
  id: string;
  code: string;
  name: string;

  @ApiProperty({ type: String, nullable: true })
  nameEn: string | null;

  @ApiProperty({ enum: TIERS })
  tier: Tier;

  organisation: OrganisationRef;
}

/** The backup requirement an obligation is owed for. */
export class ObligedRequirement {
  id: string;
  dataset: string;
}

/** The improvement item that an obligation is. */
export class ObligedItem {
  id: string;
  title: string;
}

/** Reminders that are held back for a time. */
export class ObligationSnooze {
  id: string;

  @ApiProperty({ type: String, format: 'date' })
  untilOn: string;

  reason: string;

  /** How many there have been about the same due day or failure, with this one. */
  number: number;

  by: PersonRef;
}

/** One duty of one system, or of an organisation for itself, with its state and the reason for it. */
export class ObligationResponse {
  id: string;

  /** Null for an improvement item of an organisation that is about no system. */
  @ApiProperty({ type: ObligedSystem, nullable: true })
  system: ObligedSystem | null;

  organisation: OrganisationRef;

  @ApiProperty({ type: ObligedItem, nullable: true })
  improvementItem: ObligedItem | null;

  @ApiProperty({ type: ObligedRequirement, nullable: true })
  backupRequirement: ObligedRequirement | null;

  ruleKey: string;
  ruleTitle: string;

  /** The clause of the standard that asks for it, as the administrator typed it at the rule. */
  @ApiProperty({ type: String, nullable: true })
  clause: string | null;

  /** The edition of that standard, as typed. */
  @ApiProperty({ type: String, nullable: true })
  edition: string | null;

  /** Whether it may be waived at all: backups of a system of tier HIGH may not, nor may improvement items. */
  waivable: boolean;

  @ApiProperty({ enum: OBLIGATION_KINDS })
  kind: ObligationKind;

  @ApiProperty({ enum: STATES })
  state: ObligationState;

  /** A gating obligation decides readiness; the others only put it at risk. */
  gating: boolean;

  /** The last day on which it still counts as met; null when only a fact can change it. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  dueOn: string | null;

  /** The instant from which it is overdue. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  dueAt: Date | null;

  /** Since when the present state has held. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  since: Date | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  owner: PersonRef | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  evidenceId: string | null;

  reason: ReasonResponse;
  action: ActionResponse;

  /** Set while its reminders to owner and deputy are held back; escalations still come. */
  @ApiProperty({ type: ObligationSnooze, nullable: true })
  snooze: ObligationSnooze | null;

  /** Whether the caller is reminded of it, and may hold that back or cancel what holds it back. */
  remindsMe: boolean;

  /** The last day through which the caller may hold its reminders back; null when they may not. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  snoozableUntil: string | null;

  /** What the caller may do with its system. */
  @ApiProperty({ enum: Object.keys(PERMISSIONS), isArray: true })
  allowed: Permission[];
}

export class ObligationPage {
  items: ObligationResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

/** One change of state. */
export class TransitionResponse {
  id: string;

  @ApiProperty({ type: String, format: 'date-time' })
  at: Date;

  @ApiProperty({ enum: STATES, nullable: true })
  fromState: ObligationState | null;

  @ApiProperty({ enum: STATES, nullable: true })
  toState: ObligationState | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  evidenceId: string | null;
}

export class TransitionPage {
  items: TransitionResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
