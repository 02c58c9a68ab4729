import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { ETag, IfMatch } from '../../platform/http/etag';
import { PathId } from '../../platform/http/path-id';
import { DependenciesQueries } from './dependencies.queries';
import { DependenciesService } from './dependencies.service';
import { DependenciesRequest } from './dto/dependencies.request';
import { DependenciesResponse } from './dto/dependencies.response';

@ApiTags('systems')
@Controller('systems/:id/dependencies')
export class DependenciesController {
  constructor(
    private readonly service: DependenciesService,
    private readonly queries: DependenciesQueries,
  ) {}

  /** What the system needs and what needs it, each with what is inverted. */
  @Get()
  @Allow('systems:read')
  @ETag()
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<DependenciesResponse> {
    return this.queries.ofSystem(actor, id);
  }

  /** Says what the system needs. */
  @Put()
  @Allow('systems:write')
  @ETag()
  async set(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @IfMatch() version: number,
    @Body() { dependsOn }: DependenciesRequest,
  ): Promise<DependenciesResponse> {
    const wanted = dependsOn.map(({ systemId, hard }) => ({ dependsOnId: systemId, hard }));
    await this.service.set(actor, id, version, wanted);
    return this.queries.ofSystem(actor, id);
  }
}
