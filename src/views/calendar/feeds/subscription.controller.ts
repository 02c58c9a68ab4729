import { Controller, Get, Headers, Ip, Param, Res } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ApiHeader, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../../access/allow.decorator';
import { Problem } from '../../../platform/http/problem';
import { addressKey } from '../../../platform/http/rate-limit/address-key';
import { RateLimits } from '../../../platform/http/rate-limit/rate-limits';
import { FeedReader } from './feed-reader';

const MEDIA_TYPE = 'text/calendar; charset=utf-8';

/** Where calendar programs look. Nobody signs in here: the secret is all that lets one in, and it can do nothing but read this calendar. */
@ApiTags('calendar')
@Public()
@Controller('calendar')
export class SubscriptionController {
  constructor(
    private readonly feeds: FeedReader,
    private readonly modules: ModuleRef,
  ) {}

  /** The calendar at a secret address, as iCalendar; 304 when it is as it was. */
  @Get(':secret.ics')
  @ApiProduces('text/calendar')
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'The ETag of the last answer' })
  @ApiResponse({ status: 200, schema: { type: 'string' } })
  @ApiResponse({ status: 304, description: 'Nothing has changed' })
  async read(
    @Param('secret') secret: string,
    @Headers('if-none-match') known: string | undefined,
    @Ip() ip: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const feedId = await this.feeds.find(secret);
    await (feedId === null
      ? this.limits.admit('secret', addressKey(ip), reply)
      : this.limits.admit('calendar', feedId, reply));
    const feed = feedId === null ? null : await this.feeds.read(feedId);
    if (!feed) throw new Problem(404, 'CALENDAR_FEED_NOT_FOUND');
    void reply.headers({ etag: feed.tag, 'cache-control': 'private, no-cache', 'content-type': MEDIA_TYPE });
    if (!isKnown(known, feed.tag)) return feed.text;
    void reply.status(304);
    return undefined;
  }

  /** Of the HTTP side, which the process of the jobs does not have. */
  private get limits(): RateLimits {
    return this.modules.get(RateLimits, { strict: false });
  }
}

/** Whether the client has these bytes. Proxies that compress an answer mark its tag as weak. */
function isKnown(header: string | undefined, tag: string): boolean {
  return (header ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === tag);
}
