import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../access/actor';
import { Allow } from '../../../access/allow.decorator';
import { CurrentActor } from '../../../access/current-actor.decorator';
import { ETag } from '../../../platform/http/etag';
import { PathId } from '../../../platform/http/path-id';
import { SystemResponse } from '../dto/system.response';
import { SystemsQueries } from '../systems.queries';
import { HandOverPersonRequest, HandOverSystemRequest } from './dto/hand-over.request';
import { HandedOverResponse, HandOverPreview } from './dto/hand-over.response';
import { HandOverQueries } from './hand-over.queries';
import { HandOverService } from './hand-over.service';

@ApiTags('systems')
@Controller()
export class HandOverController {
  constructor(
    private readonly service: HandOverService,
    private readonly queries: HandOverQueries,
    private readonly systems: SystemsQueries,
  ) {}

  /** Hands a system over to another owner, another deputy, or both; all of them are told. */
  @Post('systems/:id/hand-over')
  @HttpCode(200)
  @Allow('systems:write')
  @ETag()
  async system(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { note = null, ...change }: HandOverSystemRequest,
  ): Promise<SystemResponse> {
    await this.service.system(actor, id, change, note);
    return this.systems.get(actor, id);
  }

  /** What handing over everything of a person would move. */
  @Get('users/:id/hand-over')
  @Allow('users:read')
  preview(@CurrentActor() actor: Actor, @PathId() id: string): Promise<HandOverPreview> {
    return this.queries.ofPerson(actor, id);
  }

  /** Hands the places of a person in these systems over to another, as when the person leaves; both are told. */
  @Post('users/:id/hand-over')
  @HttpCode(200)
  @Allow('systems:write')
  async person(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { toId, systemIds, note = null }: HandOverPersonRequest,
  ): Promise<HandedOverResponse> {
    return { systems: await this.service.person(actor, id, toId, systemIds, note) };
  }
}
