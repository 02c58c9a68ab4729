import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { Exported, ListExport } from '../../audit/exports/list-export';
import { CursorQuery } from '../../platform/http/cursor';
import { PathId } from '../../platform/http/path-id';
import { RemindersExportQuery, RemindersQuery } from './dto/reminders.request';
import { ReminderPage } from './dto/reminders.response';
import { REMINDERS_EXPORT } from './reminders-export';
import { RemindersQueries } from './reminders.queries';

@ApiTags('reminders')
@Controller()
export class RemindersController {
  constructor(
    private readonly queries: RemindersQueries,
    private readonly exports: ListExport,
  ) {}

  /** The ledger of reminders of the systems in scope. */
  @Get('reminders')
  @Allow('reminders:read')
  list(@CurrentActor() actor: Actor, @Query() query: RemindersQuery): Promise<ReminderPage> {
    return this.queries.list(actor, query);
  }

  /** Who was reminded of one obligation, and which escalations have been acknowledged. */
  @Get('obligations/:id/reminders')
  @Allow('systems:read')
  ofObligation(@CurrentActor() actor: Actor, @PathId() id: string, @Query() query: CursorQuery): Promise<ReminderPage> {
    return this.queries.ofObligation(actor, id, query);
  }

  /** The reminders that the filter shows, as a file. */
  @Get('reminders/export')
  @Allow('reminders:read')
  @Exported()
  export(@CurrentActor() actor: Actor, @Query() query: RemindersExportQuery): Promise<StreamableFile> {
    return this.exports.send(actor, REMINDERS_EXPORT, query, (page) => this.queries.list(actor, page));
  }
}
