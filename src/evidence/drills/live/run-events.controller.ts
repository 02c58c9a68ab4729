import { type BeforeApplicationShutdown, Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../../access/actor';
import { Allow } from '../../../access/allow.decorator';
import { CurrentActor } from '../../../access/current-actor.decorator';
import { PathId } from '../../../platform/http/path-id';
import { DrillRunsQueries } from '../runs/drill-runs.queries';
import { RunEventsQuery } from '../runs/dto/drill-run.request';
import { RunEventPage } from '../runs/dto/drill-run.response';
import { EventStream } from './event-stream';
import { RunFeed } from './run-feed';

@ApiTags('drills')
@Controller()
export class RunEventsController implements BeforeApplicationShutdown {
  private readonly streams = new Set<EventStream>();

  constructor(
    private readonly queries: DrillRunsQueries,
    private readonly feed: RunFeed,
  ) {}

  /**
   * What happened in a run, from the beginning. Who accepts `text/event-stream` gets it as it happens, each event with its number as its id, and
   * goes on after the one named in `Last-Event-ID`.
   */
  @Get('drill-runs/:id/events')
  @Allow('systems:read')
  @ApiOkResponse({ type: RunEventPage })
  async events(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Query() query: RunEventsQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!/\btext\/event-stream\b/.test(request.headers.accept ?? '')) {
      await reply.send(await this.queries.events(actor, id, query));
      return;
    }
    await this.queries.requireVisible(actor, id);
    const stream = new EventStream(reply);
    this.streams.add(stream);
    stream.onEnd(() => this.streams.delete(stream));
    stream.onEnd(this.feed.follow(id, lastEventOf(request), (event) => stream.send(event)));
  }

  /** A stop waits for no browser: it comes again, to another process. */
  beforeApplicationShutdown(): void {
    for (const stream of [...this.streams]) stream.end();
  }
}

function lastEventOf({ headers }: FastifyRequest): number {
  const named = headers['last-event-id'];
  return typeof named === 'string' && /^\d{1,9}$/.test(named) ? Number(named) : 0;
}
