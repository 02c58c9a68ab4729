import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, scopeOf } from '../../../access/actor';
import { scopeCondition, SqlParameters } from '../../../access/scope/scope-sql';
import { requireSystemOf } from '../../../access/scope/system-of-record';
import type { AuditAction } from '../../../audit/audit-actions';
import { AuditLog } from '../../../audit/audit-log';
import { Clock } from '../../../platform/clock/clock';
import { Problem } from '../../../platform/http/problem';
import { DrillRun, type RunStatus } from './drill-run.entity';
import type { RunEvent, RunEventKind } from './run-event.entity';

/** A run that is locked for the rest of the transaction, so that what happens in it happens one after the other. */
export interface LockedRun {
  run: DrillRun;
  organisationId: string;
}

const DAY_MS = 86_400_000;

type Told = Partial<Pick<RunEvent, 'stepKey' | 'text'>>;

const ACTIONS: Readonly<Partial<Record<RunEventKind, AuditAction>>> = {
  OPENED: 'drill_run.opened',
  BEGUN: 'drill_run.begun',
  PAUSED: 'drill_run.paused',
  RESUMED: 'drill_run.resumed',
  STEP_STARTED: 'drill_run.step_started',
  STEP_FINISHED: 'drill_run.step_finished',
  STEP_SKIPPED: 'drill_run.step_skipped',
  NOTED: 'drill_run.noted',
  OBSERVED: 'drill_run.observed',
  COMPLETED: 'drill_run.completed',
  ABANDONED: 'drill_run.abandoned',
  ATTESTED: 'drill_run.attested',
};

/** How every write finds its run, and tells what it did. */
@Injectable()
export class RunRecord {
  constructor(
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * The run, locked. Who may prove backups of its system may take part in it, and everybody who is booked for it.
   * @throws Problem 404; 403 for who is neither; 409 RUN_NOT_OPEN when it stands at none of `statuses`.
   */
  async open(m: EntityManager, actor: Actor, id: string, ...statuses: RunStatus[]): Promise<LockedRun> {
    const run = await m.findOne(DrillRun, { where: { id }, lock: { mode: 'for_no_key_update' } });
    const { organisationId } = await requireSystemOf(m, actor, 'systems:read', run?.systemId, 'DRILL_RUN_NOT_FOUND');
    const locked = { run: run as DrillRun, organisationId };
    await this.requirePart(m, actor, locked.run);
    if (!statuses.includes(locked.run.status)) throw new Problem(409, 'RUN_NOT_OPEN');
    return locked;
  }

  /** Adds to what happened in a locked run; what a person did is on record too. */
  async tell(
    m: EntityManager,
    actor: Actor | null,
    locked: LockedRun,
    kind: RunEventKind,
    told: Told = {},
  ): Promise<void> {
    const { run, organisationId } = locked;
    await m.query(
      `INSERT INTO drill_run_event (run_id, number, at, kind, actor_id, step_key, text)
       SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6 FROM drill_run_event WHERE run_id = $1`,
      [run.id, this.clock.now(), kind, actor?.userId ?? null, told.stepKey ?? null, told.text ?? null],
    );
    if (!actor) return;
    // Nobody is asked after a run on the day after somebody has done something in it.
    await m.query('UPDATE drill_run SET chase_at = greatest(chase_at, $2) WHERE id = $1 AND chase_at IS NOT NULL', [
      run.id,
      new Date(this.clock.now().getTime() + DAY_MS),
    ]);
    const action = ACTIONS[kind];
    if (!action) return;
    const after = { systemId: run.systemId, drillId: run.drillId, ...told };
    await this.audit.record(m, actor, { action, recordType: 'drill_run', recordId: run.id, organisationId, after });
  }

  private async requirePart(m: EntityManager, actor: Actor, { drillId, systemId }: DrillRun): Promise<void> {
    const parameters = new SqlParameters();
    const scope = scopeOf(actor, 'backup-evidence:write');
    const mayProve = scopeCondition(scope, parameters, 's.organisation_id', ['s.owner_id', 's.deputy_id']);
    const [found] = await m.query<{ allowed: boolean }[]>(
      `SELECT (${mayProve} OR EXISTS (SELECT FROM drill_participant b WHERE b.drill_id = ${parameters.bind(drillId)}
         AND b.user_id = ${parameters.bind(actor.userId)})) AS allowed FROM system s WHERE s.id = ${parameters.bind(systemId)}`,
      parameters.values,
    );
    if (!found?.allowed) throw new Problem(403, 'NOT_BOOKED');
  }
}
