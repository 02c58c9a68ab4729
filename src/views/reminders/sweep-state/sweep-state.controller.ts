import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../../../access/allow.decorator';
import { Clock } from '../../../platform/clock/clock';
import { SWEEP_AGE_MS } from '../../../platform/health/health.service';
import { Heartbeats } from '../../../platform/health/heartbeats';
import { SweepStateResponse } from './dto/sweep-state.response';

@ApiTags('readiness')
@Controller('readiness')
export class SweepStateController {
  constructor(
    private readonly heartbeats: Heartbeats,
    private readonly clock: Clock,
  ) {}

  /** Whether what is shown is kept up to date, as `/readyz` says it to machines. */
  @Get('sweep')
  @Allow('readiness:read')
  async state(): Promise<SweepStateResponse> {
    const lastRanAt = await this.heartbeats.lastRanAt('sweep');
    const stopped = lastRanAt === null || this.clock.now().getTime() - lastRanAt.getTime() > SWEEP_AGE_MS;
    return { stopped, lastRanAt };
  }
}
