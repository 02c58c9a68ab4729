import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { PathId } from '../../platform/http/path-id';
import { RequirementRunsResponse, RunsQuery } from './dto/runs.dto';
import { SubmissionPage, SubmissionsQuery, SubmissionWithTextResponse } from './dto/submission.dto';
import { RunsQueries } from './runs/runs.queries';
import { SubmissionsQueries } from './submissions.queries';

@ApiTags('inlets')
@Controller()
export class SubmissionsController {
  constructor(
    private readonly submissions: SubmissionsQueries,
    private readonly runs: RunsQueries,
  ) {}

  /** What came in at an inlet, newest first. */
  @Get('inlets/:id/submissions')
  @Allow('systems:read')
  ofInlet(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Query() query: SubmissionsQuery,
  ): Promise<SubmissionPage> {
    return this.submissions.ofInlet(actor, id, query);
  }

  /** One message with what was in it, as text. */
  @Get('submissions/:id')
  @Allow('systems:read')
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<SubmissionWithTextResponse> {
    return this.submissions.get(actor, id);
  }

  /** Day by day, how the backups of a requirement went, how old the newest recovery point is, and what is wrong. */
  @Get('backup-requirements/:id/runs')
  @Allow('systems:read')
  ofRequirement(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Query() { days }: RunsQuery,
  ): Promise<RequirementRunsResponse> {
    return this.runs.ofRequirement(actor, id, days);
  }
}
