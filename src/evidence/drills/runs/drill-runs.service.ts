import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../../../access/actor';
import { requireSystem } from '../../../access/scope/system-access';
import { requireSystemOf } from '../../../access/scope/system-of-record';
import { openSteps } from '../../../core/drill/drill-steps';
import type { Outcome } from '../../../core/evidence/evidence';
import { Clock } from '../../../platform/clock/clock';
import { newId } from '../../../platform/database/id';
import { fieldProblem, Problem } from '../../../platform/http/problem';
import { DrillPlansQueries } from '../drill-plans.queries';
import { Drill, type DrillKind } from '../drill.entity';
import { DrillRun } from './drill-run.entity';
import { RunOpening } from './run-opening';
import { type LockedRun, RunRecord } from './run-record';
import { RunStep } from './steps/run-step.entity';

export interface Observed {
  recoveryPointAt?: Date | null;
  checkObserved?: string | null;
}
export interface Completion extends Observed {
  claimed: Outcome;
  note: string | null;
  /** Whether the check held; null when nobody said. */
  checkHeld: boolean | null;
  /** When an outage ended; null when it did just now. */
  finishedAt?: Date | null;
}
export type Outage = Pick<Drill, 'title' | 'plannedMinutes' | 'procedureVersionId'> & { startedAt: Date };

const MINUTE_MS = 60_000;
const CHASE_MS = 3 * 24 * 60 * MINUTE_MS;

