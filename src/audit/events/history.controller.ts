import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { PathId } from '../../platform/http/path-id';
import { AuditEventsQueries } from './audit-events.queries';
import { HistoryQuery } from './dto/audit-events.request';
import { HistoryPage } from './dto/audit-events.response';

@ApiTags('audit')
@Controller('systems/:id/history')
export class HistoryController {
  constructor(private readonly queries: AuditEventsQueries) {}

  /** What was done to a system and to its proofs, procedures, backup requirements, drills and improvement items, for everybody who may see it. The newest first. */
  @Get()
  @Allow('systems:read')
  ofSystem(
    @CurrentActor() actor: Actor,
    @PathId() systemId: string,
    @Query() query: HistoryQuery,
  ): Promise<HistoryPage> {
    return this.queries.history(actor, systemId, query);
  }
}
