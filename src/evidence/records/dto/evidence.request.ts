import { ApiProperty, IntersectionType, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsUrl, IsUUID, Max, Min, ValidateNested } from 'class-validator';
import {
  DRILL_TYPES,
  type DrillType,
  EVIDENCE_KINDS,
  type EvidenceKind,
  type Outcome,
  OUTCOMES,
  type Subject,
  SUBJECTS,
} from '../../../core/evidence/evidence';
import { type Strength, STRENGTHS } from '../../../core/evidence/evidence-strength';
import { ExportQuery } from '../../../audit/exports/export-query';
import { CursorQuery } from '../../../platform/http/cursor';
import { BooleanText, IsInstant, IsLongText, IsPlainText } from '../../../platform/http/validators';

const MAX_MINUTES = 527_040;

/** A check that would have failed if the data had been stale. */
export class DrillCheckRequest {
  @IsPlainText(1000)
  expected: string;

  @IsPlainText(1000)
  observed: string;
}

export class DrillRequest {
  @IsIn(DRILL_TYPES)
  @ApiProperty({ enum: DRILL_TYPES })
  type: DrillType;

  @IsInstant()
  startedAt: string;

  @IsInstant()
  finishedAt: string;

  /** The person who vouches for the result. */
  @IsUUID()
  attestedById: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => DrillCheckRequest)
  check?: DrillCheckRequest | null;
}

/** A proof given by hand. Which fields it needs depends on its kind. */
export class RecordEvidenceRequest {
  @IsIn(EVIDENCE_KINDS)
  @ApiProperty({ enum: EVIDENCE_KINDS })
  kind: EvidenceKind;

  @IsIn(OUTCOMES)
  @ApiProperty({ enum: OUTCOMES })
  outcome: Outcome;

  /** When it was done, not when it is typed in. */
  @IsInstant()
  performedAt: string;

  /** Who did it; the caller when absent. */
  @IsOptional()
  @IsUUID()
  performerId?: string | null;

  /** How much it proves; DECLARED, a mere claim, when absent. */
  @IsOptional()
  @IsIn(STRENGTHS)
  @ApiProperty({ enum: STRENGTHS, required: false })
  strength?: Strength;

  /** REVIEW: what was reviewed. */
  @IsOptional()
  @IsIn(SUBJECTS)
  @ApiProperty({ enum: SUBJECTS, required: false, nullable: true })
  subject?: Subject | null;

  /** ATTESTATION: the rule that is attested. */
  @IsOptional()
  @IsPlainText(100)
  ruleKey?: string | null;

  /** BACKUP, VERIFICATION: the requirement it is about. */
  @IsOptional()
  @IsUUID()
  backupRequirementId?: string | null;

  /** BACKUP: the instant the saved data stood at; absent when it is not known. */
  @IsOptional()
  @IsInstant()
  recoveryPointAt?: string | null;

  /** RESTORE_TEST, DRILL: how long the recovery took. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_MINUTES)
  measuredMinutes?: number | null;

  @IsOptional()
  @IsPlainText(100)
  tool?: string | null;

  /** The tool's own name of the run; the same run cannot be recorded twice. */
  @IsOptional()
  @IsPlainText(200)
  runId?: string | null;

  @IsOptional()
  @IsLongText(10_000)
  note?: string | null;

  @IsOptional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  link?: string | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => DrillRequest)
  drill?: DrillRequest | null;
}

/** A correction: the whole proof anew, with the reason. */
export class SupersedeEvidenceRequest extends RecordEvidenceRequest {
  @IsPlainText(1000)
  reason: string;
}

export class EvidenceQuery extends CursorQuery {
  @IsOptional()
  @IsIn(EVIDENCE_KINDS)
  @ApiProperty({ enum: EVIDENCE_KINDS, required: false })
  kind?: EvidenceKind;

  /** Only of one backup requirement. */
  @IsOptional()
  @IsUUID()
  backupRequirementId?: string;

  /** Also what has been superseded. */
  @IsOptional()
  @BooleanText()
  @IsBoolean()
  superseded?: boolean;
}

export class EvidenceExportQuery extends IntersectionType(OmitType(EvidenceQuery, ['limit', 'cursor']), ExportQuery) {}
