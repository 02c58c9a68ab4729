import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { type Outcome, OUTCOMES } from '../../core/evidence/evidence';
import { EmptyIsNull, IsCivilDate, IsLongText } from '../../platform/http/validators';

/** What a person adds to a decision. */
export class CommentRequest {
  @IsOptional()
  @EmptyIsNull()
  @IsLongText(2000)
  @ApiProperty({ type: String, nullable: true, required: false })
  comment?: string | null;
}

/** A review that was done. */
export class ReviewRequest {
  /** The day on which it was done. */
  @IsCivilDate()
  performedOn: string;

  @IsIn(OUTCOMES)
  @ApiProperty({ enum: OUTCOMES })
  outcome: Outcome;

  @IsOptional()
  @EmptyIsNull()
  @IsLongText(2000)
  @ApiProperty({ type: String, nullable: true, required: false })
  note?: string | null;
}
