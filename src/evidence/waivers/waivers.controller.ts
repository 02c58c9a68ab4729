import { Body, Controller, Get, HttpCode, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { Exported, ListExport } from '../../audit/exports/list-export';
import { CommentRequest } from '../../obligations/dto/workflow.request';
import { PathId } from '../../platform/http/path-id';
import { WaiverDecisionRequest, WaiverRequest, WaiversExportQuery, WaiversQuery } from './dto/waiver.request';
import { WaiverPage, WaiverResponse } from './dto/waiver.response';
import { WAIVERS_EXPORT } from './waivers-export';
import { WaiversQueries } from './waivers.queries';
import { WaiversService } from './waivers.service';

@ApiTags('waivers')
@Controller()
export class WaiversController {
  constructor(
    private readonly service: WaiversService,
    private readonly queries: WaiversQueries,
    private readonly exports: ListExport,
  ) {}

  /** The waivers and requests for them, newest first. */
  @Get('waivers')
  @Allow('systems:read')
  list(@CurrentActor() actor: Actor, @Query() query: WaiversQuery): Promise<WaiverPage> {
    return this.queries.list(actor, query);
  }

  /** The waivers that the filter shows, as a file. */
  @Get('waivers/export')
  @Allow('systems:read')
  @Exported()
  export(@CurrentActor() actor: Actor, @Query() query: WaiversExportQuery): Promise<StreamableFile> {
    return this.exports.send(actor, WAIVERS_EXPORT, query, (page) => this.queries.list(actor, page));
  }

  /** Asks for the permission not to meet an obligation for a time. */
  @Post('obligations/:id/waivers')
  @Allow('waivers:request')
  async request(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { reason, compensatingMeasure, evidence = null, expiresOn }: WaiverRequest,
  ): Promise<WaiverResponse> {
    const fields = { reason, compensatingMeasure, evidence, expiresOn };
    return this.queries.get(actor, await this.service.request(actor, id, fields));
  }

  @Get('waivers/:id')
  @Allow('systems:read')
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<WaiverResponse> {
    return this.queries.get(actor, id);
  }

  /** Grants a request; never one's own. */
  @Post('waivers/:id/approve')
  @HttpCode(200)
  @Allow('waivers:approve')
  async approve(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { comment = null }: CommentRequest,
  ): Promise<WaiverResponse> {
    await this.service.approve(actor, id, comment);
    return this.queries.get(actor, id);
  }

  /** Refuses a request, saying why. */
  @Post('waivers/:id/reject')
  @HttpCode(200)
  @Allow('waivers:approve')
  async reject(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { comment }: WaiverDecisionRequest,
  ): Promise<WaiverResponse> {
    await this.service.reject(actor, id, comment);
    return this.queries.get(actor, id);
  }

  /** Takes one's own request back. */
  @Post('waivers/:id/withdraw')
  @HttpCode(200)
  @Allow('systems:read')
  async withdraw(@CurrentActor() actor: Actor, @PathId() id: string): Promise<WaiverResponse> {
    await this.service.withdraw(actor, id);
    return this.queries.get(actor, id);
  }

  /** Ends a waiver before its day, saying why. */
  @Post('waivers/:id/revoke')
  @HttpCode(200)
  @Allow('waivers:approve')
  async revoke(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { comment }: WaiverDecisionRequest,
  ): Promise<WaiverResponse> {
    await this.service.revoke(actor, id, comment);
    return this.queries.get(actor, id);
  }
}
