import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../access/actor';
import { SignedIn } from '../../../access/allow.decorator';
import { CurrentActor } from '../../../access/current-actor.decorator';
import { CursorQuery } from '../../../platform/http/cursor';
import { PathId } from '../../../platform/http/path-id';
import { ReminderPage } from '../dto/reminders.response';
import { RemindersQueries } from '../reminders.queries';
import { AcknowledgementsService } from './acknowledgements.service';
import { AcknowledgedResponse } from './dto/acknowledged.response';

@ApiTags('reminders')
@SignedIn()
@Controller()
export class AcknowledgementsController {
  constructor(
    private readonly service: AcknowledgementsService,
    private readonly queries: RemindersQueries,
  ) {}

  /** The escalations to oneself that are open and not yet acknowledged. */
  @Get('me/escalations')
  waiting(@CurrentActor() actor: Actor, @Query() query: CursorQuery): Promise<ReminderPage> {
    return this.queries.waiting(actor, query);
  }

  /** Says that one knows of an escalation. It proves nothing, and those that follow still come. */
  @Post('reminders/:id/acknowledge')
  @HttpCode(200)
  acknowledge(@CurrentActor() actor: Actor, @PathId() id: string): Promise<AcknowledgedResponse> {
    return this.service.acknowledge(actor, id);
  }
}
