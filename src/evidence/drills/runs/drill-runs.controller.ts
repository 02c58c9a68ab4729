import { Body, Controller, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiConflictResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../access/actor';
import { Allow } from '../../../access/allow.decorator';
import { CurrentActor } from '../../../access/current-actor.decorator';
import { PathId } from '../../../platform/http/path-id';
import { parseInstant } from '../../../platform/http/validators';
import { DrillRunsQueries } from './drill-runs.queries';
import { DrillRunsService, type Observed } from './drill-runs.service';
import {
  CompleteRequest,
  NoteRequest,
  ObserveRequest,
  OutageRequest,
  PauseRequest,
  ReasonRequest,
} from './dto/drill-run.request';
import { AttestedRunResponse, DrillRunReportResponse, DrillRunResponse } from './dto/drill-run.response';
import { RunAttestationService } from './run-attestation.service';

@ApiTags('drills')
@Controller()
export class DrillRunsController {
  constructor(
    private readonly service: DrillRunsService,
    private readonly attestations: RunAttestationService,
    private readonly queries: DrillRunsQueries,
  ) {}

  /** Opens the run of a planned drill, to be prepared; its clock does not begin yet. */
  @Post('drills/:id/runs')
  @Allow('backup-evidence:write')
  async open(@CurrentActor() actor: Actor, @PathId() id: string): Promise<DrillRunResponse> {
    return this.queries.get(actor, await this.service.open(actor, id));
  }

  /** Records a real outage as a run whose clock began when the service was lost. */
  @Post('systems/:id/outages')
  @Allow('backup-evidence:write')
  async recordOutage(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { procedureVersionId = null, ...body }: OutageRequest,
  ): Promise<DrillRunResponse> {
    const outage = { ...body, procedureVersionId, startedAt: parseInstant(body.startedAt) };
    return this.queries.get(actor, await this.service.recordOutage(actor, id, outage));
  }

  @Get('drill-runs/:id')
  @Allow('systems:read')
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<DrillRunResponse> {
    return this.queries.get(actor, id);
  }

  /** Starts the clock; what was prepared before does not count. */
  @Post('drill-runs/:id/begin')
  @HttpCode(200)
  @Allow('backup-evidence:write')
  async begin(@CurrentActor() actor: Actor, @PathId() id: string): Promise<DrillRunResponse> {
    await this.service.begin(actor, id);
    return this.queries.get(actor, id);
  }

  /** Stops the clock for a while. */
  @Post('drill-runs/:id/pause')
  @HttpCode(200)
  @Allow('backup-evidence:write')
  async pause(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { reason = null }: PauseRequest,
  ): Promise<DrillRunResponse> {
    await this.service.pause(actor, id, reason);
    return this.queries.get(actor, id);
  }

  /** Lets the clock go on. */
  @Post('drill-runs/:id/resume')
  @HttpCode(200)
  @Allow('backup-evidence:write')
  async resume(@CurrentActor() actor: Actor, @PathId() id: string): Promise<DrillRunResponse> {
    await this.service.resume(actor, id);
    return this.queries.get(actor, id);
  }

  /** Adds a note, which stays as it is. */
  @Post('drill-runs/:id/notes')
  @Allow('backup-evidence:write')
  async note(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { text }: NoteRequest,
  ): Promise<DrillRunResponse> {
    await this.service.note(actor, id, text);
    return this.queries.get(actor, id);
  }

  /** Says what was seen so far: the point that was restored, the value of the check. */
  @Patch('drill-runs/:id')
  @Allow('backup-evidence:write')
  async observe(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() body: ObserveRequest,
  ): Promise<DrillRunResponse> {
    await this.service.observe(actor, id, observed(body));
    return this.queries.get(actor, id);
  }

  /** Stops the clock for good and says how it went. It proves nothing before somebody else attests it. */
  @Post('drill-runs/:id/complete')
  @HttpCode(200)
  @Allow('backup-evidence:write')
  async complete(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { outcome, note = null, checkHeld = null, finishedAt = null, ...body }: CompleteRequest,
  ): Promise<DrillRunResponse> {
    const ended = {
      claimed: outcome,
      note,
      checkHeld,
      finishedAt: finishedAt === null ? null : parseInstant(finishedAt),
    };
    await this.service.complete(actor, id, { ...ended, ...observed(body) });
    return this.queries.get(actor, id);
  }

  /** Ends a run without a result, saying why. A drill may be run anew. */
  @Post('drill-runs/:id/abandon')
  @HttpCode(200)
  @Allow('backup-evidence:write')
  async abandon(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { reason }: ReasonRequest,
  ): Promise<DrillRunResponse> {
    await this.service.abandon(actor, id, reason);
    return this.queries.get(actor, id);
  }

  /** Attests a run that others completed: it is frozen, and a drill becomes evidence. The answer tells what it turned. */
  @Post('drill-runs/:id/attest')
  @HttpCode(200)
  @Allow('evidence:write')
  async attest(@CurrentActor() actor: Actor, @PathId() id: string): Promise<AttestedRunResponse> {
    const affected = await this.attestations.attest(actor, id);
    return { ...(await this.queries.get(actor, id)), affected };
  }

  /** The report of a run as it was attested, with its digest. */
  @Get('drill-runs/:id/report')
  @ApiConflictResponse()
  @Allow('systems:read')
  report(@CurrentActor() actor: Actor, @PathId() id: string): Promise<DrillRunReportResponse> {
    return this.queries.storedReport(actor, id);
  }
}

const observed = ({ recoveryPointAt, checkObserved }: ObserveRequest): Observed => ({
  ...(recoveryPointAt !== undefined && {
    recoveryPointAt: recoveryPointAt === null ? null : parseInstant(recoveryPointAt),
  }),
  ...(checkObserved !== undefined && { checkObserved }),
});
