import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CountsAsSignIn } from '../../platform/http/rate-limit/rate-limit.guard';
import { Public } from '../allow.decorator';
import { callerOf } from '../sessions/caller';
import { SessionCookie, sessionTokenOf } from '../sessions/session-cookie';
import { SessionsService } from '../sessions/sessions.service';
import { MeResponse, SignInHintsResponse } from './dto/me.response';
import { SignInRequest } from './dto/sign-in.request';
import { MeQueries } from './me.queries';
import { SignInService } from './sign-in.service';

@ApiTags('session')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly signIns: SignInService,
    private readonly sessions: SessionsService,
    private readonly queries: MeQueries,
    private readonly cookie: SessionCookie,
  ) {}

  /** Signs in and sets the session cookie. */
  @Public()
  @CountsAsSignIn()
  @Post('login')
  @HttpCode(200)
  async login(
    @Body() { email, password }: SignInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeResponse> {
    const token = await this.signIns.signIn(email, password, callerOf(request), sessionTokenOf(request));
    this.cookie.set(reply, token);
    return this.queries.me((await this.sessions.actorOf(token, request.id))?.userId ?? '');
  }

  /** Ends the session. */
  @Public()
  @Post('logout')
  @HttpCode(204)
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const token = sessionTokenOf(request);
    if (token) await this.signIns.signOut(token, callerOf(request));
    this.cookie.clear(reply);
  }

  /** The demo accounts, while there is demo data. */
  @Public()
  @Get('hints')
  hints(): Promise<SignInHintsResponse> {
    return this.queries.hints();
  }
}
