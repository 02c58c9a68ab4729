import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnswersSecret } from '../../platform/http/idempotency/answers-secret.decorator';
import { CountsAsSignIn } from '../../platform/http/rate-limit/rate-limit.guard';
import type { Actor } from '../actor';
import { BeforeEnrolment, SignedIn } from '../allow.decorator';
import { CurrentActor } from '../current-actor.decorator';
import { callerOf } from '../sessions/caller';
import { SessionCookie } from '../sessions/session-cookie';
import { ConfirmationService } from './confirmation.service';
import {
  BegunTotpResponse,
  CodeRequest,
  ConfirmationRequest,
  FactorsResponse,
  FirstFactorResponse,
  NewRecoveryCodesResponse,
} from './dto/factors.dto';
import { FactorsQueries } from './factors.queries';
import { FactorsService } from './factors.service';

@ApiTags('session')
@SignedIn()
@BeforeEnrolment()
@Controller('me')
export class FactorsController {
  constructor(
    private readonly service: FactorsService,
    private readonly queries: FactorsQueries,
    private readonly confirmations: ConfirmationService,
    private readonly cookie: SessionCookie,
  ) {}

  /** One's own second factors. */
  @Get('factors')
  list(@CurrentActor() { userId }: Actor): Promise<FactorsResponse> {
    return this.queries.of(userId);
  }

  /** Proves anew who one is: factors can be changed for 15 minutes. */
  @Post('confirmation')
  @CountsAsSignIn()
  @HttpCode(204)
  confirm(
    @CurrentActor() actor: Actor,
    @Body() proof: ConfirmationRequest,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    return this.confirmations.confirm(actor, proof, callerOf(request));
  }

  /** Begins to set up one-time codes. */
  @Post('factors/totp')
  @AnswersSecret()
  beginTotp(@CurrentActor() actor: Actor): Promise<BegunTotpResponse> {
    return this.service.beginTotp(actor);
  }

  /** Sets them up with the first code that the app shows. */
  @Post('factors/totp/confirm')
  @CountsAsSignIn()
  @AnswersSecret()
  @HttpCode(200)
  async confirmTotp(
    @CurrentActor() actor: Actor,
    @Body() { code }: CodeRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FirstFactorResponse> {
    const { token, recoveryCodes } = await this.service.confirmTotp(actor, code, callerOf(request));
    if (token) this.cookie.set(reply, token);
    return { recoveryCodes };
  }

  /** Gives one-time codes up. */
  @Delete('factors/totp')
  @HttpCode(204)
  removeTotp(@CurrentActor() actor: Actor): Promise<void> {
    return this.service.removeTotp(actor);
  }

  /** Makes new recovery codes in place of the ones there are. */
  @Post('factors/recovery-codes')
  @AnswersSecret()
  async makeRecoveryCodes(@CurrentActor() actor: Actor): Promise<NewRecoveryCodesResponse> {
    return { codes: await this.service.makeRecoveryCodes(actor) };
  }
}
