import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../access/actor';
import { Allow } from '../../../access/allow.decorator';
import { CurrentActor } from '../../../access/current-actor.decorator';
import { ETag, IfMatch } from '../../../platform/http/etag';
import { PathId } from '../../../platform/http/path-id';
import { CreateImportProfileRequest } from '../dto/import-profile.request';
import { ImportProfileList, ImportProfileResponse } from '../dto/import-profile.response';
import { ImportProfilesService } from './import-profiles.service';

/** Mappings kept under a name, so that next month's file of the same shape needs no questions. */
@ApiTags('imports')
@Controller('import-profiles')
export class ImportProfilesController {
  constructor(private readonly service: ImportProfilesService) {}

  /** Those that come with the product, and those of the organisations the caller imports for. */
  @Get()
  @Allow('systems:import')
  list(@CurrentActor() actor: Actor): Promise<ImportProfileList> {
    return this.service.list(actor);
  }

  /** Keeps a mapping for its organisation. */
  @Post()
  @Allow('systems:import')
  @ETag()
  async create(@CurrentActor() actor: Actor, @Body() body: CreateImportProfileRequest): Promise<ImportProfileResponse> {
    return this.service.get(actor, await this.service.create(actor, body));
  }

  /** Forgets a mapping; what was imported with it stays. */
  @Delete(':id')
  @HttpCode(204)
  @Allow('systems:import')
  remove(@CurrentActor() actor: Actor, @PathId() id: string, @IfMatch() version: number): Promise<void> {
    return this.service.remove(actor, id, version);
  }
}
