import { ApiProperty } from '@nestjs/swagger';
import { EVIDENCE_KINDS, type EvidenceKind, KEPT_OUTCOMES, type KeptOutcome } from '../../../core/evidence/evidence';
import { type ObligationState, STATES } from '../../../core/obligation/obligation';
import { EvidenceResponse } from './evidence.response';

/** Another proof, by what tells it apart. */
export class EvidenceRef {
  id: string;

  @ApiProperty({ enum: EVIDENCE_KINDS })
  kind: EvidenceKind;

  @ApiProperty({ enum: KEPT_OUTCOMES })
  outcome: KeptOutcome;

  performedAt: Date;
  recordedAt: Date;
}

/** The message that a proof was read from; `GET /submissions/{id}` shows what was in it. */
export class EvidenceSubmission {
  id: string;
  receivedAt: Date;

  @ApiProperty({ type: String, nullable: true })
  mediaType: string | null;

  /** Bytes, as they were received. */
  length: number;

  /** Of the bytes as they were received. */
  rawSha256: string;

  /** What is to be known of the message, as stable codes: also of what else was told in it. */
  flags: string[];

  /** Whether the bytes are still there, or have been kept for long enough. */
  kept: boolean;
}

/** An obligation as a proof turned it when it was first counted. */
export class TurnedObligation {
  obligationId: string;
  ruleKey: string;
  ruleTitle: string;

  /** Null when it was owed for the first time. */
  @ApiProperty({ enum: STATES, nullable: true })
  fromState: ObligationState | null;

  @ApiProperty({ enum: STATES })
  toState: ObligationState;

  at: Date;
}

export class SharedSystemRef {
  id: string;
  code: string;
  name: string;
}

/** The drill of another system that a record is the part of this one of. */
export class SharedDrillRef {
  evidenceId: string;
  system: SharedSystemRef;
}

/** A proof with all that is known of it. */
export class EvidenceDetailResponse extends EvidenceResponse {
  /** The dataset of the backup requirement that it is about. */
  @ApiProperty({ type: String, nullable: true })
  dataset: string | null;

  /** Null for what people told. */
  @ApiProperty({ type: EvidenceSubmission, nullable: true })
  submission: EvidenceSubmission | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  restoreTestId: string | null;

  /** What it stands in place of, the newest first. */
  @ApiProperty({ type: [EvidenceRef] })
  supersedes: EvidenceRef[];

  /** What stands in its place. */
  @ApiProperty({ type: EvidenceRef, nullable: true })
  supersededBy: EvidenceRef | null;

  /** Whose drill it was, where it was of a system that this one cannot do without; null also when the caller may not see that. */
  @ApiProperty({ type: SharedDrillRef, nullable: true })
  sharedFrom: SharedDrillRef | null;

  @ApiProperty({ type: [TurnedObligation] })
  turned: TurnedObligation[];
}
