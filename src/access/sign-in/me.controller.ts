import { Body, Controller, Get, HttpCode, Patch, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ETag, IfMatch } from '../../platform/http/etag';
import type { Actor } from '../actor';
import { SignedIn } from '../allow.decorator';
import { CurrentActor } from '../current-actor.decorator';
import { MeResponse } from './dto/me.response';
import { MePatchRequest, PasswordChangeRequest } from './dto/sign-in.request';
import { MeQueries } from './me.queries';
import { MeService } from './me.service';
import { SESSION_COOKIE } from './sessions.service';
import { callerOf, SignInService } from './sign-in.service';

@ApiTags('session')
@SignedIn()
@Controller('me')
export class MeController {
  constructor(
    private readonly service: MeService,
    private readonly signIns: SignInService,
    private readonly queries: MeQueries,
  ) {}

  /** The signed-in person with roles and permissions. */
  @Get()
  @ETag()
  me(@CurrentActor() { userId }: Actor): Promise<MeResponse> {
    return this.queries.me(userId);
  }

  /** Changes one's own preferences. */
  @Patch()
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
  ): Promise<void> {
    const token = request.cookies[SESSION_COOKIE] ?? '';
    await this.signIns.changePassword(actor, currentPassword, newPassword, callerOf(request), token);
  }
}
