import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../access/actor';
import { Allow } from '../../../access/allow.decorator';
import { CurrentActor } from '../../../access/current-actor.decorator';
import { TrendQuery, TrendResponse } from './dto/history.dto';
import { MoversPage, MoversQuery } from './dto/movers.dto';
import { MoversQueries } from './movers.queries';
import { TrendQueries } from './trend.queries';

@ApiTags('readiness')
@Controller('readiness')
export class HistoryController {
  constructor(
    private readonly trends: TrendQueries,
    private readonly moved: MoversQueries,
  ) {}

  /** Readiness as it was frozen day by day. */
  @Get('trend')
  @Allow('readiness:read')
  trend(@CurrentActor() actor: Actor, @Query() query: TrendQuery): Promise<TrendResponse> {
    return this.trends.trend(actor, query);
  }

  /** Systems whose verdict is another one than some days ago, the worst first. */
  @Get('movers')
  @Allow('readiness:read')
  movers(@CurrentActor() actor: Actor, @Query() query: MoversQuery): Promise<MoversPage> {
    return this.moved.list(actor, query);
  }
}
