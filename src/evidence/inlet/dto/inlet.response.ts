import { ApiProperty } from '@nestjs/swagger';
import { INLET_STATES, type InletState } from '../../../core/inlet/judge-inlet';
import { KEPT_OUTCOMES, type KeptOutcome } from '../../../core/evidence/evidence';
import { ReasonResponse } from '../../../obligations/dto/reason.response';
import { SCHEDULE_KINDS, type ScheduleKind } from '../inlet.entity';

/** Where one tool reports to, and how it stands with it. */
export class InletResponse {
  id: string;
  backupRequirementId: string;
  name: string;

  @ApiProperty({ type: String, nullable: true })
  tool: string | null;

  timeZone: string;

  @ApiProperty({ enum: SCHEDULE_KINDS })
  scheduleKind: ScheduleKind;

  schedule: string;

  @ApiProperty({ format: 'duration' })
  grace: string;

  @ApiProperty({ type: String, nullable: true })
  copySite: string | null;

  /** Of what is reported counts only what has one of these names; all of it when there are none. */
  ownNames: string[];

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  mapping: Record<string, unknown> | null;

  /** The beginning of the secret in its address. */
  hint: string;

  /** Until when the address before the last change is valid too. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  previousUntil: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  revokedAt: Date | null;

  @ApiProperty({ enum: INLET_STATES })
  state: InletState;

  /** Why, in words. */
  reason: ReasonResponse;

  @ApiProperty({ type: String, format: 'date-time' })
  since: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  firstSignalAt: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastSignalAt: Date | null;

  /** Of the newest run that has ended. */
  @ApiProperty({ enum: KEPT_OUTCOMES, nullable: true })
  lastOutcome: KeptOutcome | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  nextDueAt: Date | null;

  /** Messages refused since the last that was taken. */
  refused: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastRefusedAt: Date | null;

  /** Why the last one was refused, in words. */
  @ApiProperty({ type: String, nullable: true })
  lastRefusal: string | null;

  createdAt: Date;
  version: number;
}

export class InletListResponse {
  items: InletResponse[];
}

/** The line of shell that makes one tool report. */
export class InletCommand {
  tool: string;

  /** As its makers write it. */
  name: string;

  command: string;
}

/** A new inlet, or one with a new address. The address is in this answer and in no other. */
export class IssuedInletResponse extends InletResponse {
  url: string;

  /** How each tool is made to report here; the declared one first, without one any command. */
  commands: InletCommand[];
}

/** A tool that is understood. */
export class KnownToolResponse {
  tool: string;
  name: string;
}

export class KnownToolsResponse {
  items: KnownToolResponse[];
}