/** Runs of drills and outages: opened, begun, paused, noted, completed. None of it proves anything before it is attested. */
@Injectable()
export class DrillRunsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly record: RunRecord,
    private readonly opening: RunOpening,
    private readonly plans: DrillPlansQueries,
    private readonly clock: Clock,
  ) {}

  /** Opens the run of a planned drill, to be prepared. Returns its id. @throws Problem 404, 403; 409 DRILL_NOT_PLANNED when it has one. */
  async open(actor: Actor, drillId: string): Promise<string> {
    return this.dataSource.transaction(async (m) => {
      const drill = await m.findOne(Drill, { where: { id: drillId }, lock: { mode: 'for_no_key_update' } });
      const permission = 'backup-evidence:write';
      const { organisationId } = await requireSystemOf(m, actor, permission, drill?.systemId, 'DRILL_NOT_FOUND');
      if (!drill || drill.status !== 'PLANNED') throw new Problem(409, 'DRILL_NOT_PLANNED');
      await m.update(Drill, { id: drillId }, { status: 'UNDER_WAY', rowVersion: drill.rowVersion + 1 });
      return this.opening.open(m, actor, drill, organisationId);
    });
  }

  /** Records a real outage: a run whose clock began when the service was lost. Returns the id of the run. @throws Problem 404, 403, 422. */
  async recordOutage(actor: Actor, systemId: string, { startedAt, ...fields }: Outage): Promise<string> {
    return this.dataSource.transaction(async (m) => {
      const { organisationId } = await requireSystem(m, actor, 'backup-evidence:write', systemId);
      if (startedAt > this.clock.now()) throw fieldProblem(422, 'startedAt', 'IN_THE_FUTURE');
      await requireVersionOf(m, fields.procedureVersionId, systemId);
      const facts = {
        id: newId(),
        systemId,
        kind: 'OUTAGE',
        type: null,
        scheduledAt: startedAt,
        stepKeys: null,
        ...fields,
      } as const;
      const written = { status: 'UNDER_WAY', plannedById: actor.userId, createdAt: this.clock.now() } as const;
      await m.insert(Drill, { ...facts, ...written });
      return this.opening.open(m, actor, facts, organisationId, { startedAt, startedById: actor.userId });
    });
  }

  /** Starts the clock; what was prepared before does not count. What was missing then is kept. @throws Problem as `RunRecord.open`. */
  begin(actor: Actor, id: string): Promise<void> {
    return this.dataSource.transaction(async (m) => {
      const locked = await this.record.open(m, actor, id, 'PREPARING');
      const drill = await m.findOneByOrFail(Drill, { id: locked.run.drillId });
      const now = this.clock.now();
      const readiness = await this.plans.readinessOf(m, drill);
      const warnAt = new Date(now.getTime() + drill.plannedMinutes * MINUTE_MS);
      await m.update(DrillRun, { id }, {
        status: 'RUNNING',
        startedAt: now,
        startedById: actor.userId,
        readiness,
        warnAt,
      } as never);
      await this.record.tell(m, actor, locked, 'BEGUN');
    });
  }

  /** Stops the clock for a while. @throws Problem 409 RUN_PAUSED; OUTAGE_NOT_PAUSED, since the service is gone all the same. */
  pause(actor: Actor, id: string, reason: string | null): Promise<void> {
    return this.dataSource.transaction(async (m) => {
      const locked = await this.record.open(m, actor, id, 'RUNNING');
      if (locked.run.pausedAt) throw new Problem(409, 'RUN_PAUSED');
      const { kind } = await m.findOneByOrFail(Drill, { id: locked.run.drillId });
      if (kind === 'OUTAGE') throw new Problem(409, 'OUTAGE_NOT_PAUSED');
      await m.update(DrillRun, { id }, { pausedAt: this.clock.now() });
      await this.record.tell(m, actor, locked, 'PAUSED', { text: reason });
    });
  }

  /** Lets the clock go on. @throws Problem 409 RUN_NOT_PAUSED. */
  resume(actor: Actor, id: string): Promise<void> {
    return this.dataSource.transaction(async (m) => {
      const locked = await this.record.open(m, actor, id, 'RUNNING');
      if (!locked.run.pausedAt) throw new Problem(409, 'RUN_NOT_PAUSED');
      await m.update(DrillRun, { id }, { pausedAt: null, pausedSeconds: this.pausedUntilNow(locked.run) });
      await this.record.tell(m, actor, locked, 'RESUMED');
    });
  }

  /** Adds a note, which stays as it is. */
  note(actor: Actor, id: string, text: string): Promise<void> {
    return this.dataSource.transaction(async (m) => {
      const locked = await this.record.open(m, actor, id, 'PREPARING', 'RUNNING', 'COMPLETED');
      await this.record.tell(m, actor, locked, 'NOTED', { text });
    });
  }

  /** Says what was seen so far: the point that was restored, the value of the check. @throws Problem 422 for a point after the start. */
  observe(actor: Actor, id: string, observed: Observed): Promise<void> {
    return this.dataSource.transaction(async (m) => {
      const locked = await this.record.open(m, actor, id, 'RUNNING');
      await this.see(m, locked, observed);
      const text = [observed.recoveryPointAt?.toISOString(), observed.checkObserved].filter(Boolean).join('\n');
      await this.record.tell(m, actor, locked, 'OBSERVED', { text });
    });
  }

  /**
   * Stops the clock for good and says how it went.
   * @throws Problem 409 STEPS_OPEN when it is said to have passed although steps have neither been done nor left out; 422 as `observe`, when nobody
   * says whether a check that was looked at held, and for an end that cannot be or is not that of an outage.
   */
  complete(
    actor: Actor,
    id: string,
    { claimed, note, checkHeld, finishedAt = null, ...observed }: Completion,
  ): Promise<void> {
    return this.dataSource.transaction(async (m) => {
      const locked = await this.record.open(m, actor, id, 'RUNNING');
      const open = openSteps(await m.findBy(RunStep, { runId: id })).length;
      if (claimed === 'PASSED' && open > 0) throw new Problem(409, 'STEPS_OPEN', { params: { open } });
      await this.see(m, locked, observed);
      const { checkExpected, kind } = await m.findOneByOrFail(Drill, { id: locked.run.drillId });
      const { checkObserved = locked.run.checkObserved } = observed;
      if (checkExpected && checkObserved && claimed !== 'FAILED' && checkHeld === null)
        throw fieldProblem(422, 'checkHeld', 'REQUIRED');
      const now = this.clock.now();
      if (finishedAt) requireEnd(finishedAt, kind, locked.run, now);
      const pausedSeconds = this.pausedUntilNow(locked.run);
      await m.update(DrillRun, { id }, {
        ...{
          status: 'COMPLETED',
          claimed,
          checkHeld: checkExpected ? checkHeld : null,
          note,
          finishedAt: finishedAt ?? now,
          completedById: actor.userId,
          pausedAt: null,
          pausedSeconds,
        },
        ...{ warnAt: null, chaseAt: new Date(now.getTime() + CHASE_MS) },
      } as never);
      await this.record.tell(m, actor, locked, 'COMPLETED', { text: note });
    });
  }

  /** Ends a run without a result, saying why: it proves nothing, and a drill may be run anew. */
  abandon(actor: Actor, id: string, reason: string): Promise<void> {
    return this.dataSource.transaction(async (m) => {
      const locked = await this.record.open(m, actor, id, 'PREPARING', 'RUNNING', 'COMPLETED');
      const { drillId } = locked.run;
      await m.update(
        DrillRun,
        { id },
        { status: 'ABANDONED', endReason: reason, pausedAt: null, warnAt: null, chaseAt: null },
      );
      const cancelled = { status: 'CANCELLED', cancelReason: reason, cancelledById: actor.userId } as const;
      const { kind, rowVersion } = await m.findOneByOrFail(Drill, { id: drillId });
      const next = kind === 'OUTAGE' ? cancelled : { status: 'PLANNED' as const };
      await m.update(Drill, { id: drillId }, { ...next, rowVersion: rowVersion + 1 });
      await this.record.tell(m, actor, locked, 'ABANDONED', { text: reason });
    });
  }

  private async see(m: EntityManager, { run }: LockedRun, { recoveryPointAt, checkObserved }: Observed): Promise<void> {
    if (recoveryPointAt && run.startedAt && recoveryPointAt > run.startedAt)
      throw fieldProblem(422, 'recoveryPointAt', 'AFTER_START');
    const seen = {
      ...(recoveryPointAt !== undefined && { recoveryPointAt }),
      ...(checkObserved !== undefined && { checkObserved }),
    };
    if (Object.keys(seen).length > 0) await m.update(DrillRun, { id: run.id }, seen);
  }

  private pausedUntilNow({ pausedAt, pausedSeconds }: DrillRun): number {
    return pausedSeconds + (pausedAt ? Math.floor((this.clock.now().getTime() - pausedAt.getTime()) / 1000) : 0);
  }
}

/** An outage may be recorded when it is over; the clock of a drill stops when somebody stops it. */
function requireEnd(finishedAt: Date, kind: DrillKind, { startedAt }: DrillRun, now: Date): void {
  if (kind !== 'OUTAGE') throw fieldProblem(422, 'finishedAt', 'ONLY_OUTAGES');
  if (startedAt && finishedAt < startedAt) throw fieldProblem(422, 'finishedAt', 'BEFORE_START');
  if (finishedAt > now) throw fieldProblem(422, 'finishedAt', 'IN_THE_FUTURE');
}

async function requireVersionOf(m: EntityManager, versionId: string | null, systemId: string): Promise<void> {
  if (!versionId) return;
  const [found] = await m.query<unknown[]>(
    'SELECT 1 FROM procedure_version v JOIN procedure p ON p.id = v.procedure_id WHERE v.id = $1 AND p.system_id = $2',
    [versionId, systemId],
  );
  if (!found) throw fieldProblem(422, 'procedureVersionId', 'NOT_FOUND');
}
