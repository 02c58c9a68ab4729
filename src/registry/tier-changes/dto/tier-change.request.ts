import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { type Tier, TIERS } from '../../../core/importance/tier';
import { IsPlainText } from '../../../platform/http/validators';

export class RequestTierChangeRequest {
  @IsIn(TIERS)
  @ApiProperty({ enum: TIERS })
  tier: Tier;

  /** Why the system shall have it. */
  @IsPlainText(1000)
  reason: string;
}

export class RejectTierChangeRequest {
  /** Why the tier stays as it is. */
  @IsPlainText(1000)
  comment: string;
}
