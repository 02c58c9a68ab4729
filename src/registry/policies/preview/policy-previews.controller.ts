import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../../access/actor';
import { Allow } from '../../../access/allow.decorator';
import { CurrentActor } from '../../../access/current-actor.decorator';
import { PathId } from '../../../platform/http/path-id';
import { AdoptionRequest } from '../dto/policy.request';
import { PolicyPreviewResponse } from '../dto/preview.response';
import { PolicyPreviewsQueries } from './policy-previews.queries';
import { PolicyPreviewsService } from './policy-previews.service';

@ApiTags('policies')
@Controller('policies/:id/preview')
export class PolicyPreviewsController {
  constructor(
    private readonly service: PolicyPreviewsService,
    private readonly queries: PolicyPreviewsQueries,
  ) {}

  /** Says what a draft would change, without changing anything: 200 with the answer, 202 when the worker is at it (`GET` shows how far). */
  @Post()
  @Allow('policies:write')
  @ApiOkResponse({ type: PolicyPreviewResponse })
  @ApiAcceptedResponse({ type: PolicyPreviewResponse })
  async request(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { effectiveOn }: AdoptionRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PolicyPreviewResponse> {
    const isKnown = await this.service.request(actor, id, effectiveOn);
    void reply.status(isKnown ? 200 : 202);
    return this.queries.get(actor, id);
  }

  /** The dry run that was asked for last, or how far it has come. */
  @Get()
  @Allow('policies:read')
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<PolicyPreviewResponse> {
    return this.queries.get(actor, id);
  }
}
