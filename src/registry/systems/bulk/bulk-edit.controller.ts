import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../access/actor';
import { Allow } from '../../../access/allow.decorator';
import { CurrentActor } from '../../../access/current-actor.decorator';
import { BulkEditService } from './bulk-edit.service';
import { BulkEditRequest, BulkPreviewRequest } from './dto/bulk-edit.request';
import { BulkEditResponse, BulkPreviewResponse } from './dto/bulk-edit.response';

@ApiTags('systems')
@Controller('systems/bulk-edit')
export class BulkEditController {
  constructor(private readonly service: BulkEditService) {}

  /** What one change of many systems would do to each of them; nothing is written. */
  @Post('preview')
  @HttpCode(200)
  @Allow('systems:write')
  preview(
    @CurrentActor() actor: Actor,
    @Body() { systemIds, change }: BulkPreviewRequest,
  ): Promise<BulkPreviewResponse> {
    return this.service.preview(actor, systemIds, change);
  }

  /** Changes many systems at once, all of them or none. */
  @Post()
  @HttpCode(200)
  @Allow('systems:write')
  async apply(@CurrentActor() actor: Actor, @Body() { systems, change }: BulkEditRequest): Promise<BulkEditResponse> {
    return { changed: await this.service.apply(actor, systems, change) };
  }
}
