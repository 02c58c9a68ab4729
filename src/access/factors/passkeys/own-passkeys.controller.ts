import { Body, Controller, Delete, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnswersSecret } from '../../../platform/http/idempotency/answers-secret.decorator';
import { PathId } from '../../../platform/http/path-id';
import { CountsAsSignIn } from '../../../platform/http/rate-limit/rate-limit.guard';
import type { Actor } from '../../actor';
import { BeforeEnrolment, SignedIn } from '../../allow.decorator';
import { CurrentActor } from '../../current-actor.decorator';
import { callerOf } from '../../sessions/caller';
import { SessionCookie } from '../../sessions/session-cookie';
import { FactorsService } from '../factors.service';
import { NewPasskeyResponse, PasskeyCreateRequest, WEB_AUTHN_OPTIONS } from './dto/passkey.dto';

@ApiTags('session')
@SignedIn()
@BeforeEnrolment()
@Controller('me/factors/passkeys')
export class OwnPasskeysController {
  constructor(
    private readonly service: FactorsService,
    private readonly cookie: SessionCookie,
  ) {}

  /** What the browser makes a new passkey with. */
  @Post('options')
  @HttpCode(200)
  @ApiOkResponse(WEB_AUTHN_OPTIONS)
  options(@CurrentActor() actor: Actor): Promise<object> {
    return this.service.passkeyOptions(actor);
  }

  /** Keeps the passkey that was made. */
  @Post()
  @CountsAsSignIn()
  @AnswersSecret()
  async add(
    @CurrentActor() actor: Actor,
    @Body() { name, credential }: PasskeyCreateRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NewPasskeyResponse> {
    const added = await this.service.addPasskey(actor, { name, credential }, callerOf(request));
    const { passkey, recoveryCodes, token } = added;
    if (token) this.cookie.set(reply, token);
    return { passkey, recoveryCodes };
  }

  /** Gives a passkey up. */
  @Delete(':id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @PathId() id: string): Promise<void> {
    return this.service.removePasskey(actor, id);
  }
}
