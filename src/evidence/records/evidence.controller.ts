import { Body, Controller, Get, HttpCode, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow, Public } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { Exported, ListExport } from '../../audit/exports/list-export';
import { CountsAsSignIn } from '../../platform/http/rate-limit/rate-limit.guard';
import { MailLinksService } from '../../access/mail-links/mail-links.service';
import { PathId } from '../../platform/http/path-id';
import {
  EvidenceExportQuery,
  EvidenceQuery,
  RecordEvidenceRequest,
  SupersedeEvidenceRequest,
} from './dto/evidence.request';
import { MailLinkEvidenceRequest, MailLinkEvidenceResponse } from './dto/mail-link-evidence.dto';
import { EvidenceDetailResponse } from './dto/evidence-detail.response';
import { EvidencePage, RecordedEvidenceResponse } from './dto/evidence.response';
import { EvidenceDetailQueries } from './evidence-detail.queries';
import { EVIDENCE_EXPORT } from './evidence-export';
import { EvidenceQueries } from './evidence.queries';
import { EvidenceService } from './evidence.service';

@ApiTags('evidence')
@Controller()
export class EvidenceController {
  constructor(
    private readonly service: EvidenceService,
    private readonly queries: EvidenceQueries,
    private readonly details: EvidenceDetailQueries,
    private readonly exports: ListExport,
    private readonly links: MailLinksService,
  ) {}

  /** The evidence of one system, newest first. */
  @Get('systems/:id/evidence')
  @Allow('systems:read')
  ofSystem(@CurrentActor() actor: Actor, @PathId() id: string, @Query() query: EvidenceQuery): Promise<EvidencePage> {
    return this.queries.ofSystem(actor, id, query);
  }

  /** The evidence of one system that the filter shows, as a file. */
  @Get('systems/:id/evidence/export')
  @Allow('systems:read')
  @Exported()
  export(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Query() query: EvidenceExportQuery,
  ): Promise<StreamableFile> {
    return this.exports.send(actor, EVIDENCE_EXPORT, query, (page) => this.queries.ofSystem(actor, id, page));
  }

  /** Sends a proof; the answer tells what it turned. */
  @Post('systems/:id/evidence')
  @Allow('backup-evidence:write')
  record(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() request: RecordEvidenceRequest,
  ): Promise<RecordedEvidenceResponse> {
    return this.service.record(actor, id, request);
  }

  /** Sends a proof of the one obligation that a link in a mail opens, without a sign-in. */
  @Post('mail-link/evidence')
  @Public()
  @CountsAsSignIn()
  async recordByLink(@Body() { secret, proof }: MailLinkEvidenceRequest): Promise<MailLinkEvidenceResponse> {
    const link = await this.links.find(secret);
    const { affected } = await this.service.recordByLink(link, proof);
    return { affected: affected.filter(({ obligationId }) => obligationId === link.obligationId) };
  }

  /** One proof, with what it was read from, what it corrects, and what it turned. */
  @Get('evidence/:id')
  @Allow('systems:read')
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<EvidenceDetailResponse> {
    return this.details.get(actor, id);
  }

  /** Corrects a proof given by hand: the new one counts, the old one stays readable. */
  @Post('evidence/:id/supersede')
  @HttpCode(201)
  @Allow('backup-evidence:write')
  supersede(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() request: SupersedeEvidenceRequest,
  ): Promise<RecordedEvidenceResponse> {
    return this.service.supersede(actor, id, request);
  }
}
