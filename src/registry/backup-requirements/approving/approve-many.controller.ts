import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../access/actor';
import { Allow } from '../../../access/allow.decorator';
import { CurrentActor } from '../../../access/current-actor.decorator';
import { ApproveManyService } from './approve-many.service';
import { ApproveManyRequest } from './dto/approve-many.request';
import { ApproveManyResponse } from './dto/approve-many.response';

@ApiTags('backup requirements')
@Controller('backup-requirements/approve')
export class ApproveManyController {
  constructor(private readonly service: ApproveManyService) {}

  /**
   * Approves many waiting requirements at once; never one's own. What may not be approved is left as it is and told with the reason, and does
   * not hold up the others; with an id that is not to be seen nothing is approved.
   */
  @Post()
  @HttpCode(200)
  @Allow('backups:approve')
  approve(
    @CurrentActor() actor: Actor,
    @Body() { requirements, comment = null }: ApproveManyRequest,
  ): Promise<ApproveManyResponse> {
    return this.service.approve(actor, requirements, comment);
  }
}
