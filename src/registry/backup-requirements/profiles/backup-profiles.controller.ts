import { Body, Controller, Get, HttpCode, Patch, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../access/actor';
import { Allow } from '../../../access/allow.decorator';
import { CurrentActor } from '../../../access/current-actor.decorator';
import { Exported, ListExport } from '../../../audit/exports/list-export';
import { ETag, IfMatch } from '../../../platform/http/etag';
import { PathId } from '../../../platform/http/path-id';
import { allTermsOf, termsOf } from '../backup-terms';
import { AttachProfileService } from './attach-profile.service';
import { BACKUP_PROFILES_EXPORT } from './backup-profiles-export';
import { BackupProfilesQueries } from './backup-profiles.queries';
import { BackupProfilesService, type ProfileEdit } from './backup-profiles.service';
import {
  AttachBackupProfileRequest,
  BackupProfilesExportQuery,
  CreateBackupProfileRequest,
  ListBackupProfilesQuery,
  PatchBackupProfileRequest,
  RetireBackupProfileRequest,
} from './dto/backup-profile.request';
import { BackupProfilePage, BackupProfileResponse, RetiredBackupProfileResponse } from './dto/backup-profile.response';
import { ProfileEffectResponse } from './dto/profile-effect.response';

@ApiTags('backup profiles')
@Controller('backup-profiles')
export class BackupProfilesController {
  constructor(
    private readonly service: BackupProfilesService,
    private readonly attaching: AttachProfileService,
    private readonly queries: BackupProfilesQueries,
    private readonly exports: ListExport,
  ) {}

  /** The profiles of one's organisations, and those of organisations above that may be used there. */
  @Get()
  @Allow('backup-profiles:read')
  list(@CurrentActor() actor: Actor, @Query() query: ListBackupProfilesQuery): Promise<BackupProfilePage> {
    return this.queries.list(actor, query);
  }

  /** The profiles that the filter shows, as a file. */
  @Get('export')
  @Allow('backup-profiles:read')
  @Exported()
  export(@CurrentActor() actor: Actor, @Query() query: BackupProfilesExportQuery): Promise<StreamableFile> {
    return this.exports.send(actor, BACKUP_PROFILES_EXPORT, query, (page) => this.queries.list(actor, page));
  }

  /** Gives terms of backups a name. */
  @Post()
  @Allow('backup-profiles:write')
  @ETag()
  async create(
    @CurrentActor() actor: Actor,
    @Body() request: CreateBackupProfileRequest,
  ): Promise<BackupProfileResponse> {
    const { organisationId, name } = request;
    const id = await this.service.create(actor, { organisationId, name, ...allTermsOf(request) });
    return this.queries.get(actor, id);
  }

  @Get(':id')
  @Allow('backup-profiles:read')
  @ETag()
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<BackupProfileResponse> {
    return this.queries.get(actor, id);
  }

  /** Changes a profile and every requirement that follows it. */
  @Patch(':id')
  @Allow('backup-profiles:write')
  change(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @IfMatch() version: number,
    @Body() request: PatchBackupProfileRequest,
  ): Promise<ProfileEffectResponse> {
    return this.service.change(actor, id, version, editOf(request));
  }

  /** What a change would do to the requirements that follow the profile, and to the readiness of their systems. Nothing is kept. */
  @Post(':id/preview')
  @HttpCode(200)
  @Allow('backup-profiles:write')
  preview(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() request: PatchBackupProfileRequest,
  ): Promise<ProfileEffectResponse> {
    return this.service.preview(actor, id, editOf(request));
  }

  /** Declares a requirement as the profile says for each of many systems, or tells what that would do. */
  @Post(':id/attach')
  @HttpCode(200)
  @Allow('backups:write')
  attach(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { systemIds, dataset, replace = false, dryRun = false }: AttachBackupProfileRequest,
  ): Promise<ProfileEffectResponse> {
    return this.attaching.attach(actor, id, { systemIds, dataset, replace }, !dryRun);
  }

  /** Ends the use of a profile. */
  @Post(':id/retire')
  @HttpCode(200)
  @Allow('backup-profiles:write')
  @ETag()
  async retire(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @IfMatch() version: number,
    @Body() { detach = false }: RetireBackupProfileRequest,
  ): Promise<RetiredBackupProfileResponse> {
    const leftBehind = await this.service.retire(actor, id, version, detach);
    return { ...(await this.queries.get(actor, id)), leftBehind };
  }
}

const editOf = (request: PatchBackupProfileRequest): ProfileEdit => ({
  ...(request.name !== undefined && { name: request.name }),
  ...termsOf(request),
});
