import { ApiProperty } from '@nestjs/swagger';
import { PersonRef } from '../../../access/references/refs.response';
import { type Outcome, OUTCOMES } from '../../../core/evidence/evidence';
import { type Strength, STRENGTHS } from '../../../core/evidence/evidence-strength';
import { AffectedObligation } from '../../../obligations/dto/affected.response';

export class RestoreCheckResponse {
  title: string;
  expected: string;
  observed: string;
  passed: boolean;
}

/** A restore that was tried, with what was looked at afterwards. */
export class RestoreTestResponse {
  id: string;
  systemId: string;
  evidenceId: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  backupRequirementId: string | null;

  /** The dataset of that requirement. */
  @ApiProperty({ type: String, nullable: true })
  dataset: string | null;

  restored: string;
  fromCopy: string;
  startedAt: Date;
  finishedAt: Date;
  measuredMinutes: number;

  @ApiProperty({ type: 'integer', nullable: true })
  rtoMinutes: number | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  recoveryPointAt: Date | null;

  checks: RestoreCheckResponse[];

  @ApiProperty({ enum: OUTCOMES })
  outcome: Outcome;

  @ApiProperty({ enum: STRENGTHS })
  strength: Strength;

  @ApiProperty({ type: String, nullable: true })
  tool: string | null;

  @ApiProperty({ type: String, nullable: true })
  runId: string | null;

  @ApiProperty({ type: String, nullable: true })
  note: string | null;

  /** Where more of it is on record; the test itself when nothing else was named. */
  @ApiProperty({ type: String, nullable: true })
  link: string | null;

  performer: PersonRef;

  /** Whether its evidence has been corrected since. */
  superseded: boolean;
}

export class RecordedRestoreTestResponse extends RestoreTestResponse {
  affected: AffectedObligation[];
}

export class RestoreTestPage {
  items: RestoreTestResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
