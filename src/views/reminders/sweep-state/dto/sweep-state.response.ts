import { ApiProperty } from '@nestjs/swagger';

/** Whether anybody runs what goes by the clock. */
export class SweepStateResponse {
  /** True when the sweep has not come to its end for two minutes: states and reminders stand still. */
  stopped: boolean;

  /** When it last did; null when it never has. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastRanAt: Date | null;
}
