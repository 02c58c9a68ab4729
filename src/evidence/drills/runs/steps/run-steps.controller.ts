import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../../access/actor';
import { Allow } from '../../../../access/allow.decorator';
import { CurrentActor } from '../../../../access/current-actor.decorator';
import { PathId } from '../../../../platform/http/path-id';
import { DrillRunsQueries } from '../drill-runs.queries';
import { ReasonRequest } from '../dto/drill-run.request';
import { DrillRunResponse } from '../dto/drill-run.response';
import { RunStepsService } from './run-steps.service';

/** The key of a step, as the procedure names it. */
const KEY = { name: 'key', schema: { type: 'string', format: 'step-key', maxLength: 50 } } as const;

/** The steps of a run, ticked by several people at once. */
@ApiTags('drills')
@Controller('drill-runs/:id/steps/:key')
export class RunStepsController {
  constructor(
    private readonly service: RunStepsService,
    private readonly queries: DrillRunsQueries,
  ) {}

  /** Begins a step whose turn it is. A step that somebody has begun already is refused, naming them. */
  @Post('start')
  @HttpCode(200)
  @Allow('backup-evidence:write')
  @ApiParam(KEY)
  async start(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Param('key') key: string,
  ): Promise<DrillRunResponse> {
    await this.service.start(actor, id, key);
    return this.queries.get(actor, id);
  }

  /** Ends a step that has begun. */
  @Post('finish')
  @HttpCode(200)
  @Allow('backup-evidence:write')
  @ApiParam(KEY)
  async finish(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Param('key') key: string,
  ): Promise<DrillRunResponse> {
    await this.service.finish(actor, id, key);
    return this.queries.get(actor, id);
  }

  /** Leaves a step out, saying why. */
  @Post('skip')
  @HttpCode(200)
  @Allow('backup-evidence:write')
  @ApiParam(KEY)
  async skip(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Param('key') key: string,
    @Body() { reason }: ReasonRequest,
  ): Promise<DrillRunResponse> {
    await this.service.skip(actor, id, key, reason);
    return this.queries.get(actor, id);
  }
}
