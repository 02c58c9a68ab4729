import { Body, Controller, Get, HttpCode, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ETag, IfMatch } from '../../platform/http/etag';
import type { Actor } from '../actor';
import { BeforeEnrolment, SignedIn } from '../allow.decorator';
import { CurrentActor } from '../current-actor.decorator';
import { callerOf } from '../sessions/caller';
import { SessionCookie } from '../sessions/session-cookie';
import { MeResponse } from './dto/me.response';
import { MePatchRequest, PasswordChangeRequest } from './dto/sign-in.request';
import { MeQueries } from './me.queries';
import { MeService } from './me.service';
import { SignInService } from './sign-in.service';

@ApiTags('session')
@SignedIn()
@Controller('me')
export class MeController {
  constructor(
    private readonly service: MeService,
    private readonly signIns: SignInService,
    private readonly queries: MeQueries,
    private readonly cookie: SessionCookie,
  ) {}

  /** The signed-in person with roles and permissions. */
  @Get()
  @BeforeEnrolment()
  @ETag()
  me(@CurrentActor() { userId }: Actor): Promise<MeResponse> {
    return this.queries.me(userId);
  }

  /** Changes one's own preferences. */
  @Patch()
  @BeforeEnrolment()
  @ETag()
  async patch(
    @CurrentActor() actor: Actor,
    @IfMatch() version: number,
    @Body() changes: MePatchRequest,
  ): Promise<MeResponse> {
    await this.service.change(actor, version, changes);
    return this.queries.me(actor.userId);
  }

  /** Changes one's own password; other sessions end. */
  @Post('password')
  @HttpCode(204)
  async changePassword(
    @CurrentActor() actor: Actor,
    @Body() { currentPassword, newPassword }: PasswordChangeRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const token = await this.signIns.changePassword(actor, currentPassword, newPassword, callerOf(request));
    this.cookie.set(reply, token);
  }
}
