import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { PathId } from '../../platform/http/path-id';
import { AchievedQueries } from './achieved.queries';
import { AchievedResponse } from './dto/achieved.response';

@ApiTags('drills')
@Controller()
export class AchievedController {
  constructor(private readonly queries: AchievedQueries) {}

  /** What a system has really achieved in drills, restore tests and outages, against what is claimed. */
  @Get('systems/:id/achieved')
  @Allow('systems:read')
  ofSystem(@CurrentActor() actor: Actor, @PathId() id: string): Promise<AchievedResponse> {
    return this.queries.ofSystem(actor, id);
  }
}
