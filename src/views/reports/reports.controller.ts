import { Body, Controller, Get, HttpCode, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { ExportQuery } from '../../audit/exports/export-query';
import { Exported, ListExport } from '../../audit/exports/list-export';
import { PathId } from '../../platform/http/path-id';
import { CommentReportRequest, MakeReportRequest, ReportsQuery } from './dto/report.request';
import { ReportPage, ReportResponse } from './dto/report.response';
import { REPORT_EXPORT } from './export/report-export';
import { linesOf } from './export/report-lines';
import { ReportsQueries } from './reports.queries';
import { ReportsService } from './reports.service';

/** Reports to the CISO: frozen, one for an organisation and a period, in versions. */
@ApiTags('reports')
@Controller('reports')
export class ReportsController {
  constructor(
    private readonly service: ReportsService,
    private readonly queries: ReportsQueries,
    private readonly exports: ListExport,
  ) {}

  /** The reports, newest first, without what they say. */
  @Get()
  @Allow('reports:read')
  list(@CurrentActor() actor: Actor, @Query() query: ReportsQuery): Promise<ReportPage> {
    return this.queries.list(actor, query);
  }

  /** Asks for a report on a period, also on one that still runs; it is made in the background. */
  @Post()
  @HttpCode(202)
  @Allow('reports:write')
  async ask(@CurrentActor() actor: Actor, @Body() body: MakeReportRequest): Promise<ReportResponse> {
    return this.queries.get(actor, await this.service.ask(actor, body));
  }

  /** Progress of a report, and what it says once it is made. */
  @Get(':id')
  @Allow('reports:read')
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<ReportResponse> {
    return this.queries.get(actor, id);
  }

  /** What it says as one table. */
  @Get(':id/export')
  @Allow('reports:read')
  @Exported()
  async export(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Query() { format }: ExportQuery,
  ): Promise<StreamableFile> {
    const items = linesOf(await this.queries.get(actor, id), actor);
    return this.exports.send(actor, REPORT_EXPORT, { format, reportId: id }, () =>
      Promise.resolve({ items, nextCursor: null }),
    );
  }

  /** Says something about it. */
  @Post(':id/comments')
  @HttpCode(200)
  @Allow('reports:write')
  async comment(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { text }: CommentReportRequest,
  ): Promise<ReportResponse> {
    await this.service.comment(actor, id, text);
    return this.queries.get(actor, id);
  }

  /** Hands it to the CISO. */
  @Post(':id/submit')
  @HttpCode(200)
  @Allow('reports:write')
  async submit(@CurrentActor() actor: Actor, @PathId() id: string): Promise<ReportResponse> {
    await this.service.submit(actor, id);
    return this.queries.get(actor, id);
  }

  /** Takes note of it, for the CISO. */
  @Post(':id/acknowledge')
  @HttpCode(200)
  @Allow('reports:acknowledge')
  async acknowledge(@CurrentActor() actor: Actor, @PathId() id: string): Promise<ReportResponse> {
    await this.service.acknowledge(actor, id);
    return this.queries.get(actor, id);
  }
}
