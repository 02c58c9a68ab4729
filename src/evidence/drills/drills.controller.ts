import { Body, Controller, Get, HttpCode, Patch, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { Exported, ListExport } from '../../audit/exports/list-export';
import { CursorQuery } from '../../platform/http/cursor';
import { ETag, IfMatch } from '../../platform/http/etag';
import { PathId } from '../../platform/http/path-id';
import { parseInstant } from '../../platform/http/validators';
import { DrillPlansQueries } from './drill-plans.queries';
import { DRILLS_EXPORT } from './drills-export';
import { DrillsQueries } from './drills.queries';
import { type Booking, type DrillFields, DrillsService } from './drills.service';
import {
  CancelDrillRequest,
  DrillsExportQuery,
  DrillsQuery,
  PatchDrillRequest,
  PlanDrillRequest,
} from './dto/drill.request';
import { DrillPage, DrillReadinessResponse, DrillResponse, SystemDrillPage } from './dto/drill.response';
import { StartHints } from './live/start-hints';

@ApiTags('drills')
@Controller()
export class DrillsController {
  constructor(
    private readonly service: DrillsService,
    private readonly queries: DrillsQueries,
    private readonly plans: DrillPlansQueries,
    private readonly starts: StartHints,
    private readonly exports: ListExport,
  ) {}

  /** Drills and outages, the latest first. */
  @Get('drills')
  @Allow('systems:read')
  list(@CurrentActor() actor: Actor, @Query() query: DrillsQuery): Promise<DrillPage> {
    return this.queries.list(actor, query);
  }

  /** The drills and outages that the filter shows, as a file. */
  @Get('drills/export')
  @Allow('systems:read')
  @Exported()
  export(@CurrentActor() actor: Actor, @Query() query: DrillsExportQuery): Promise<StreamableFile> {
    return this.exports.send(actor, DRILLS_EXPORT, query, (page) => this.queries.list(actor, page));
  }

  /** The drills and outages of one system, the latest first, and the drills that its policy asks for and nobody has planned in time. */
  @Get('systems/:id/drills')
  @Allow('systems:read')
  async ofSystem(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Query() query: CursorQuery,
  ): Promise<SystemDrillPage> {
    const proposals = await this.plans.proposals(actor, id);
    return { ...(await this.queries.list(actor, { ...query, systemId: id })), proposals };
  }

  /** Plans a drill. A plan proves nothing. */
  @Post('systems/:id/drills')
  @Allow('evidence:write')
  @ETag()
  async plan(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { participants = [], ...body }: PlanDrillRequest,
  ): Promise<DrillResponse> {
    const fields = { ...body, scheduledAt: parseInstant(body.scheduledAt) } as DrillFields;
    const planned = await this.service.plan(actor, id, fields, participants.map(booking));
    await this.starts.startsAt(fields.scheduledAt);
    return this.queries.get(actor, planned);
  }

  @Get('drills/:id')
  @Allow('systems:read')
  @ETag()
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<DrillResponse> {
    return this.queries.get(actor, id);
  }

  /** Changes a plan. */
  @Patch('drills/:id')
  @Allow('evidence:write')
  @ETag()
  async change(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @IfMatch() version: number,
    @Body() { participants, scheduledAt, ...body }: PatchDrillRequest,
  ): Promise<DrillResponse> {
    const edit = { ...body, ...(scheduledAt !== undefined && { scheduledAt: parseInstant(scheduledAt) }) };
    await this.service.change(actor, id, version, edit, participants?.map(booking));
    if (edit.scheduledAt) await this.starts.startsAt(edit.scheduledAt);
    return this.queries.get(actor, id);
  }

  /** Calls a planned drill off, saying why. */
  @Post('drills/:id/cancel')
  @HttpCode(200)
  @Allow('evidence:write')
  async cancel(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { reason }: CancelDrillRequest,
  ): Promise<DrillResponse> {
    await this.service.cancel(actor, id, reason);
    return this.queries.get(actor, id);
  }

  /** Confirms that one takes part. */
  @Post('drills/:id/acknowledge')
  @HttpCode(200)
  @Allow('systems:read')
  async acknowledge(@CurrentActor() actor: Actor, @PathId() id: string): Promise<DrillResponse> {
    await this.service.acknowledge(actor, id);
    return this.queries.get(actor, id);
  }

  /** Whether a drill is ready to begin, and what is missing. It tells and does not forbid. */
  @Get('drills/:id/readiness-check')
  @Allow('systems:read')
  readiness(@CurrentActor() actor: Actor, @PathId() id: string): Promise<DrillReadinessResponse> {
    return this.plans.readiness(actor, id);
  }
}

const booking = ({ userId, part = null }: { userId: string; part?: string | null }): Booking => ({ userId, part });
