import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';
import { type Verdict, VERDICTS } from '../../../../core/readiness/system-verdict';
import { ObligedSystem } from '../../../../obligations/dto/obligation.response';
import { ReasonResponse } from '../../../../obligations/dto/reason.response';
import { CursorQuery } from '../../../../platform/http/cursor';
import { IsCivilDate } from '../../../../platform/http/validators';

export class MoversQuery extends CursorQuery {
  /** Since the beginning of this day, at most 366 days ago; 30 days ago when absent. */
  @IsOptional()
  @IsCivilDate()
  from?: string;

  /** This organisation and everything below it; everything in scope when absent. */
  @IsOptional()
  @IsUUID()
  organisationId?: string;
}

/** A system whose verdict is another one than at the beginning. */
export class Mover {
  system: ObligedSystem;

  /** At the beginning of the period. */
  @ApiProperty({ enum: VERDICTS })
  from: Verdict;

  @ApiProperty({ enum: VERDICTS })
  to: Verdict;

  /** When the verdict last became another one. */
  @ApiProperty({ type: String, format: 'date-time' })
  since: Date;

  /** Why it is what it is. */
  sentence: ReasonResponse;
}

/** Systems in operation whose verdict has changed, the worst first. */
export class MoversPage {
  @ApiProperty({ type: String, format: 'date-time' })
  asOf: Date;

  @ApiProperty({ type: String, format: 'date' })
  from: string;

  items: Mover[];
  total: number;

  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
