import { Body, Controller, Get, Header, HttpCode, Logger, Post, Query, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiFoundResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../platform/config/config';
import { problemOf } from '../../platform/http/problem-of';
import { CountsAsSignIn } from '../../platform/http/rate-limit/rate-limit.guard';
import type { Actor } from '../actor';
import { InEveryState, Public, SignedIn } from '../allow.decorator';
import { CurrentActor } from '../current-actor.decorator';
import { callerOf } from '../sessions/caller';
import { SessionCookie, sessionTokenOf } from '../sessions/session-cookie';
import { SignInService } from '../sign-in/sign-in.service';
import { BackchannelLogoutRequest, OidcLogoutResponse, OidcStartQuery } from './dto/oidc.dto';
import { OidcLogoutService } from './logout/oidc-logout.service';
import { ATTEMPT_MS, OidcSignInService } from './oidc-sign-in.service';

const ATTEMPT_COOKIE = 'sonae_oidc';
/** Only a page of ours is gone to after the sign-in, never another site's. */
const OWN_PAGE = /^\/(?![/\\])[\x21-\x7e]*$/;

@ApiTags('oidc')
@Controller('auth/oidc')
export class OidcController {
  private readonly logger = new Logger(OidcController.name);

  constructor(
    private readonly signIns: OidcSignInService,
    private readonly logouts: OidcLogoutService,
    private readonly localSignIns: SignInService,
    private readonly cookie: SessionCookie,
    private readonly config: Config,
  ) {}

  /** Sends the browser to the office's provider. */
  @Public()
  @CountsAsSignIn()
  @Get('start')
  @ApiFoundResponse({ description: 'The provider, or the sign-in page with what went wrong' })
  async start(
    @Query() { return: page = '/' }: OidcStartQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.answering(request, reply, async () => {
      const { key, url } = await this.signIns.start(OWN_PAGE.test(page) ? page : '/');
      void reply.setCookie(ATTEMPT_COOKIE, key, { ...this.manners(), maxAge: ATTEMPT_MS / 1000 });
      return url;
    });
  }

  /** Where the provider sends the browser back to. */
  @Public()
  @CountsAsSignIn()
  @Get('callback')
  @ApiFoundResponse({ description: 'A page of Sonae, or the sign-in page with what went wrong' })
  async callback(
    @Query() _answer: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.answering(request, reply, async () => {
      const query = request.url.split('?', 2)[1] ?? '';
      void reply.clearCookie(ATTEMPT_COOKIE, this.manners());
      const key = request.cookies[ATTEMPT_COOKIE];
      const { token, returnTo } = await this.signIns.finish(key, query, callerOf(request), sessionTokenOf(request));
      this.cookie.set(reply, token);
      return returnTo;
    });
  }

  /** Ends the session, and tells where to sign out at the provider too. */
  @SignedIn()
  @InEveryState()
  @Post('logout')
  @HttpCode(200)
  async logout(
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OidcLogoutResponse> {
    // Whoever wants to leave leaves, also while the provider cannot be reached.
    const redirectUrl = await this.logouts.pageFor(actor).catch((error: unknown) => {
      this.logger.warn(error);
      return null;
    });
    await this.localSignIns.signOut(sessionTokenOf(request) ?? '', callerOf(request));
    this.cookie.clear(reply);
    return { redirectUrl };
  }

  /** For the provider: ends the sessions that its logout token names. */
  @Public()
  @Post('backchannel-logout')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiConsumes('application/x-www-form-urlencoded')
  async backchannelLogout(@Body() { logout_token: token }: BackchannelLogoutRequest): Promise<void> {
    await this.logouts.endByProvider(token);
  }

  /** A browser is on its way, so a refusal is shown to it by the sign-in page and not as JSON. */
  private async answering(request: FastifyRequest, reply: FastifyReply, next: () => Promise<string>): Promise<void> {
    const goTo = await next().catch((error: unknown) => {
      const problem = problemOf(error);
      if (problem.status >= 500) this.logger.error(problem.cause ?? error);
      return `/sign-in?${new URLSearchParams({ problem: problem.code }).toString()}`;
    });
    await reply.redirect(goTo, 302);
  }

  private manners() {
    const secure = this.config.PUBLIC_URL?.startsWith('https:') ?? false;
    return { path: '/api/v1/auth/oidc', httpOnly: true, sameSite: 'lax', secure } as const;
  }
}
