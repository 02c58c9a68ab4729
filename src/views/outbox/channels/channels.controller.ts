import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../access/actor';
import { Allow } from '../../../access/allow.decorator';
import { CurrentActor } from '../../../access/current-actor.decorator';
import { ETag, IfMatch } from '../../../platform/http/etag';
import { AnswersSecret } from '../../../platform/http/idempotency/answers-secret.decorator';
import { PathId } from '../../../platform/http/path-id';
import { ChannelMessagesService } from './channel-messages.service';
import { ChannelsService } from './channels.service';
import { ChannelMessagesQuery, ChannelRequest, PatchChannelRequest, RotateChannelRequest } from './dto/channel.request';
import {
  ChannelListResponse,
  ChannelMessagePage,
  ChannelMessageResponse,
  ChannelResponse,
  ChannelTestResponse,
  IssuedChannelResponse,
} from './dto/channel.response';

/** Where organisations are told, beside the mails to people. */
@ApiTags('outbox')
@Controller()
export class ChannelsController {
  constructor(
    private readonly channels: ChannelsService,
    private readonly messages: ChannelMessagesService,
  ) {}

  /** The channels of the organisations that the caller administers. */
  @Get('channels')
  @Allow('channels:write')
  async list(@CurrentActor() actor: Actor): Promise<ChannelListResponse> {
    return { items: await this.channels.list(actor) };
  }

  /** Makes a channel. The secret that signs is in this answer and in no other. */
  @Post('channels')
  @Allow('channels:write')
  @AnswersSecret()
  async create(@CurrentActor() actor: Actor, @Body() body: ChannelRequest): Promise<IssuedChannelResponse> {
    const { id, secret } = await this.channels.create(actor, body);
    return { ...(await this.channels.get(actor, id)), secret };
  }

  @Get('channels/:id')
  @Allow('channels:write')
  @ETag()
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<ChannelResponse> {
    return this.channels.get(actor, id);
  }

  /** Changes a channel, pauses it or lets it go on. */
  @Patch('channels/:id')
  @Allow('channels:write')
  @ETag()
  async edit(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @IfMatch() version: number,
    @Body() body: PatchChannelRequest,
  ): Promise<ChannelResponse> {
    await this.channels.edit(actor, id, version, body);
    return this.channels.get(actor, id);
  }

  /** Gives a webhook a new secret; the present one signs too for a while. */
  @Post('channels/:id/rotate')
  @HttpCode(200)
  @Allow('channels:write')
  @AnswersSecret()
  async rotate(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { graceHours }: RotateChannelRequest,
  ): Promise<IssuedChannelResponse> {
    const secret = await this.channels.rotate(actor, id, graceHours);
    return { ...(await this.channels.get(actor, id)), secret };
  }

  /** Sends a test and says what came of it. */
  @Post('channels/:id/test')
  @HttpCode(200)
  @Allow('channels:write')
  test(@CurrentActor() actor: Actor, @PathId() id: string): Promise<ChannelTestResponse> {
    return this.channels.test(actor, id);
  }

  /** Ends a channel; what it was told stays on record. */
  @Post('channels/:id/end')
  @HttpCode(200)
  @Allow('channels:write')
  async end(@CurrentActor() actor: Actor, @PathId() id: string): Promise<ChannelResponse> {
    await this.channels.end(actor, id);
    return this.channels.get(actor, id);
  }

  /** What channels were told, what waits and what failed. */
  @Get('channel-messages')
  @Allow('outbox:read')
  sent(@CurrentActor() actor: Actor, @Query() query: ChannelMessagesQuery): Promise<ChannelMessagePage> {
    return this.messages.list(actor, query);
  }

  /** Tries a failed message again. */
  @Post('channel-messages/:id/retry')
  @HttpCode(200)
  @Allow('outbox:read')
  retry(@CurrentActor() actor: Actor, @PathId() id: string): Promise<ChannelMessageResponse> {
    return this.messages.retry(actor, id);
  }
}
