import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../platform/config/config';
import { Public } from '../allow.decorator';
import { MeResponse, SignInHintsResponse } from './dto/me.response';
import { SignInRequest } from './dto/sign-in.request';
import { MeQueries } from './me.queries';
import { LONGEST_SESSION_MS, SESSION_COOKIE, SessionsService } from './sessions.service';
import { callerOf, SignInService } from './sign-in.service';

@ApiTags('session')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: SessionsService,
    private readonly queries: MeQueries,
    private readonly config: Config,
  ) {}

  /** Signs in and sets the session cookie. */
  @Public()
  @Post('login')
  @HttpCode(200)
  async login(
    @Body() { email, password }: SignInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeResponse> {
    const token = await this.signIns.signIn(email, password, callerOf(request), request.cookies[SESSION_COOKIE]);
    void reply.setCookie(SESSION_COOKIE, token, { ...this.cookie(), maxAge: LONGEST_SESSION_MS / 1000 });
    return this.queries.me((await this.sessions.actorOf(token, request.id))?.userId ?? '');
  }

  /** Ends the session. */
  @Public()
  @Post('logout')
  @HttpCode(204)
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const token = request.cookies[SESSION_COOKIE];
    if (token) await this.signIns.signOut(token, callerOf(request));
    void reply.clearCookie(SESSION_COOKIE, this.cookie());
  }

  /** The demo accounts, while there is demo data. */
  @Public()
  @Get('hints')
  hints(): Promise<SignInHintsResponse> {
    return this.queries.hints();
  }

  private cookie() {
    const secure = this.config.PUBLIC_URL?.startsWith('https:') ?? false;
    return { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  }
}
