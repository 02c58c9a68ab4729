import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { CommentRequest } from '../../obligations/dto/workflow.request';
import { CursorQuery } from '../../platform/http/cursor';
import { PathId } from '../../platform/http/path-id';
import { RejectTierChangeRequest, RequestTierChangeRequest } from './dto/tier-change.request';
import { TierChangePage, TierChangeResponse } from './dto/tier-change.response';
import { TierChangesQueries } from './tier-changes.queries';
import { TierChangesService } from './tier-changes.service';

@ApiTags('tier changes')
@Controller()
export class TierChangesController {
  constructor(
    private readonly service: TierChangesService,
    private readonly queries: TierChangesQueries,
  ) {}

  /** What was asked about the tier of a system, newest first. */
  @Get('systems/:id/tier-changes')
  @Allow('systems:read')
  list(@CurrentActor() actor: Actor, @PathId() id: string, @Query() query: CursorQuery): Promise<TierChangePage> {
    return this.queries.ofSystem(actor, id, query);
  }

  /** Asks for another tier; another person decides. */
  @Post('systems/:id/tier-changes')
  @Allow('systems:write')
  async request(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { tier, reason }: RequestTierChangeRequest,
  ): Promise<TierChangeResponse> {
    return this.queries.get(actor, await this.service.request(actor, id, tier, reason));
  }

  /** The requests that the caller may decide, newest first. */
  @Get('tier-changes/waiting')
  @Allow('tiers:approve')
  waiting(@CurrentActor() actor: Actor, @Query() query: CursorQuery): Promise<TierChangePage> {
    return this.queries.waiting(actor, query);
  }

  @Get('tier-changes/:id')
  @Allow('systems:read')
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<TierChangeResponse> {
    return this.queries.get(actor, id);
  }

  /** Gives the system the requested tier; never on one's own request. */
  @Post('tier-changes/:id/approve')
  @HttpCode(200)
  @Allow('tiers:approve')
  async approve(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { comment = null }: CommentRequest,
  ): Promise<TierChangeResponse> {
    await this.service.approve(actor, id, comment);
    return this.queries.get(actor, id);
  }

  /** Leaves the tier as it is, saying why. */
  @Post('tier-changes/:id/reject')
  @HttpCode(200)
  @Allow('tiers:approve')
  async reject(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { comment }: RejectTierChangeRequest,
  ): Promise<TierChangeResponse> {
    await this.service.reject(actor, id, comment);
    return this.queries.get(actor, id);
  }

  /** Takes one's own request back. */
  @Post('tier-changes/:id/withdraw')
  @HttpCode(200)
  @Allow('systems:read')
  async withdraw(@CurrentActor() actor: Actor, @PathId() id: string): Promise<TierChangeResponse> {
    await this.service.withdraw(actor, id);
    return this.queries.get(actor, id);
  }
}
