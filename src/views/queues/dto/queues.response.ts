import { ApiProperty } from '@nestjs/swagger';
import { QUEUES } from '../../../platform/queue/job';

/** How many jobs of one queue stand where. */
export class QueueResponse {
  @ApiProperty({ enum: QUEUES })
  name: string;

  waiting: number;
  active: number;
  delayed: number;

  /** Jobs that have used up their attempts. */
  failed: number;
}

/** When the clock-driven work last came to its end; null when it never has. */
export class SweeperResponse {
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastRanAt: Date | null;
}

export class QueuesResponse {
  @ApiProperty({ enum: ['postgres', 'redis'] })
  kind: string;

  queues: QueueResponse[];
  sweeper: SweeperResponse;
}
