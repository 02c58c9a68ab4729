import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../access/actor';
import { SignedIn } from '../../../access/allow.decorator';
import { CurrentActor } from '../../../access/current-actor.decorator';
import { Config } from '../../../platform/config/config';
import { publicAddress } from '../../../platform/config/public-address';
import { AnswersSecret } from '../../../platform/http/idempotency/answers-secret.decorator';
import { PathId } from '../../../platform/http/path-id';
import { CalendarFeedsService } from './calendar-feeds.service';
import {
  CalendarFeedListResponse,
  CalendarFeedRequest,
  type CalendarFeedResponse,
  IssuedCalendarFeedResponse,
} from './dto/calendar-feed.dto';

@ApiTags('calendar')
@SignedIn()
@Controller('calendar-feeds')
export class CalendarFeedsController {
  constructor(
    private readonly service: CalendarFeedsService,
    private readonly config: Config,
  ) {}

  /** One's own calendars for programs to subscribe to, and those of organisations whose channels one manages. */
  @Get()
  async list(@CurrentActor() actor: Actor): Promise<CalendarFeedListResponse> {
    return { items: await this.service.list(actor) };
  }

  /** Makes a calendar, of one's own or of an organisation. Its address is in this answer and in no other. */
  @Post()
  @AnswersSecret()
  async create(
    @CurrentActor() actor: Actor,
    @Body() { organisationId, locale }: CalendarFeedRequest,
  ): Promise<IssuedCalendarFeedResponse> {
    return this.issued(await this.service.create(actor, organisationId ?? null, locale ?? actor.locale));
  }

  /** Gives a calendar a new address; the present one ends at once. */
  @Post(':id/rotate')
  @AnswersSecret()
  async rotate(@CurrentActor() actor: Actor, @PathId() id: string): Promise<IssuedCalendarFeedResponse> {
    return this.issued(await this.service.rotate(actor, id));
  }

  /** Ends a calendar at once. */
  @Delete(':id')
  @HttpCode(204)
  async revoke(@CurrentActor() actor: Actor, @PathId() id: string): Promise<void> {
    await this.service.revoke(actor, id);
  }

  private issued({ feed, secret }: { feed: CalendarFeedResponse; secret: string }): IssuedCalendarFeedResponse {
    return { ...feed, url: `${publicAddress(this.config)}/api/v1/calendar/${secret}.ics` };
  }
}
