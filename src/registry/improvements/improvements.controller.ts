import { Body, Controller, Get, HttpCode, Patch, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { Exported, ListExport } from '../../audit/exports/list-export';
import { ETag, IfMatch } from '../../platform/http/etag';
import { PathId } from '../../platform/http/path-id';
import {
  CancelImprovementRequest,
  CloseImprovementRequest,
  ImprovementsExportQuery,
  ImprovementsQuery,
  PatchImprovementRequest,
  ProgressRequest,
  RaiseImprovementRequest,
  SplitRequest,
} from './dto/improvement.request';
import { ImprovementDetailResponse, ImprovementPage } from './dto/improvement.response';
import { ImprovementDecisionsService } from './improvement-decisions.service';
import { ImprovementDetailsQueries } from './improvement-details.queries';
import { IMPROVEMENTS_EXPORT } from './improvements-export';
import { ImprovementsQueries } from './improvements.queries';
import { ImprovementsService } from './improvements.service';

@ApiTags('improvements')
@Controller('improvements')
export class ImprovementsController {
  constructor(
    private readonly service: ImprovementsService,
    private readonly decisions: ImprovementDecisionsService,
    private readonly lists: ImprovementsQueries,
    private readonly details: ImprovementDetailsQueries,
    private readonly exports: ListExport,
  ) {}

  /** The improvement items, the one due first first. */
  @Get()
  @Allow('systems:read')
  list(@CurrentActor() actor: Actor, @Query() query: ImprovementsQuery): Promise<ImprovementPage> {
    return this.lists.list(actor, query);
  }

  /** The items that the filter shows, as a file. */
  @Get('export')
  @Allow('systems:read')
  @Exported()
  export(@CurrentActor() actor: Actor, @Query() query: ImprovementsExportQuery): Promise<StreamableFile> {
    return this.exports.send(actor, IMPROVEMENTS_EXPORT, query, (page) => this.lists.list(actor, page));
  }

  /** Raises an item about a system, or of an organisation for itself. */
  @Post()
  @Allow('improvements:write')
  @ETag()
  async raise(@CurrentActor() actor: Actor, @Body() body: RaiseImprovementRequest): Promise<ImprovementDetailResponse> {
    return this.details.get(actor, await this.service.raise(actor, body));
  }

  @Get(':id')
  @Allow('systems:read')
  @ETag()
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<ImprovementDetailResponse> {
    return this.details.get(actor, id);
  }

  /** Changes an open item. */
  @Patch(':id')
  @Allow('improvements:write')
  @ETag()
  async edit(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @IfMatch() version: number,
    @Body() body: PatchImprovementRequest,
  ): Promise<ImprovementDetailResponse> {
    await this.service.edit(actor, id, version, body);
    return this.details.get(actor, id);
  }

  /** Adds a report to its log. */
  @Post(':id/progress')
  @HttpCode(200)
  @Allow('improvements:write')
  async report(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() body: ProgressRequest,
  ): Promise<ImprovementDetailResponse> {
    await this.service.report(actor, id, body);
    return this.details.get(actor, id);
  }

  /** Gives organisations below a part of it each. */
  @Post(':id/split')
  @HttpCode(200)
  @Allow('improvements:close')
  async split(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { parts }: SplitRequest,
  ): Promise<ImprovementDetailResponse> {
    await this.decisions.split(actor, id, parts);
    return this.details.get(actor, id);
  }

  /** Closes it on a proof; never one's own work. */
  @Post(':id/close')
  @HttpCode(200)
  @Allow('improvements:close')
  async close(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() body: CloseImprovementRequest,
  ): Promise<ImprovementDetailResponse> {
    await this.decisions.close(actor, id, body);
    return this.details.get(actor, id);
  }

  /** Ends it undone, saying why; never one's own work. */
  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('improvements:close')
  async cancel(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { reason }: CancelImprovementRequest,
  ): Promise<ImprovementDetailResponse> {
    await this.decisions.cancel(actor, id, reason);
    return this.details.get(actor, id);
  }
}
