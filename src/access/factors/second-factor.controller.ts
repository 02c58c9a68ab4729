import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CountsAsSignIn } from '../../platform/http/rate-limit/rate-limit.guard';
import type { Actor } from '../actor';
import { AwaitingFactor } from '../allow.decorator';
import { CurrentActor } from '../current-actor.decorator';
import { callerOf } from '../sessions/caller';
import { SessionCookie } from '../sessions/session-cookie';
import { CodeRequest, SignInStateResponse } from './dto/factors.dto';
import { PasskeyProofRequest, WEB_AUTHN_OPTIONS } from './passkeys/dto/passkey.dto';
import { SecondFactorService } from './second-factor.service';

@ApiTags('session')
@AwaitingFactor()
@CountsAsSignIn()
@Controller('auth/second-factor')
export class SecondFactorController {
  constructor(
    private readonly service: SecondFactorService,
    private readonly cookie: SessionCookie,
  ) {}

  /** Ends the sign-in with a one-time code. */
  @Post('totp')
  @HttpCode(200)
  async totp(
    @CurrentActor() actor: Actor,
    @Body() { code }: CodeRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInStateResponse> {
    return this.passed(reply, await this.service.passByCode(actor, 'TOTP', code, callerOf(request)));
  }

  /** Ends the sign-in with a recovery code, which is used up. */
  @Post('recovery-code')
  @HttpCode(200)
  async recoveryCode(
    @CurrentActor() actor: Actor,
    @Body() { code }: CodeRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInStateResponse> {
    return this.passed(reply, await this.service.passByCode(actor, 'RECOVERY_CODE', code, callerOf(request)));
  }

  /** What the browser asks for one of the person's passkeys with. */
  @Post('passkey/options')
  @HttpCode(200)
  @ApiOkResponse(WEB_AUTHN_OPTIONS)
  passkeyOptions(@CurrentActor() actor: Actor): Promise<object> {
    return this.service.passkeyOptions(actor);
  }

  /** Ends the sign-in with a passkey. */
  @Post('passkey')
  @HttpCode(200)
  async passkey(
    @CurrentActor() actor: Actor,
    @Body() { credential }: PasskeyProofRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInStateResponse> {
    return this.passed(reply, await this.service.passByPasskey(actor, credential, callerOf(request)));
  }

  private passed(reply: FastifyReply, token: string): Promise<SignInStateResponse> {
    this.cookie.set(reply, token);
    return this.service.stateOf(token);
  }
}
