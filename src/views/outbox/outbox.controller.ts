import { Controller, Get, Header, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { SightLog } from '../../audit/sight-log';
import { PathId } from '../../platform/http/path-id';
import { OutboxQuery } from './dto/outbox.request';
import { MailPage, MailTextResponse } from './dto/outbox.response';
import { mailPolicy } from './mail-policy';
import { OutboxService } from './outbox.service';

@ApiTags('outbox')
@Controller()
export class OutboxController {
  constructor(
    private readonly outbox: OutboxService,
    private readonly sights: SightLog,
  ) {}

  /** Mails sent, waiting, kept or failed. */
  @Get('outbox')
  @Allow('outbox:read')
  mails(@CurrentActor() actor: Actor, @Query() query: OutboxQuery): Promise<MailPage> {
    return this.outbox.list(actor, query);
  }

  /** One mail with its text. */
  @Get('outbox/:id')
  @Allow('outbox:read')
  async mail(@CurrentActor() actor: Actor, @PathId() id: string): Promise<MailTextResponse> {
    const mail = await this.outbox.get(actor, id);
    await this.sights.seen(actor, { action: 'mail.viewed', recordType: 'mail', recordId: id });
    return mail;
  }

  /** The HTML of one mail, for a sandboxed frame. */
  @Get('outbox/:id/html')
  @Allow('outbox:read')
  @ApiProduces('text/html')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('x-frame-options', 'SAMEORIGIN')
  async html(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const html = await this.outbox.html(actor, id);
    void reply.header('content-security-policy', mailPolicy(html));
    await this.sights.seen(actor, { action: 'mail.viewed', recordType: 'mail', recordId: id });
    return html;
  }

  /** Tries a failed mail again. */
  @Post('outbox/:id/retry')
  @HttpCode(200)
  @Allow('outbox:read')
  retry(@CurrentActor() actor: Actor, @PathId() id: string): Promise<MailTextResponse> {
    return this.outbox.retry(actor, id);
  }
}
