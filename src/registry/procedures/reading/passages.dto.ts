import { ApiProperty } from '@nestjs/swagger';
import { IsLongText } from '../../../platform/http/validators';
import { SECRET_KINDS, type SecretKind } from '../../../core/procedure/secret-like';
import { PASSAGE_ORIGINS, type PassageOrigin } from './read-passages';

export class PassagesRequest {
  @IsLongText(100_000)
  markdown: string;
}

/** A passage that may be a step. */
export class PassageResponse {
  title: string;

  /** Markdown. */
  @ApiProperty({ type: String, nullable: true })
  instructions: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  plannedMinutes: number | null;

  /** The headings above it, outermost first. */
  section: string[];

  @ApiProperty({ enum: PASSAGE_ORIGINS })
  origin: PassageOrigin;

  /** The text marks it as a step, as far as it marks any. */
  proposed: boolean;

  /** It says itself that it is not finished. */
  unfinished: boolean;
}

/** Something that looks like a key or a password; it is not repeated. */
export class SecretHintResponse {
  @ApiProperty({ enum: SECRET_KINDS })
  kind: SecretKind;

  /** Where it stands: `markdown`, or `steps[0].instructions` and the like. */
  field: string;

  /** Counted from 1. */
  line: number;
}

export class PassagesResponse {
  /** In the order of the text. */
  passages: PassageResponse[];
  secretHints: SecretHintResponse[];
}
