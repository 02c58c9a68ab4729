import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { MayBeAbsent } from '../../../platform/http/validators';
import { STEP_FIELDS, type StepField } from '../../../core/procedure/content-diff';
import { ContactResponse, StepResponse } from '../dto/procedure.response';

export class VersionDiffQuery {
  /** The version to compare with, of the same procedure; the one in force when absent, else the one before. */
  @MayBeAbsent()
  @IsUUID()
  with?: string;
}

export class ComparedVersion {
  id: string;
  version: number;
}

export class TextPartResponse {
  @ApiProperty({ enum: ['SAME', 'ADDED', 'REMOVED'] })
  change: 'SAME' | 'ADDED' | 'REMOVED';

  lines: string[];
}

export class StepChangeResponse {
  @ApiProperty({ enum: ['ADDED', 'REMOVED', 'CHANGED'] })
  change: 'ADDED' | 'REMOVED' | 'CHANGED';

  step: StepResponse;

  /** The step as it was, when it changed. */
  @ApiProperty({ type: StepResponse, nullable: true })
  before: StepResponse | null;

  /** What differs, when it changed. */
  @ApiProperty({ enum: STEP_FIELDS, isArray: true })
  fields: StepField[];
}

export class ContactChangeResponse {
  @ApiProperty({ enum: ['ADDED', 'REMOVED'] })
  change: 'ADDED' | 'REMOVED';

  contact: ContactResponse;
}

/** What differs between two versions of a procedure. */
export class VersionDiffResponse {
  /** The earlier one; null when there is nothing to compare with. */
  @ApiProperty({ type: ComparedVersion, nullable: true })
  before: ComparedVersion | null;

  after: ComparedVersion;

  /** The text, whole; empty when it is the same. */
  markdown: TextPartResponse[];
  launchCriteria: TextPartResponse[];
  launchedBy: TextPartResponse[];
  steps: StepChangeResponse[];
  contacts: ContactChangeResponse[];
}
