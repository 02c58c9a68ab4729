import { ApiProperty } from '@nestjs/swagger';
import { type ObligationState, STATES } from '../../core/obligation/obligation';

/** What a proof did to one obligation. */
export class AffectedObligation {
  obligationId: string;
  ruleKey: string;
  ruleTitle: string;

  @ApiProperty({ enum: STATES, nullable: true })
  fromState: ObligationState | null;

  @ApiProperty({ enum: STATES, nullable: true })
  toState: ObligationState | null;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  dueOn: string | null;
}

/** What a step of a workflow did to obligations. */
export class AffectedResponse {
  affected: AffectedObligation[];
}
