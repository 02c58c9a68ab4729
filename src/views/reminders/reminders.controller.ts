import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { RemindersQuery } from './dto/reminders.request';
import { ReminderPage } from './dto/reminders.response';
import { RemindersQueries } from './reminders.queries';

@ApiTags('reminders')
@Controller()
export class RemindersController {
  constructor(private readonly queries: RemindersQueries) {}

  /** The ledger of reminders of the systems in scope. */
  @Get('reminders')
  @Allow('reminders:read')
  list(@CurrentActor() actor: Actor, @Query() query: RemindersQuery): Promise<ReminderPage> {
    return this.queries.list(actor, query);
  }
}
