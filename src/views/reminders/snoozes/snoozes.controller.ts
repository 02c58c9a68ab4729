import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../access/actor';
import { SignedIn } from '../../../access/allow.decorator';
import { CurrentActor } from '../../../access/current-actor.decorator';
import { PathId } from '../../../platform/http/path-id';
import { SnoozeRequest, SnoozeResponse } from './dto/snooze.dto';
import { SnoozesService } from './snoozes.service';

@ApiTags('reminders')
@SignedIn()
@Controller()
export class SnoozesController {
  constructor(private readonly service: SnoozesService) {}

  /** Holds back the reminders of an obligation of one's own until a day. Escalations still come. */
  @Post('obligations/:id/snoozes')
  start(@CurrentActor() actor: Actor, @PathId() id: string, @Body() request: SnoozeRequest): Promise<SnoozeResponse> {
    return this.service.start(actor, id, request);
  }

  /** Ends it early; what was last held back is told with the next digest. */
  @Post('snoozes/:id/cancel')
  @HttpCode(200)
  cancel(@CurrentActor() actor: Actor, @PathId() id: string): Promise<SnoozeResponse> {
    return this.service.cancel(actor, id);
  }
}
