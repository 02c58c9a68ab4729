import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { PathId } from '../../platform/http/path-id';
import { ApproveAssessmentRequest, AssessmentRequest } from './dto/assessment.request';
import { ApprovedAssessmentResponse, AssessmentPage, AssessmentResponse } from './dto/assessment.response';
import { ImportanceQueries } from './importance.queries';
import { ImportanceService } from './importance.service';

@ApiTags('importance')
@Controller()
export class ImportanceController {
  constructor(
    private readonly service: ImportanceService,
    private readonly queries: ImportanceQueries,
  ) {}

  /** Everything that was answered about the importance of a system. */
  @Get('systems/:id/importance-assessments')
  @Allow('systems:read')
  list(@CurrentActor() actor: Actor, @PathId() id: string): Promise<AssessmentPage> {
    return this.queries.ofSystem(actor, id);
  }

  /** Answers the questionnaire; the answer says which tier is suggested, and on what grounds. */
  @Post('systems/:id/importance-assessments')
  @Allow('systems:write')
  async assess(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { answers, impacts = null }: AssessmentRequest,
  ): Promise<AssessmentResponse> {
    return this.queries.get(actor, await this.service.assess(actor, id, answers, impacts));
  }

  @Get('importance-assessments/:id')
  @Allow('systems:read')
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<AssessmentResponse> {
    return this.queries.get(actor, id);
  }

  /** Gives the system a tier on the answers; never on one's own. */
  @Post('importance-assessments/:id/approve')
  @HttpCode(200)
  @Allow('tiers:approve')
  async approve(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { tier, rationale, setMtd = false }: ApproveAssessmentRequest,
  ): Promise<ApprovedAssessmentResponse> {
    const affected = await this.service.approve(actor, id, { tier, rationale, setMtd });
    return { ...(await this.queries.get(actor, id)), affected };
  }
}
