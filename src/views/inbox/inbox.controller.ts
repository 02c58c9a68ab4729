import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { SignedIn } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { PathId } from '../../platform/http/path-id';
import { parseInstant } from '../../platform/http/validators';
import { InboxQuery, ReadAllRequest } from './dto/inbox.request';
import { InboxPage, UnreadResponse } from './dto/inbox.response';
import { InboxQueries } from './inbox.queries';
import { InboxService } from './inbox.service';

@ApiTags('inbox')
@SignedIn()
@Controller('me/inbox')
export class InboxController {
  constructor(
    private readonly service: InboxService,
    private readonly queries: InboxQueries,
  ) {}

  /** What one was told, and is to be told with the next digest. */
  @Get()
  list(@CurrentActor() actor: Actor, @Query() query: InboxQuery): Promise<InboxPage> {
    return this.queries.list(actor, query);
  }

  /** How much of it has not been read. */
  @Get('unread')
  async unread(@CurrentActor() actor: Actor): Promise<UnreadResponse> {
    return { unread: await this.queries.unread(actor) };
  }

  /** Marks everything that was seen as read. */
  @Post('read')
  @HttpCode(200)
  async readAll(@CurrentActor() actor: Actor, @Body() { through }: ReadAllRequest): Promise<UnreadResponse> {
    await this.service.readAll(actor, parseInstant(through));
    return this.unread(actor);
  }

  /** Marks one entry as read. */
  @Post(':id/read')
  @HttpCode(200)
  async read(@CurrentActor() actor: Actor, @PathId() id: string): Promise<UnreadResponse> {
    await this.service.read(actor, id);
    return this.unread(actor);
  }
}
