import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { CursorQuery } from '../../platform/http/cursor';
import { PathId } from '../../platform/http/path-id';
import { parseInstant } from '../../platform/http/validators';
import { RestoreTestRequest } from './dto/restore-test.request';
import { RecordedRestoreTestResponse, RestoreTestPage, RestoreTestResponse } from './dto/restore-test.response';
import { RestoreTestsQueries } from './restore-tests.queries';
import { RestoreTestsService } from './restore-tests.service';

@ApiTags('evidence')
@Controller()
export class RestoreTestsController {
  constructor(
    private readonly service: RestoreTestsService,
    private readonly queries: RestoreTestsQueries,
  ) {}

  /** The restore tests of one system, the newest first. */
  @Get('systems/:id/restore-tests')
  @Allow('systems:read')
  ofSystem(@CurrentActor() actor: Actor, @PathId() id: string, @Query() query: CursorQuery): Promise<RestoreTestPage> {
    return this.queries.ofSystem(actor, id, query);
  }

  /** Records a restore test, by hand or by the program that ran it. It is evidence at once; the answer tells what it turned. */
  @Post('systems/:id/restore-tests')
  @Allow('backup-evidence:write')
  async record(
    @CurrentActor() actor: Actor,
    @PathId() id: string,
    @Body() { outcome = 'PASSED', checks = [], ...body }: RestoreTestRequest,
  ): Promise<RecordedRestoreTestResponse> {
    const {
      restored,
      fromCopy,
      backupRequirementId = null,
      tool = null,
      runId = null,
      note = null,
      link = null,
    } = body;
    const { id: made, affected } = await this.service.record(actor, id, {
      ...{ restored, fromCopy, outcome, backupRequirementId, tool, runId, note, link },
      startedAt: parseInstant(body.startedAt),
      finishedAt: parseInstant(body.finishedAt),
      recoveryPointAt: body.recoveryPointAt ? parseInstant(body.recoveryPointAt) : null,
      checks: checks.map(({ title, expected, observed, passed = null }) => ({ title, expected, observed, passed })),
    });
    return { ...(await this.queries.get(actor, made)), affected };
  }

  @Get('restore-tests/:id')
  @Allow('systems:read')
  get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<RestoreTestResponse> {
    return this.queries.get(actor, id);
  }
}
