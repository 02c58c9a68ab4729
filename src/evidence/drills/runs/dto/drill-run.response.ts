import { ApiProperty } from '@nestjs/swagger';
import { OrganisationRef, PersonRef } from '../../../../access/references/refs.response';
import { STEP_STATUSES, type StepStatus } from '../../../../core/drill/drill-steps';
import { DRILL_TYPES, type DrillType, type Outcome, OUTCOMES } from '../../../../core/evidence/evidence';
import { AffectedObligation } from '../../../../obligations/dto/affected.response';
import { DRILL_KINDS, type DrillKind, TIME_BASES, type TimeBasis } from '../../drill.entity';
import { DrilledSystem, DrillReadinessItem, ParticipantResponse } from '../../dto/drill.response';
import { RUN_STATUSES, type RunStatus } from '../drill-run.entity';
import { RUN_EVENT_KINDS, type RunEventKind } from '../run-event.entity';

export const RUN_ACTS = [
  'begin',
  'pause',
  'resume',
  'tick',
  'note',
  'observe',
  'complete',
  'abandon',
  'attest',
] as const;
export type RunAct = (typeof RUN_ACTS)[number];

/** The drill or outage that a run belongs to. */
export class DrillOfRun {
  id: string;

  @ApiProperty({ enum: DRILL_KINDS })
  kind: DrillKind;

  @ApiProperty({ enum: DRILL_TYPES, nullable: true })
  type: DrillType | null;

  title: string;
  scheduledAt: Date;
  plannedMinutes: number;

  @ApiProperty({ enum: TIME_BASES })
  timeBasis: TimeBasis;
}

/** The version of a procedure that the steps were copied from. */
export class VersionOfRun {
  versionId: string;
  version: number;
  title: string;
}

export class RunStepResponse {
  key: string;
  title: string;

  @ApiProperty({ type: String, nullable: true })
  role: string | null;

  @ApiProperty({ type: String, nullable: true })
  instructions: string | null;

  @ApiProperty({ type: String, nullable: true })
  location: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  plannedMinutes: number | null;

  dependsOn: string[];

  @ApiProperty({ enum: STEP_STATUSES })
  status: StepStatus;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  startedAt: Date | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  startedBy: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt: Date | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  endedBy: PersonRef | null;

  @ApiProperty({ type: String, nullable: true })
  skipReason: string | null;
}

/** Something that happened in a run. */
export class RunEventResponse {
  /** From 1, without gaps. */
  number: number;
  at: Date;

  @ApiProperty({ enum: RUN_EVENT_KINDS })
  kind: RunEventKind;

  /** Null for what the service noticed by itself. */
  @ApiProperty({ type: PersonRef, nullable: true })
  actor: PersonRef | null;

  @ApiProperty({ type: String, nullable: true })
  stepKey: string | null;

  @ApiProperty({ type: String, nullable: true })
  text: string | null;
}

/** What is known of a run. Minutes are whole ones, begun ones counted. */
export class DrillRunFacts {
  id: string;
  drill: DrillOfRun;
  system: DrilledSystem;
  organisation: OrganisationRef;

  @ApiProperty({ type: VersionOfRun, nullable: true })
  procedure: VersionOfRun | null;

  openedAt: Date;

  @ApiProperty({ type: PersonRef, nullable: true })
  openedBy: PersonRef | null;

  /** When the clock began. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  startedAt: Date | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  startedBy: PersonRef | null;

  pausedSeconds: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt: Date | null;

  /** The instant that the restored data stood at. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  recoveryPointAt: Date | null;

  @ApiProperty({ type: 'integer', nullable: true })
  rtoMinutes: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  rpoMinutes: number | null;

  /** RTA so far, or as it was achieved; null for what is only talked through or called. */
  @ApiProperty({ type: 'integer', nullable: true })
  rtaMinutes: number | null;

  /** RPA: how old the restored data was when the service was lost. */
  @ApiProperty({ type: 'integer', nullable: true })
  rpaMinutes: number | null;

  @ApiProperty({ type: String, nullable: true })
  checkExpected: string | null;

  @ApiProperty({ type: String, nullable: true })
  checkObserved: string | null;

  /** Whether that is what the check asks for, as who completed the run says; absent in reports from before it was asked. */
  @ApiProperty({ type: Boolean, nullable: true })
  checkHeld: boolean | null;

  /** What those who ran it say. */
  @ApiProperty({ enum: OUTCOMES, nullable: true })
  claimed: Outcome | null;

  /** The same with the check and the RTO taken into account: one that did not hold is a failure. */
  @ApiProperty({ enum: OUTCOMES, nullable: true })
  outcome: Outcome | null;

  /** What a drill counts as; null for an outage, which counts as none. */
  @ApiProperty({ enum: DRILL_TYPES, nullable: true })
  countsAs: DrillType | null;

  @ApiProperty({ type: String, nullable: true })
  note: string | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  completedBy: PersonRef | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  attestedBy: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  attestedAt: Date | null;

  /** In the order in which they can be done. */
  steps: RunStepResponse[];

  /** Who was booked when it was opened; absent in reports from before it was kept. */
  @ApiProperty({ type: [ParticipantResponse] })
  participants: ParticipantResponse[];

  /** How long the steps take when whatever can go side by side does. */
  plannedCriticalMinutes: number;
}

/** A run of a drill or of an outage, as it stands. */
export class DrillRunResponse extends DrillRunFacts {
  @ApiProperty({ enum: RUN_STATUSES })
  status: RunStatus;

  /** The instant that all this is told at: clocks go on from here. */
  asOf: Date;

  elapsedSeconds: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  pausedAt: Date | null;

  /** What was there and what was missing when it was opened, and from then on when the clock began. */
  readiness: DrillReadinessItem[];

  @ApiProperty({ type: String, nullable: true })
  endReason: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  evidenceId: string | null;

  /** The number of the last thing that happened. */
  lastEvent: number;

  /** What the caller may do with it now. */
  @ApiProperty({ enum: RUN_ACTS, isArray: true })
  offered: RunAct[];
}

export class AttestedRunResponse extends DrillRunResponse {
  affected: AffectedObligation[];
}

export class RunEventPage {
  items: RunEventResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

/** A run as it was when it was attested. */
export class DrillRunReport extends DrillRunFacts {
  events: RunEventResponse[];
}

export class DrillRunReportResponse {
  /** What it has as `readiness` comes beside it, worded. */
  report: DrillRunReport;

  /** What was there and what was missing when the clock began; nothing in reports from before it was kept. */
  readiness: DrillReadinessItem[];

  /** SHA-256 over the canonical JSON of the report. */
  sha256: string;

  /** Whether the stored report still has that digest. */
  intact: boolean;
}
