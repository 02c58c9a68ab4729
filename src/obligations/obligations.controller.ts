import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../access/actor';
import { Allow, Public } from '../access/allow.decorator';
import { CurrentActor } from '../access/current-actor.decorator';
import { MailLinksService } from '../access/mail-links/mail-links.service';
import { CursorQuery } from '../platform/http/cursor';
import { PathId } from '../platform/http/path-id';
import { CountsAsSignIn } from '../platform/http/rate-limit/rate-limit.guard';
import { MailLinkResponse, OpenMailLinkRequest } from './dto/mail-link.dto';
import { ObligationPage, TransitionPage } from './dto/obligation.response';
import { ObligationsQuery } from './dto/obligations.request';
import { ObligationsQueries } from './obligations.queries';

@ApiTags('obligations')
@Controller()
export class ObligationsController {
  constructor(
    private readonly queries: ObligationsQueries,
    private readonly links: MailLinksService,
  ) {}

  /** Obligations of every system in scope. */
  @Get('obligations')
  @Allow('systems:read')
  list(@CurrentActor() actor: Actor, @Query() query: ObligationsQuery): Promise<ObligationPage> {
    return this.queries.list(actor, query);
  }

  /** Obligations of one system. */
  @Get('systems/:id/obligations')
  @Allow('systems:read')
  ofSystem(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Query() query: ObligationsQuery,
  ): Promise<ObligationPage> {
    return this.queries.ofSystem(actor, id, query);
  }

  /** What a link in a mail opens: one obligation, without a sign-in. */
  @Post('mail-link/open')
  @Public()
  @CountsAsSignIn()
  @HttpCode(200)
  async openLink(@Body() { secret }: OpenMailLinkRequest): Promise<MailLinkResponse> {
    const { actor, obligationId, systemId } = await this.links.open(secret);
    return { locale: actor.locale, obligation: await this.queries.get(actor, systemId, obligationId) };
  }

  /** The changes of state of one obligation, newest first. */
  @Get('obligations/:id/transitions')
  @Allow('systems:read')
  transitions(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Query() query: CursorQuery,
  ): Promise<TransitionPage> {
    return this.queries.transitions(actor, id, query.limit, query.cursor);
  }
}
