import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiPreconditionFailedResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { AffectedResponse } from '../../obligations/dto/affected.response';
import { CommentRequest, ReviewRequest } from '../../obligations/dto/workflow.request';
import { PathId } from '../../platform/http/path-id';
import { VersionDiffQuery, VersionDiffResponse } from './comparing/version-diff.dto';
import { VersionDiffQueries } from './comparing/version-diff.queries';
import {
  CreateProcedureRequest,
  ProcedureContentRequest,
  ProcedureVersionRequest,
  ReturnRequest,
} from './dto/procedure.request';
import { ApprovedProcedureResponse, ProcedurePage, ProcedureVersionResponse } from './dto/procedure.response';
import { ProcedureDecisionsService } from './procedure-decisions.service';
import { ProceduresQueries } from './procedures.queries';
import { PassagesRequest, PassagesResponse } from './reading/passages.dto';
import { readSteps } from './reading/readings';
import { secretHints } from './reading/secret-hints';
import { ProcedureContent, ProceduresService } from './procedures.service';

@ApiTags('procedures')
@Controller()
export class ProceduresController {
  constructor(
    private readonly service: ProceduresService,
    private readonly decisions: ProcedureDecisionsService,
    private readonly queries: ProceduresQueries,
    private readonly diffs: VersionDiffQueries,
  ) {}

  /** The recovery procedures of a system. */
  @Get('systems/:id/procedures')
  @Allow('procedures:read')
  list(@CurrentActor() actor: Actor, @PathId() id: string): Promise<ProcedurePage> {
    return this.queries.ofSystem(actor, id);
  }

  /** Writes a procedure; the answer is the draft of its first version. */
  @Post('systems/:id/procedures')
  @Allow('procedures:write')
  async create(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() body: CreateProcedureRequest,
  ): Promise<ProcedureVersionResponse> {
    return this.queries.version(actor, await this.service.create(actor, id, body.title, contentOf(body)));
  }

  /** The ways to read the steps of a procedure out of a text in Markdown. Keeps nothing. */
  @Post('procedure-passages')
  @HttpCode(200)
  @Allow('procedures:write')
  passages(@Body() { markdown }: PassagesRequest): PassagesResponse {
    return { ...readSteps(markdown), secretHints: secretHints({ markdown, steps: [] }) };
  }

  /** One version in full. */
  @Get('procedure-versions/:id')
  @Allow('procedures:read')
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<ProcedureVersionResponse> {
    return this.queries.version(actor, id);
  }

  /** How a version differs from another, by default from the one in force. */
  @Get('procedure-versions/:id/diff')
  @Allow('procedures:read')
  diff(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Query() query: VersionDiffQuery,
  ): Promise<VersionDiffResponse> {
    return this.diffs.diff(actor, id, query.with);
  }

  /** Writes the next version; the answer is its draft. */
  @Post('procedures/:id/versions')
  @ApiPreconditionFailedResponse()
  @Allow('procedures:write')
  async addVersion(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() body: ProcedureVersionRequest,
  ): Promise<ProcedureVersionResponse> {
    const { basedOn = null } = body;
    return this.queries.version(actor, await this.service.addVersion(actor, id, contentOf(body), basedOn));
  }

  /** Asks for approval. */
  @Post('procedure-versions/:id/submit')
  @HttpCode(200)
  @Allow('procedures:write')
  async submit(@CurrentActor() actor: Actor, @PathId() id: string): Promise<ProcedureVersionResponse> {
    await this.service.submit(actor, id);
    return this.queries.version(actor, id);
  }

  /** Puts a version in force; never one's own. */
  @Post('procedure-versions/:id/approve')
  @HttpCode(200)
  @Allow('procedures:approve')
  async approve(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { comment = null }: CommentRequest,
  ): Promise<ApprovedProcedureResponse> {
    const affected = await this.decisions.approve(actor, id, comment);
    return { ...(await this.queries.version(actor, id)), affected };
  }

  /** Gives a version back to its author, saying what has to be changed. */
  @Post('procedure-versions/:id/return')
  @HttpCode(200)
  @Allow('procedures:approve')
  async return(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { comment }: ReturnRequest,
  ): Promise<ProcedureVersionResponse> {
    await this.decisions.return(actor, id, comment);
    return this.queries.version(actor, id);
  }

  /** Records that the version in force was reviewed. */
  @Post('procedures/:id/reviews')
  @Allow('evidence:write')
  async review(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { performedOn, outcome, note = null }: ReviewRequest,
  ): Promise<AffectedResponse> {
    return { affected: await this.decisions.review(actor, id, { performedOn, outcome, note }) };
  }
}

function contentOf(body: ProcedureContentRequest): ProcedureContent {
  const { markdown = '', launchCriteria = null, launchedBy = null, steps = [], contacts = [] } = body;
  return {
    ...{ markdown, launchCriteria, launchedBy },
    steps: steps.map(({ key, title, role, instructions, location, plannedMinutes, dependsOn = [] }) => ({
      ...{ key, title, dependsOn, role: role ?? null, instructions: instructions ?? null, location: location ?? null },
      plannedMinutes: plannedMinutes ?? null,
    })),
    contacts: contacts.map(({ name, role, phone, email, confirmedOn }) => ({
      ...{ name, role: role ?? null, phone: phone ?? null, email: email ?? null, confirmedOn: confirmedOn ?? null },
    })),
  };
}
