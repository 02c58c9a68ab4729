import { Body, Controller, Get, HttpCode, Patch, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { Exported, ListExport } from '../../audit/exports/list-export';
import { AffectedResponse } from '../../obligations/dto/affected.response';
import { ReviewRequest } from '../../obligations/dto/workflow.request';
import { ETag, IfMatch } from '../../platform/http/etag';
import { PathId } from '../../platform/http/path-id';
import { BackupDecisionsService } from './backup-decisions.service';
import { BACKUP_REQUIREMENTS_EXPORT } from './backup-requirements-export';
import { BackupRequirementsQueries } from './backup-requirements.queries';
import { BackupRequirementsService } from './backup-requirements.service';
import { allTermsOf, termsOf } from './backup-terms';
import {
  AllBackupRequirementsQuery,
  ApproveBackupRequirementRequest,
  BackupRequirementsExportQuery,
  CheckBackupRequirementRequest,
  CreateBackupRequirementRequest,
  ListBackupRequirementsQuery,
  PatchBackupRequirementRequest,
  WithdrawBackupRequirementRequest,
} from './dto/backup-requirement.request';
import {
  ApprovedBackupRequirementResponse,
  BackupRequirementPage,
  BackupRequirementResponse,
  CheckedBackupRequirementResponse,
} from './dto/backup-requirement.response';

@ApiTags('backup requirements')
@Controller()
export class BackupRequirementsController {
  constructor(
    private readonly service: BackupRequirementsService,
    private readonly decisions: BackupDecisionsService,
    private readonly queries: BackupRequirementsQueries,
    private readonly exports: ListExport,
  ) {}

  /** What must be saved of all systems that the caller may see. */
  @Get('backup-requirements')
  @Allow('systems:read')
  all(@CurrentActor() actor: Actor, @Query() query: AllBackupRequirementsQuery): Promise<BackupRequirementPage> {
    return this.queries.all(actor, query);
  }

  /** The requirements that the filter shows, as a file. */
  @Get('backup-requirements/export')
  @Allow('systems:read')
  @Exported()
  export(@CurrentActor() actor: Actor, @Query() query: BackupRequirementsExportQuery): Promise<StreamableFile> {
    return this.exports.send(actor, BACKUP_REQUIREMENTS_EXPORT, query, (page) => this.queries.all(actor, page));
  }

  /** What must be saved of a system. */
  @Get('systems/:id/backup-requirements')
  @Allow('systems:read')
  list(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Query() query: ListBackupRequirementsQuery,
  ): Promise<BackupRequirementPage> {
    return this.queries.ofSystem(actor, id, query);
  }

  /** Declares a requirement as a draft. */
  @Post('systems/:id/backup-requirements')
  @Allow('backups:write')
  @ETag()
  async create(
    @CurrentActor() actor: Actor,
    @PathId() systemId: string,
    @Body() request: CreateBackupRequirementRequest,
  ): Promise<BackupRequirementResponse> {
    const content = {
      ...{ dataset: request.dataset, profileId: request.backupProfileId ?? null },
      ...allTermsOf(request),
    };
    return this.queries.get(actor, await this.service.create(actor, systemId, content));
  }

  /** What would be found amiss in a requirement of this system that is still being written. Nothing is kept. */
  @Post('systems/:id/backup-requirements/check')
  @HttpCode(200)
  @Allow('backups:write')
  check(
    @CurrentActor() actor: Actor,
    @PathId() systemId: string,
    @Body() request: CheckBackupRequirementRequest,
  ): Promise<CheckedBackupRequirementResponse> {
    return this.queries.check(actor, systemId, request);
  }

  /** One requirement. */
  @Get('backup-requirements/:id')
  @Allow('systems:read')
  @ETag()
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<BackupRequirementResponse> {
    return this.queries.get(actor, id);
  }

  /** Changes a requirement; whatever changes has to be approved again. */
  @Patch('backup-requirements/:id')
  @Allow('backups:write')
  @ETag()
  async edit(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @IfMatch() version: number,
    @Body() request: PatchBackupRequirementRequest,
  ): Promise<BackupRequirementResponse> {
    await this.service.edit(actor, id, version, { dataset: request.dataset, ...termsOf(request) });
    return this.queries.get(actor, id);
  }

  /** Approves a requirement; never one's own. */
  @Post('backup-requirements/:id/approve')
  @HttpCode(200)
  @Allow('backups:approve')
  @ETag()
  async approve(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { comment = null, version }: ApproveBackupRequirementRequest,
  ): Promise<ApprovedBackupRequirementResponse> {
    const affected = await this.decisions.approve(actor, id, comment, version);
    return { ...(await this.queries.get(actor, id)), affected };
  }

  /** Records that an approved requirement was reviewed. */
  @Post('backup-requirements/:id/reviews')
  @Allow('evidence:write')
  async review(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { performedOn, outcome, note = null }: ReviewRequest,
  ): Promise<AffectedResponse> {
    return { affected: await this.decisions.review(actor, id, { performedOn, outcome, note }) };
  }

  /** Lets a requirement keep its terms as its own when its profile changes. */
  @Post('backup-requirements/:id/detach')
  @HttpCode(200)
  @Allow('backups:write')
  @ETag()
  async detach(@CurrentActor() actor: Actor, @PathId() id: string): Promise<BackupRequirementResponse> {
    await this.service.detach(actor, id);
    return this.queries.get(actor, id);
  }

  /** Withdraws a requirement, for a reason: nothing is owed for it any more. */
  @Post('backup-requirements/:id/withdraw')
  @HttpCode(200)
  @Allow('backups:write')
  @ETag()
  async withdraw(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { reason }: WithdrawBackupRequirementRequest,
  ): Promise<BackupRequirementResponse> {
    await this.service.withdraw(actor, id, reason);
    return this.queries.get(actor, id);
  }
}
