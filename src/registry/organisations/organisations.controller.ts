import { Body, Controller, Get, Patch, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { Exported, ListExport } from '../../audit/exports/list-export';
import { ETag, IfMatch } from '../../platform/http/etag';
import { PathId } from '../../platform/http/path-id';
import {
  CreateOrganisationRequest,
  ListOrganisationsQuery,
  OrganisationsExportQuery,
  PatchOrganisationRequest,
} from './dto/organisation.request';
import { OrganisationPage, OrganisationResponse } from './dto/organisation.response';
import { ORGANISATIONS_EXPORT } from './organisations-export';
import { OrganisationsQueries } from './organisations.queries';
import { OrganisationsService } from './organisations.service';

@ApiTags('organisations')
@Controller('organisations')
export class OrganisationsController {
  constructor(
    private readonly service: OrganisationsService,
    private readonly queries: OrganisationsQueries,
    private readonly exports: ListExport,
  ) {}

  /** The organisations the caller may see, in the order of the tree. */
  @Get()
  @Allow('organisations:read')
  list(@CurrentActor() actor: Actor, @Query() query: ListOrganisationsQuery): Promise<OrganisationPage> {
    return this.queries.list(actor, query);
  }

  /** The organisations that the filter shows, as a file. */
  @Get('export')
  @Allow('organisations:read')
  @Exported()
  export(@CurrentActor() actor: Actor, @Query() query: OrganisationsExportQuery): Promise<StreamableFile> {
    return this.exports.send(actor, ORGANISATIONS_EXPORT, query, (page) => this.queries.list(actor, page));
  }

  /** Adds an organisation below another. */
  @Post()
  @Allow('organisations:write')
  @ETag()
  async create(@CurrentActor() actor: Actor, @Body() body: CreateOrganisationRequest): Promise<OrganisationResponse> {
    return this.queries.get(actor, await this.service.create(actor, body));
  }

  /** One organisation. */
  @Get(':id')
  @Allow('organisations:read')
  @ETag()
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<OrganisationResponse> {
    return this.queries.get(actor, id);
  }

  /** Renames an organisation, or moves it with everything below it. */
  @Patch(':id')
  @Allow('organisations:write')
  @ETag()
  async edit(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @IfMatch() version: number,
    @Body() body: PatchOrganisationRequest,
  ): Promise<OrganisationResponse> {
    await this.service.edit(actor, id, version, body);
    return this.queries.get(actor, id);
  }
}
