import { Body, Controller, Get, HttpCode, Patch, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { parseMinutes } from '../../core/time/duration';
import { Config } from '../../platform/config/config';
import { ETag, IfMatch } from '../../platform/http/etag';
import { AnswersSecret } from '../../platform/http/idempotency/answers-secret.decorator';
import { PathId } from '../../platform/http/path-id';
import { AcceptSizeRequest, InletRequest, PatchInletRequest, RotateInletRequest } from './dto/inlet.request';
import { InletListResponse, InletResponse, IssuedInletResponse, KnownToolsResponse } from './dto/inlet.response';
import { InletsQueries } from './inlets.queries';
import { InletsService, type IssuedInlet } from './inlets.service';
import { INLET_PATH } from './receiving/inlet-door';
import { NEUTRAL } from './tools/signals/neutral';
import { TOOLS } from './tools/tools';

@ApiTags('inlets')
@Controller()
export class InletsController {
  constructor(
    private readonly service: InletsService,
    private readonly queries: InletsQueries,
    private readonly config: Config,
  ) {}

  /** The tools that are understood. */
  @Get('backup-tools')
  @Allow('systems:read')
  tools(): KnownToolsResponse {
    return { items: TOOLS.map(({ tool, name }) => ({ tool, name })) };
  }

  /** Where tools report to for a backup requirement, and how it stands with each. */
  @Get('backup-requirements/:id/inlets')
  @Allow('systems:read')
  async list(@CurrentActor() actor: Actor, @PathId() id: string): Promise<InletListResponse> {
    return { items: await this.queries.ofRequirement(actor, id) };
  }

  /** Makes an address that a tool reports to. It is in this answer and in no other. */
  @Post('backup-requirements/:id/inlets')
  @Allow('inlets:write')
  @AnswersSecret()
  async create(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { grace, tool = null, copySite = null, ownNames = [], mapping = null, ...rest }: InletRequest,
    @Req() request: FastifyRequest,
  ): Promise<IssuedInletResponse> {
    const content = { ...rest, tool, copySite, ownNames, mapping, graceMinutes: parseMinutes(grace) };
    return this.issued(actor, await this.service.create(actor, id, content), request);
  }

  @Get('inlets/:id')
  @Allow('systems:read')
  @ETag()
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<InletResponse> {
    return this.queries.get(actor, id);
  }

  /** Changes what is expected; the address stays. */
  @Patch('inlets/:id')
  @Allow('inlets:write')
  @ETag()
  async edit(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @IfMatch() version: number,
    @Body() { grace, ...rest }: PatchInletRequest,
  ): Promise<InletResponse> {
    await this.service.edit(actor, id, version, { ...rest, ...(grace && { graceMinutes: parseMinutes(grace) }) });
    return this.queries.get(actor, id);
  }

  /** Gives an inlet a new address; the present one stays valid for a while. */
  @Post('inlets/:id/rotate')
  @HttpCode(200)
  @Allow('inlets:write')
  @AnswersSecret()
  async rotate(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { graceHours }: RotateInletRequest,
    @Req() request: FastifyRequest,
  ): Promise<IssuedInletResponse> {
    return this.issued(actor, await this.service.rotate(actor, id, graceHours), request);
  }

  /** Says that the unusual size of its newest backup is right: what comes after it is compared with it and not with what was before. */
  @Post('inlets/:id/accept-size')
  @HttpCode(200)
  @Allow('inlets:write')
  async acceptSize(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { reason }: AcceptSizeRequest,
  ): Promise<InletResponse> {
    await this.service.acceptSize(actor, id, reason);
    return this.queries.get(actor, id);
  }

  /** Ends an inlet: its address opens nothing any more. */
  @Post('inlets/:id/revoke')
  @HttpCode(200)
  @Allow('inlets:write')
  async revoke(@CurrentActor() actor: Actor, @PathId() id: string): Promise<InletResponse> {
    await this.service.revoke(actor, id);
    return this.queries.get(actor, id);
  }

  private async issued(
    actor: Actor,
    { id, secret }: IssuedInlet,
    request: FastifyRequest,
  ): Promise<IssuedInletResponse> {
    const inlet = await this.queries.get(actor, id);
    const url = `${this.config.PUBLIC_URL ?? `${request.protocol}://${request.host}`}${INLET_PATH}/${secret}`;
    const commands = TOOLS.map((tool) => ({ tool: tool.tool, name: tool.name, command: tool.commandFor(url) }));
    // Who names no tool is shown the line that runs any command.
    const first = inlet.tool ?? NEUTRAL.tool;
    return {
      ...inlet,
      url,
      commands: commands.sort((a, b) => Number(b.tool === first) - Number(a.tool === first)),
    };
  }
}
