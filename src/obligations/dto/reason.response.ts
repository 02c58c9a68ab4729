import { REASON_CODES } from '../../core/readiness/reason';
import { ApiProperty } from '@nestjs/swagger';

/** A sentence in the caller's language, with the code and parameters it was made from. */
export class ReasonResponse {
  @ApiProperty({ enum: REASON_CODES })
  code: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  params: Record<string, string | number | null>;

  text: string;
}
