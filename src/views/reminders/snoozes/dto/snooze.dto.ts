import { ApiProperty } from '@nestjs/swagger';
import { EmptyIsNull, IsCivilDate, IsLongText } from '../../../../platform/http/validators';

export class SnoozeRequest {
  /** Why nobody need be reminded until then. */
  @EmptyIsNull()
  @IsLongText(500)
  reason: string;

  /** The last day on which reminders are held back. */
  @IsCivilDate()
  untilOn: string;
}

/** Reminders of an obligation that are held back for a time. */
export class SnoozeResponse {
  id: string;
  obligationId: string;

  @ApiProperty({ type: String, format: 'date' })
  untilOn: string;

  reason: string;

  /** How many there have been about the same due day or failure, with this one. */
  number: number;

  /** When it was over; null while reminders are held back. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt: Date | null;
}
