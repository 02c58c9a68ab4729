import { ApiProperty } from '@nestjs/swagger';
import { PersonRef } from '../../../access/references/refs.response';
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
import { AffectedObligation } from '../../../obligations/dto/affected.response';

/** A proof as it is kept. */
export class EvidenceResponse {
  id: string;
  systemId: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  backupRequirementId: string | null;

  @ApiProperty({ enum: EVIDENCE_KINDS })
  kind: EvidenceKind;

  @ApiProperty({ enum: SUBJECTS, nullable: true })
  subject: Subject | null;

  @ApiProperty({ type: String, nullable: true })
  ruleKey: string | null;

  @ApiProperty({ enum: OUTCOMES })
  outcome: Outcome;

  @ApiProperty({ enum: STRENGTHS })
  strength: Strength;

  @ApiProperty({ type: String, format: 'date-time' })
  performedAt: Date;

  @ApiProperty({ type: String, format: 'date-time' })
  recordedAt: Date;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  recoveryPointAt: Date | null;

  @ApiProperty({ type: 'integer', nullable: true })
  measuredMinutes: number | null;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  drill: Record<string, unknown> | null;

  /** What a drill counts as; null when it was not a complete drill. */
  @ApiProperty({ enum: DRILL_TYPES, nullable: true })
  creditedDrillType: DrillType | null;

  @ApiProperty({ type: String, nullable: true })
  tool: string | null;

  @ApiProperty({ type: String, nullable: true })
  runId: string | null;

  @ApiProperty({ type: String, nullable: true })
  note: string | null;

  @ApiProperty({ type: String, nullable: true })
  link: string | null;

  /** MANUAL: typed in by a person. WORKFLOW: an approval or review in the product. */
  @ApiProperty({ enum: ['MANUAL', 'WORKFLOW'] })
  source: string;

  performer: PersonRef;
  recordedBy: PersonRef;
  sha256: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  supersededById: string | null;
}

export class RecordedEvidenceResponse extends EvidenceResponse {
  affected: AffectedObligation[];
}

export class EvidencePage {
  items: EvidenceResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
