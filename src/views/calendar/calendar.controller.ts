import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { CalendarQueries } from './calendar.queries';
import { CalendarQuery } from './dto/calendar.request';
import { CalendarResponse } from './dto/calendar.response';

@ApiTags('calendar')
@Controller('calendar')
export class CalendarController {
  constructor(private readonly queries: CalendarQueries) {}

  /** What falls due, is drilled or ends on the days of a span. */
  @Get()
  @Allow('systems:read')
  between(@CurrentActor() actor: Actor, @Query() query: CalendarQuery): Promise<CalendarResponse> {
    return this.queries.between(actor, query);
  }
}
