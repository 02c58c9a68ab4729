import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CountsAsSignIn } from '../../../platform/http/rate-limit/rate-limit.guard';
import { Public } from '../../allow.decorator';
import { callerOf } from '../../sessions/caller';
import { SessionCookie, sessionTokenOf } from '../../sessions/session-cookie';
import { SignInStateResponse } from '../dto/factors.dto';
import { SecondFactorService } from '../second-factor.service';
import { PasskeyProofRequest, WEB_AUTHN_OPTIONS } from './dto/passkey.dto';
import { PasskeySignInService } from './passkey-sign-in.service';
import { Passkeys } from './passkeys';

@ApiTags('session')
@Public()
@CountsAsSignIn()
@Controller('auth/passkey')
export class PasskeySignInController {
  constructor(
    private readonly signIns: PasskeySignInService,
    private readonly passkeys: Passkeys,
    private readonly secondFactors: SecondFactorService,
    private readonly cookie: SessionCookie,
  ) {}

  /** What the browser asks for a passkey with, of whomever: the same for everybody. */
  @Post('options')
  @HttpCode(200)
  @ApiOkResponse(WEB_AUTHN_OPTIONS)
  options(): Promise<object> {
    return this.passkeys.requestOptions('SIGN_IN');
  }

  /** Signs in with a passkey alone and sets the session cookie. */
  @Post()
  @HttpCode(200)
  async signIn(
    @Body() { credential }: PasskeyProofRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInStateResponse> {
    const token = await this.signIns.signIn(credential, callerOf(request), sessionTokenOf(request));
    this.cookie.set(reply, token);
    return this.secondFactors.stateOf(token);
  }
}
