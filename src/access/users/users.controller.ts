import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Put, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Exported, ListExport } from '../../audit/exports/list-export';
import { ETag, IfMatch } from '../../platform/http/etag';
import { PathId } from '../../platform/http/path-id';
import type { Actor } from '../actor';
import { Allow, InPerson } from '../allow.decorator';
import { CurrentActor } from '../current-actor.decorator';
import {
  EraseRequest,
  PasswordSetRequest,
  RolesRequest,
  UserCreateRequest,
  UserListQuery,
  UserPatchRequest,
  UsersExportQuery,
} from './dto/user.request';
import { UserPageResponse, UserResponse } from './dto/user.response';
import { ErasureService } from './erasure.service';
import { FactorResetService } from './factor-reset.service';
import { USERS_EXPORT } from './users-export';
import { UsersQueries } from './users.queries';
import { UsersService } from './users.service';

@ApiTags('users')
@Controller('users')
export class UsersController {
  constructor(
    private readonly service: UsersService,
    private readonly queries: UsersQueries,
    private readonly factorResets: FactorResetService,
    private readonly erasure: ErasureService,
    private readonly exports: ListExport,
  ) {}

  /** People in one's organisations, and people without a role. */
  @Get()
  @Allow('users:read')
  list(@CurrentActor() actor: Actor, @Query() query: UserListQuery): Promise<UserPageResponse> {
    return this.queries.list(actor, query);
  }

  /** The people that the filter shows, as a file. */
  @Get('export')
  @Allow('users:read')
  @Exported()
  export(@CurrentActor() actor: Actor, @Query() query: UsersExportQuery): Promise<StreamableFile> {
    return this.exports.send(actor, USERS_EXPORT, query, (page) => this.queries.list(actor, page));
  }

  @Get(':id')
  @Allow('users:read')
  @ETag()
  byId(@CurrentActor() actor: Actor, @PathId() id: string): Promise<UserResponse> {
    return this.queries.byId(actor, id);
  }

  @Post()
  @Allow('users:write')
  @ETag()
  async create(@CurrentActor() actor: Actor, @Body() user: UserCreateRequest): Promise<UserResponse> {
    return this.queries.byId(actor, await this.service.create(actor, user));
  }

  @Patch(':id')
  @Allow('users:write')
  @ETag()
  async change(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @IfMatch() version: number,
    @Body() changes: UserPatchRequest,
  ): Promise<UserResponse> {
    await this.service.change(actor, id, version, changes);
    return this.queries.byId(actor, id);
  }

  /** Sets the password of somebody else; their sessions end. */
  @Put(':id/password')
  @Allow('users:write')
  @InPerson()
  @ETag()
  async setPassword(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @IfMatch() version: number,
    @Body() { password }: PasswordSetRequest,
  ): Promise<UserResponse> {
    await this.service.setPassword(actor, id, version, password);
    return this.queries.byId(actor, id);
  }

  /** Takes all second factors of somebody else away, who has lost them; their sessions end. */
  @Delete(':id/factors')
  @Allow('users:write')
  @InPerson()
  @HttpCode(204)
  resetFactors(@CurrentActor() actor: Actor, @PathId() id: string): Promise<void> {
    return this.factorResets.reset(actor, id);
  }

  /** Replaces the roles the person has in one's organisations. */
  @Put(':id/roles')
  @Allow('users:write')
  @ETag()
  async setRoles(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @IfMatch() version: number,
    @Body() { roles }: RolesRequest,
  ): Promise<UserResponse> {
    await this.service.setRoles(actor, id, version, roles);
    return this.queries.byId(actor, id);
  }

  /**
   * Erases what the service knows of a person for good: name, address, sessions, tokens, factors, roles, mails, and their part of the audit
   * events. What they did stays, without their name.
   */
  @Post(':id/erase')
  @Allow('users:write')
  @InPerson()
  @HttpCode(204)
  erase(@CurrentActor() actor: Actor, @PathId() id: string, @Body() { confirm }: EraseRequest): Promise<void> {
    return this.erasure.erase(actor, id, confirm);
  }
}
