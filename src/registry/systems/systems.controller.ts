import { Body, Controller, Get, HttpCode, Patch, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { Exported, ListExport } from '../../audit/exports/list-export';
import { ETag, IfMatch } from '../../platform/http/etag';
import { PathId } from '../../platform/http/path-id';
import { ListSystemsQuery, SystemsExportQuery } from './dto/list-systems.request';
import { CreateSystemRequest, PatchSystemRequest, RetireSystemRequest } from './dto/system.request';
import { SystemPage, SystemResponse } from './dto/system.response';
import { inMinutes } from './in-minutes';
import { SYSTEMS_EXPORT } from './systems-export';
import { SystemsListQueries } from './systems-list.queries';
import { SystemsQueries } from './systems.queries';
import { SystemsService } from './systems.service';

@ApiTags('systems')
@Controller('systems')
export class SystemsController {
  constructor(
    private readonly service: SystemsService,
    private readonly queries: SystemsQueries,
    private readonly lists: SystemsListQueries,
    private readonly exports: ListExport,
  ) {}

  /** The systems the caller may see, with their readiness. */
  @Get()
  @Allow('systems:read')
  list(@CurrentActor() actor: Actor, @Query() query: ListSystemsQuery): Promise<SystemPage> {
    return this.lists.list(actor, query);
  }

  /** The systems that the filter shows, as a file. */
  @Get('export')
  @Allow('systems:read')
  @Exported()
  export(@CurrentActor() actor: Actor, @Query() query: SystemsExportQuery): Promise<StreamableFile> {
    return this.exports.send(actor, SYSTEMS_EXPORT, query, (page) => this.lists.list(actor, page));
  }

  /** Registers a system. */
  @Post()
  @Allow('systems:create')
  @ETag()
  async create(@CurrentActor() actor: Actor, @Body() body: CreateSystemRequest): Promise<SystemResponse> {
    return this.queries.get(actor, await this.service.create(actor, inMinutes(body)));
  }

  /** One system with everything the register says of it. */
  @Get(':id')
  @Allow('systems:read')
  @ETag()
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<SystemResponse> {
    return this.queries.get(actor, id);
  }

  /** Changes what the register says of a system. */
  @Patch(':id')
  @Allow('systems:write')
  @ETag()
  async edit(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @IfMatch() version: number,
    @Body() body: PatchSystemRequest,
  ): Promise<SystemResponse> {
    await this.service.edit(actor, id, version, inMinutes(body));
    return this.queries.get(actor, id);
  }

  /** Takes a system out of service, for a reason. */
  @Post(':id/retire')
  @HttpCode(200)
  @Allow('systems:write')
  @ETag()
  async retire(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { reason }: RetireSystemRequest,
  ): Promise<SystemResponse> {
    await this.service.retire(actor, id, reason);
    return this.queries.get(actor, id);
  }
}
