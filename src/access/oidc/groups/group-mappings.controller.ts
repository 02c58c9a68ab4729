import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../actor';
import { Allow, InPerson } from '../../allow.decorator';
import { CurrentActor } from '../../current-actor.decorator';
import { GroupMappingsDto } from './dto/group-mapping.dto';
import { GroupMappingsService } from './group-mappings.service';

@ApiTags('oidc')
@Controller('oidc/group-mappings')
export class GroupMappingsController {
  constructor(private readonly service: GroupMappingsService) {}

  /** Which groups of the provider have which roles in one's organisations. */
  @Get()
  @Allow('users:write')
  async list(@CurrentActor() actor: Actor): Promise<GroupMappingsDto> {
    return { mappings: await this.service.list(actor) };
  }

  /** Replaces those of one's organisations. They count from the next sign-in of each person. */
  @Put()
  @Allow('users:write')
  @InPerson()
  async replace(@CurrentActor() actor: Actor, @Body() { mappings }: GroupMappingsDto): Promise<GroupMappingsDto> {
    await this.service.replace(actor, mappings);
    return { mappings: await this.service.list(actor) };
  }
}
