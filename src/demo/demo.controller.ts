import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../access/actor';
import { Allow } from '../access/allow.decorator';
import { CurrentActor } from '../access/current-actor.decorator';
import { DemoService } from './demo.service';

@ApiTags('demo')
@Controller('demo')
export class DemoController {
  constructor(private readonly service: DemoService) {}

  /** Removes the demo data; the administrator who asks is left with one empty organisation. */
  @Post('clear')
  @HttpCode(204)
  @Allow('demo:clear')
  clear(@CurrentActor() actor: Actor): Promise<void> {
    return this.service.clear(actor);
  }
}
