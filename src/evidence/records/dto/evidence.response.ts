import { ApiProperty } from '@nestjs/swagger';
import { PersonRef } from '../../../access/references/refs.response';
import {
  DRILL_TYPES,
  type DrillType,
  EVIDENCE_KINDS,
  type EvidenceKind,
  KEPT_OUTCOMES,
  type KeptOutcome,
  type Subject,
  SUBJECTS,
} from '../../../core/evidence/evidence';
import { type Strength, STRENGTHS } from '../../../core/evidence/evidence-strength';
import { AffectedObligation } from '../../../obligations/dto/affected.response';
import { EVIDENCE_SOURCES, type EvidenceSource } from '../evidence.entity';

/** Where a tool reports to. */
export class InletRef {
  id: string;
  name: string;
}

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

  /** RUNNING: begun and not ended yet. */
  @ApiProperty({ enum: KEPT_OUTCOMES })
  outcome: KeptOutcome;

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

  /** Whether the drill was of a system that this one cannot do without; it counts where the policy says so. */
  shared: boolean;

  @ApiProperty({ type: String, nullable: true })
  tool: string | null;

  @ApiProperty({ type: String, nullable: true })
  runId: string | null;

  @ApiProperty({ type: String, nullable: true })
  note: string | null;

  @ApiProperty({ type: String, nullable: true })
  link: string | null;

  /** MANUAL: typed in by a person. WORKFLOW: an approval or review in the product. INLET: told by a tool. */
  @ApiProperty({ enum: EVIDENCE_SOURCES })
  source: EvidenceSource;

  /** Null for what a tool told. */
  @ApiProperty({ type: PersonRef, nullable: true })
  performer: PersonRef | null;

  @ApiProperty({ type: PersonRef, nullable: true })
  recordedBy: PersonRef | null;

  sha256: string;

  /** Whether it may meet or fail anything: not while a run goes on, nor when its times lie in the future. */
  usable: boolean;

  /** Where the tool reports to; null for what people told. */
  @ApiProperty({ type: InletRef, nullable: true })
  inlet: InletRef | null;

  /** What was sent, of which this was read. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  submissionId: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  startedAt: Date | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt: Date | null;

  /** The amount protected, in bytes; text, since it may exceed what a number holds. */
  @ApiProperty({ type: String, nullable: true })
  sizeBytes: string | null;

  /** What the run added to the store, in bytes. */
  @ApiProperty({ type: String, nullable: true })
  storedBytes: string | null;

  /** What is to be known of it, as stable codes. */
  flags: string[];

  /** What else the tool told of the run. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  run: Record<string, unknown> | null;

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
