import { Body, Controller, Get, HttpCode, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags, IntersectionType, OmitType } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { ExportQuery } from '../../audit/exports/export-query';
import { Exported, ListExport } from '../../audit/exports/list-export';
import { PathId } from '../../platform/http/path-id';
import { CommentReportRequest, MakeReportRequest, ReportsQuery } from './dto/report.request';
import { ReportPage, ReportResponse } from './dto/report.response';
import { reportTables } from './export/report-tables';
import { REPORTS_EXPORT } from './export/reports-export';
import { ReportsQueries } from './reports.queries';
import { ReportsService } from './reports.service';

export class ReportsExportQuery extends IntersectionType(OmitType(ReportsQuery, ['limit', 'cursor']), ExportQuery) {}

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

  /** The reports that the filter shows, as a file. */
  @Get('export')
  @Allow('reports:read')
  @Exported()
  exportList(@CurrentActor() actor: Actor, @Query() query: ReportsExportQuery): Promise<StreamableFile> {
    return this.exports.send(actor, REPORTS_EXPORT, query, (page) => this.queries.list(actor, page));
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

  /** What it says: a workbook with a sheet for each table, a ZIP with a CSV file for each, or JSON whole. */
  @Get(':id/export')
  @Allow('reports:read')
  @Exported({ 'application/zip': { schema: { type: 'string', format: 'binary' } } })
  async export(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Query() { format }: ExportQuery,
  ): Promise<StreamableFile> {
    const report = await this.queries.get(actor, id);
    const { offered: _steps, ...whole } = report;
    return this.exports.sendWhole(
      actor,
      { name: 'report', tables: reportTables(report, actor), whole },
      { format, reportId: id },
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
