import { ApiProperty } from '@nestjs/swagger';
import { CursorQuery } from '../../../platform/http/cursor';
import { type Disposition, DISPOSITIONS } from '../submission.entity';

export class SubmissionsQuery extends CursorQuery {}

/** One message to an inlet, whatever became of it. */
export class SubmissionResponse {
  id: string;
  inletId: string;
  receivedAt: Date;

  @ApiProperty({ enum: DISPOSITIONS })
  disposition: Disposition;

  /** Why it was refused, as a stable code. */
  @ApiProperty({ type: String, nullable: true })
  refusal: string | null;

  /** The same in words. */
  @ApiProperty({ type: String, nullable: true })
  refusalText: string | null;

  @ApiProperty({ type: String, nullable: true })
  tool: string | null;

  @ApiProperty({ type: String, nullable: true })
  command: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  exitCode: number | null;

  /** What is to be known of it, as stable codes. */
  flags: string[];

  @ApiProperty({ type: String, nullable: true })
  mediaType: string | null;

  /** Bytes. */
  length: number;

  rawSha256: string;

  /** The evidence that was made of it and still stands. */
  evidenceIds: string[];
}

export class SubmissionPage {
  items: SubmissionResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

/** A message with what was in it. */
export class SubmissionWithTextResponse extends SubmissionResponse {
  /** The beginning of what was received, as text with credentials masked; null when it is kept no longer, or was empty. */
  @ApiProperty({ type: String, nullable: true })
  text: string | null;

  /** Whether there is more of it than is shown. */
  truncated: boolean;
}
