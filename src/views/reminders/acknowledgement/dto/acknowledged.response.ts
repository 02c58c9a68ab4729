import { ApiProperty } from '@nestjs/swagger';

/** An escalation that its recipient knows of. */
export class AcknowledgedResponse {
  id: string;

  @ApiProperty({ type: String, format: 'date-time' })
  acknowledgedAt: Date;
}
