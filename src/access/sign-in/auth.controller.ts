import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CountsAsSignIn } from '../../platform/http/rate-limit/rate-limit.guard';
import { Public } from '../allow.decorator';
import { SignInStateResponse } from '../factors/dto/factors.dto';
import { SecondFactorService } from '../factors/second-factor.service';
import { callerOf } from '../sessions/caller';
import { SessionCookie, sessionTokenOf } from '../sessions/session-cookie';
import { SignInHintsResponse } from './dto/me.response';
import { SignInRequest } from './dto/sign-in.request';
import { MeQueries } from './me.queries';
import { SignInService } from './sign-in.service';

@ApiTags('session')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly signIns: SignInService,
    private readonly secondFactors: SecondFactorService,
    private readonly queries: MeQueries,
    private readonly cookie: SessionCookie,
  ) {}

  /** Signs in and sets the session cookie; who has a second factor shows it next. */
  @Public()
  @CountsAsSignIn()
  @Post('login')
  @HttpCode(200)
  async login(
    @Body() credentials: SignInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInStateResponse> {
    const token = await this.signIns.signIn(credentials, callerOf(request), sessionTokenOf(request));
    this.cookie.set(reply, token);
    return this.secondFactors.stateOf(token);
  }

  /** How far this browser's sign-in has come. */
  @Public()
  @Get('sign-in')
  state(@Req() request: FastifyRequest): Promise<SignInStateResponse> {
    return this.secondFactors.stateOf(sessionTokenOf(request));
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
