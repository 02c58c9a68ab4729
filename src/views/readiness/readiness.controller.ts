import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { ObligationPage } from '../../obligations/dto/obligation.response';
import { ObligationsQueries } from '../../obligations/obligations.queries';
import { PathId } from '../../platform/http/path-id';
import { CoverageResponse } from './dto/coverage.dto';
import { ForecastQuery, ForecastResponse } from './dto/forecast.dto';
import { ReadinessDueQuery, ReadinessSystemsQuery, TiersAtQuery, TiersQuery } from './dto/readiness.request';
import {
  ReadinessSystemsPage,
  SupervisedResponse,
  SystemReadinessResponse,
  TiersResponse,
} from './dto/readiness.response';
import { EffectiveReadinessResponse } from './effective/effective.dto';
import { EffectiveReadinessQueries } from './effective/effective-readiness.queries';
import { CoverageQueries } from './coverage.queries';
import { ForecastQueries } from './forecast.queries';
import { PastReadinessQueries } from './history/past-readiness.queries';
import { HeatmapQueries } from './heatmap.queries';
import { ReadinessQueries } from './readiness.queries';
import { SupervisedQueries } from './supervised.queries';
import { SystemReadinessQueries } from './system-readiness.queries';

@ApiTags('readiness')
@Controller()
export class ReadinessController {
  constructor(
    private readonly tiersOf: ReadinessQueries,
    private readonly past: PastReadinessQueries,
    private readonly supervised: SupervisedQueries,
    private readonly heatmap: HeatmapQueries,
    private readonly systems: SystemReadinessQueries,
    private readonly obligations: ObligationsQueries,
    private readonly forecasts: ForecastQueries,
    private readonly coverages: CoverageQueries,
    private readonly effectives: EffectiveReadinessQueries,
  ) {}

  /** Readiness per tier, with one sentence for the nearest gap: of now, or as a day of the past was frozen. */
  @Get('readiness/tiers')
  @Allow('readiness:read')
  tiers(@CurrentActor() actor: Actor, @Query() { organisationId, asOf }: TiersAtQuery): Promise<TiersResponse> {
    return asOf ? this.past.on(actor, asOf, organisationId) : this.tiersOf.tiers(actor, organisationId);
  }

  /** Readiness of supervised agencies that keep their details to themselves. */
  @Get('readiness/supervised')
  @Allow('readiness:read')
  agencies(@CurrentActor() actor: Actor, @Query() query: TiersQuery): Promise<SupervisedResponse> {
    return this.supervised.list(actor, query.organisationId);
  }

  /** Systems × rules, the most important systems first. */
  @Get('readiness/systems')
  @Allow('readiness:read')
  page(@CurrentActor() actor: Actor, @Query() query: ReadinessSystemsQuery): Promise<ReadinessSystemsPage> {
    return this.heatmap.page(actor, query);
  }

  /** What falls due next and is not overdue yet. */
  @Get('readiness/due')
  @Allow('systems:read')
  due(@CurrentActor() actor: Actor, @Query() { limit, organisationId }: ReadinessDueQuery): Promise<ObligationPage> {
    return this.obligations.list(actor, { limit, organisationId, state: ['DUE_SOON', 'UNKNOWN'], sort: 'dueOn' });
  }

  /** Readiness of the coming days if nobody acts: per tier a curve, and the days and rules behind it. */
  @Get('readiness/forecast')
  @Allow('readiness:read')
  forecast(@CurrentActor() actor: Actor, @Query() query: ForecastQuery): Promise<ForecastResponse> {
    return this.forecasts.forecast(actor, query);
  }

  /** How many systems in operation have fresh backups, copies out of reach, and restores that were fast enough. */
  @Get('readiness/coverage')
  @Allow('readiness:read')
  coverage(@CurrentActor() actor: Actor, @Query() query: TiersQuery): Promise<CoverageResponse> {
    return this.coverages.coverage(actor, query.organisationId);
  }

  /** Readiness per tier with what systems cannot do without, and how many are held back by it. */
  @Get('readiness/effective')
  @Allow('readiness:read')
  effective(@CurrentActor() actor: Actor, @Query() query: TiersQuery): Promise<EffectiveReadinessResponse> {
    return this.effectives.tiers(actor, query.organisationId);
  }

  /** Why one system has its verdict, and the one action that gains most. */
  @Get('systems/:id/readiness')
  @Allow('systems:read')
  ofSystem(@CurrentActor() actor: Actor, @PathId() id: string): Promise<SystemReadinessResponse> {
    return this.systems.get(actor, id);
  }
}
