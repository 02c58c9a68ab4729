import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AnswersSecret } from '../../platform/http/idempotency/answers-secret.decorator';
import { PathId } from '../../platform/http/path-id';
import type { Actor } from '../actor';
import { SignedIn } from '../allow.decorator';
import { CurrentActor } from '../current-actor.decorator';
import { ApiTokenCreateRequest, ApiTokenListQuery, ApiTokenRotateRequest } from './dto/api-token.request';
import { ApiTokenListResponse, IssuedApiTokenResponse } from './dto/api-token.response';
import { TokensQueries } from './tokens.queries';
import { TokensService } from './tokens.service';

@ApiTags('api-tokens')
@SignedIn()
@Controller('api-tokens')
export class TokensController {
  constructor(
    private readonly service: TokensService,
    private readonly queries: TokensQueries,
  ) {}

  /** One's own API tokens, or those of a person whose account one administers. */
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() { userId }: ApiTokenListQuery): Promise<ApiTokenListResponse> {
    return { items: await this.queries.list(actor, userId ?? actor.userId) };
  }

  /** Makes a token of one's own. Its secret is in this answer and in no other. */
  @Post()
  @AnswersSecret()
  async create(@CurrentActor() actor: Actor, @Body() token: ApiTokenCreateRequest): Promise<IssuedApiTokenResponse> {
    const { id, secret } = await this.service.create(actor, token);
    return { ...(await this.queries.byId(actor, id)), secret };
  }

  /** Gives a token of one's own a new secret; the present one stays valid for a while, so that programs can change over. */
  @Post(':id/rotate')
  @AnswersSecret()
  async rotate(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { graceHours, expiresOn }: ApiTokenRotateRequest,
  ): Promise<IssuedApiTokenResponse> {
    const { secret } = await this.service.rotate(actor, id, graceHours, expiresOn);
    return { ...(await this.queries.byId(actor, id)), secret };
  }

  /** Ends the secret before the last rotation early. */
  @Delete(':id/previous-secret')
  @HttpCode(204)
  async endPrevious(@CurrentActor() actor: Actor, @PathId() id: string): Promise<void> {
    await this.service.endPrevious(actor, id);
  }

  /** Revokes a token of one's own, or of a person whose account one administers; it ends at once. */
  @Delete(':id')
  @HttpCode(204)
  async revoke(@CurrentActor() actor: Actor, @PathId() id: string): Promise<void> {
    await this.service.revoke(actor, id);
  }
}
