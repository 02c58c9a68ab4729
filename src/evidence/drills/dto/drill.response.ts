import { ApiProperty } from '@nestjs/swagger';
import { OrganisationRef, PersonRef } from '../../../access/references/refs.response';
import { READINESS_POINTS, type ReadinessPoint } from '../../../core/drill/drill-readiness';
import { DRILL_TYPES, type DrillType } from '../../../core/evidence/evidence';
import { type Tier, TIERS } from '../../../core/importance/tier';
import { ReasonResponse } from '../../../obligations/dto/reason.response';
import { PROCEDURE_STATUSES, type ProcedureStatus } from '../../../registry/procedures/procedure-version.entity';
import { RUN_STATUSES, type RunStatus } from '../runs/drill-run.entity';
import {
  DRILL_KINDS,
  DRILL_STATUSES,
  type DrillKind,
  type DrillStatus,
  type Recurrence,
  RECURRENCES,
  TIME_BASES,
  type TimeBasis,
} from '../drill.entity';

export const DRILL_ACTS = ['change', 'cancel', 'acknowledge', 'open'] as const;
export type DrillAct = (typeof DRILL_ACTS)[number];

/** The system that is drilled. */
export class DrilledSystem {
  id: string;
  code: string;
  name: string;

  @ApiProperty({ type: String, nullable: true })
  nameEn: string | null;

  @ApiProperty({ enum: TIERS })
  tier: Tier;
}

/** The version of a recovery procedure that is drilled. */
export class DrilledVersion {
  versionId: string;
  version: number;
  title: string;

  @ApiProperty({ enum: PROCEDURE_STATUSES })
  status: ProcedureStatus;
}

export class ParticipantResponse {
  person: PersonRef;

  @ApiProperty({ type: String, nullable: true })
  part: string | null;

  /** When they confirmed that they take part. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  acknowledgedAt: Date | null;
}

/** A planned drill, or a real outage. */
export class DrillSummary {
  id: string;
  system: DrilledSystem;
  organisation: OrganisationRef;

  @ApiProperty({ enum: DRILL_KINDS })
  kind: DrillKind;

  /** Null for an outage. */
  @ApiProperty({ enum: DRILL_TYPES, nullable: true })
  type: DrillType | null;

  title: string;
  scheduledAt: Date;
  plannedMinutes: number;

  @ApiProperty({ enum: RECURRENCES })
  recurrence: Recurrence;

  @ApiProperty({ enum: TIME_BASES })
  timeBasis: TimeBasis;

  @ApiProperty({ enum: DRILL_STATUSES })
  status: DrillStatus;

  /** How many are booked, and how many of them have confirmed. */
  participantCount: number;
  acknowledgedCount: number;
}

/** A run of a drill. */
export class RunOfDrill {
  id: string;

  @ApiProperty({ enum: RUN_STATUSES })
  status: RunStatus;

  openedAt: Date;
}

/** A step in which the procedure in force differs from what is drilled. */
export class DriftedStep {
  @ApiProperty({ enum: ['ADDED', 'REMOVED', 'CHANGED'] })
  change: 'ADDED' | 'REMOVED' | 'CHANGED';

  key: string;
  title: string;
}

/** How the procedure in force has moved away from the version that is drilled. */
export class DrillDrift {
  versionId: string;
  version: number;
  steps: DriftedStep[];
}

export class DrillResponse extends DrillSummary {
  @ApiProperty({ type: DrilledVersion, nullable: true })
  procedure: DrilledVersion | null;

  /** Null for all steps. */
  @ApiProperty({ type: [String], nullable: true })
  stepKeys: string[] | null;

  @ApiProperty({ type: String, nullable: true })
  checkExpected: string | null;

  participants: ParticipantResponse[];

  /** Null while the version that is drilled is in force. */
  @ApiProperty({ type: DrillDrift, nullable: true })
  drift: DrillDrift | null;

  /** The newest first. */
  runs: RunOfDrill[];

  plannedBy: PersonRef;
  createdAt: Date;

  @ApiProperty({ type: String, nullable: true })
  cancelReason: string | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  cancelledBy: PersonRef | null;

  version: number;

  /** What the caller may do with it now. */
  @ApiProperty({ enum: DRILL_ACTS, isArray: true })
  offered: DrillAct[];
}

/** A drill that a policy asks for and nobody has planned in time. */
export class DrillProposal {
  ruleKey: string;
  ruleTitle: string;

  @ApiProperty({ enum: DRILL_TYPES })
  type: DrillType;

  /** The last day on which it would still be in time. */
  @ApiProperty({ type: String, format: 'date' })
  dueOn: string;

  /** The day that is proposed. */
  @ApiProperty({ type: String, format: 'date' })
  proposedOn: string;

  /** The last drill that was planned to recur, to be planned like it. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  likeDrillId: string | null;
}

export class DrillPage {
  items: DrillSummary[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class SystemDrillPage extends DrillPage {
  proposals: DrillProposal[];
}

/** Whether a drill is ready in one point, and why. */
export class DrillReadinessItem {
  @ApiProperty({ enum: READINESS_POINTS })
  point: ReadinessPoint;

  ready: boolean;
  reason: ReasonResponse;
}

export class DrillReadinessResponse {
  /** Whether nothing is missing. It tells and does not forbid. */
  ready: boolean;
  items: DrillReadinessItem[];
}
