import { ApiProperty } from '@nestjs/swagger';
import { IsLongText } from '../../../platform/http/validators';
import { SECRET_KINDS, type SecretKind } from '../../../core/procedure/secret-like';
import { PASSAGE_ORIGINS, type PassageOrigin } from './passage';
import { READING_KINDS, type ReadingKind } from './readings';

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

  /** This way of reading takes it for a step. */
  proposed: boolean;

  /** It says itself that it is not finished. */
  unfinished: boolean;
}

/** Something that looks like a key or a password; it is not repeated. */
export class SecretHintResponse {
  @ApiProperty({ enum: SECRET_KINDS })
  kind: SecretKind;

  /** Where it stands: `markdown`, `launchCriteria`, or `steps[0].instructions` and the like. */
  field: string;

  /** Counted from 1. */
  line: number;
}

/** One way of reading the text. */
export class ReadingResponse {
  @ApiProperty({ enum: READING_KINDS })
  kind: ReadingKind;

  /** The level of the headings that begin a step, in the way `HEADINGS`. */
  @ApiProperty({ type: 'integer', nullable: true })
  level: number | null;

  /** In the order of the text; what is not proposed stands between the steps. */
  passages: PassageResponse[];
}

export class PassagesResponse {
  /** False when the text does not read like a procedure; the readings then are what it could be forced into. */
  stepsFound: boolean;

  /** The ways in which the text can be read, the likeliest first. */
  readings: ReadingResponse[];
  secretHints: SecretHintResponse[];
}
