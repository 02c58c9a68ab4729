import { ApiProperty } from '@nestjs/swagger';
import { PersonRef } from '../../../access/references/refs.response';
import { AffectedObligation } from '../../../obligations/dto/affected.response';
import { SecretHintResponse } from '../reading/passages.dto';
import { PROCEDURE_STATUSES, type ProcedureStatus } from '../procedure-version.entity';

/** The version of a procedure that is in force. */
export class CurrentVersion {
  versionId: string;
  version: number;

  @ApiProperty({ enum: PROCEDURE_STATUSES })
  status: ProcedureStatus;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  approvedAt: Date | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  approvedBy: PersonRef | null;
}

/** The version of a procedure that is being written, waits for approval, or was returned. */
export class DraftVersion {
  versionId: string;
  version: number;

  @ApiProperty({ enum: PROCEDURE_STATUSES })
  status: ProcedureStatus;
}

export class ProcedureSummary {
  id: string;
  title: string;

  @ApiProperty({ type: CurrentVersion, nullable: true })
  current: CurrentVersion | null;

  @ApiProperty({ type: DraftVersion, nullable: true })
  draft: DraftVersion | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  lastReviewedOn: string | null;
}

export class ProcedurePage {
  items: ProcedureSummary[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

export class StepResponse {
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
}

export class ContactResponse {
  name: string;

  @ApiProperty({ type: String, nullable: true })
  role: string | null;

  @ApiProperty({ type: String, nullable: true })
  phone: string | null;

  @ApiProperty({ type: String, nullable: true })
  email: string | null;

  /** The day on which somebody last made sure that it is still right. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  confirmedOn: string | null;
}

/** The newest drill of the system that passed. */
export class LastDrillResponse {
  @ApiProperty({ type: String, format: 'date' })
  performedOn: string;

  /** The version of the procedure that was in force then; null when none was. */
  @ApiProperty({ type: 'integer', nullable: true })
  version: number | null;
}

/** One version of a recovery procedure. */
export class ProcedureVersionResponse {
  id: string;
  procedureId: string;
  systemId: string;
  title: string;
  version: number;

  @ApiProperty({ enum: PROCEDURE_STATUSES })
  status: ProcedureStatus;

  markdown: string;

  /** When the procedure is to be started. */
  @ApiProperty({ type: String, nullable: true })
  launchCriteria: string | null;

  /** Who may start it. */
  @ApiProperty({ type: String, nullable: true })
  launchedBy: string | null;

  /** In the order in which they were written. */
  steps: StepResponse[];

  contacts: ContactResponse[];

  /** Keys of the steps in an order in which they can be done. */
  order: string[];

  /** The longest chain of steps that wait for each other. */
  criticalPath: string[];

  criticalPathMinutes: number;

  /** What looks like a key or a password in it. */
  secretHints: SecretHintResponse[];

  @ApiProperty({ type: PersonRef, nullable: true })
  author: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  submittedAt: Date | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  approvedBy: PersonRef | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  approvedAt: Date | null;

  /** What the approver, or the one who returned it, wrote. */
  @ApiProperty({ type: String, nullable: true })
  comment: string | null;

  @ApiProperty({ type: LastDrillResponse, nullable: true })
  lastDrill: LastDrillResponse | null;

  /** Whether the caller wrote or submitted it, and so does not approve it. */
  ownRequest: boolean;

  createdAt: Date;
}

export class ApprovedProcedureResponse extends ProcedureVersionResponse {
  affected: AffectedObligation[];
}
