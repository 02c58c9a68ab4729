import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags, IntersectionType, OmitType } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { ExportQuery } from '../../audit/exports/export-query';
import { Exported, ListExport } from '../../audit/exports/list-export';
import { ObligationsQuery } from '../../obligations/dto/obligations.request';
import { ObligationsQueries } from '../../obligations/obligations.queries';
import { OBLIGATIONS_EXPORT } from './obligations-export';

export class ObligationsExportQuery extends IntersectionType(
  OmitType(ObligationsQuery, ['limit', 'cursor']),
  ExportQuery,
) {}

@ApiTags('obligations')
@Controller('obligations')
export class ObligationsExportController {
  constructor(
    private readonly queries: ObligationsQueries,
    private readonly exports: ListExport,
  ) {}

  /** The obligations that the filter shows, as a file. */
  @Get('export')
  @Allow('systems:read')
  @Exported()
  export(@CurrentActor() actor: Actor, @Query() query: ObligationsExportQuery): Promise<StreamableFile> {
    return this.exports.send(actor, OBLIGATIONS_EXPORT, query, (page) => this.queries.list(actor, page));
  }
}
