import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/allow.decorator';
import { Heartbeats } from '../../platform/health/heartbeats';
import { JobQueue } from '../../platform/queue/job-queue';
import { QueuesResponse } from './dto/queues.response';

@ApiTags('queues')
@Controller('queues')
export class QueuesController {
  constructor(
    private readonly jobs: JobQueue,
    private readonly heartbeats: Heartbeats,
  ) {}

  /** What waits in the queues, and when the sweeper last ran. */
  @Get()
  @Allow('queues:read')
  async show(): Promise<QueuesResponse> {
    return {
      kind: this.jobs.kind,
      queues: await this.jobs.depths(),
      sweeper: { lastRanAt: await this.heartbeats.lastRanAt('sweep') },
    };
  }
}
