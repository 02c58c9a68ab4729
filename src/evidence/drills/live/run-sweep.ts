import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../../platform/clock/clock';
import { Heartbeats } from '../../../platform/health/heartbeats';
import type { JobHandler, JobName } from '../../../platform/queue/job';
import { Drill } from '../drill.entity';
import { DrillRun } from '../runs/drill-run.entity';
import { RunOpening } from '../runs/run-opening';
import { RunRecord } from '../runs/run-record';

/** A bound on one run of the sweep; what is left is taken by the next, seconds later. */
const BATCH = 50;
const DAY_MS = 24 * 60 * 60_000;

type Due = DrillRun & { organisationId: string };

/** Every few seconds: opens runs at their time, tells when a planned end passes, and asks once a day after runs that were left open. */
@Injectable()
export class RunSweep implements JobHandler {
  readonly job: JobName = 'reminders.drills';

  constructor(
    private readonly dataSource: DataSource,
    private readonly opening: RunOpening,
    private readonly record: RunRecord,
    private readonly clock: Clock,
    private readonly heartbeats: Heartbeats,
  ) {}

  async handle(): Promise<void> {
    await this.heartbeats.around('drills', async () => {
      await this.dataSource.transaction((m) => this.openDue(m));
      await this.dataSource.transaction((m) => this.warn(m));
      await this.dataSource.transaction((m) => this.chase(m));
    });
  }

  private async openDue(m: EntityManager): Promise<void> {
    const due = await m.query<(Drill & { organisationId: string })[]>(
      `SELECT d.id, d.system_id AS "systemId", d.kind, d.type, d.scheduled_at AS "scheduledAt", d.planned_minutes AS "plannedMinutes",
         d.procedure_version_id AS "procedureVersionId", d.step_keys AS "stepKeys", s.organisation_id AS "organisationId"
       FROM drill d JOIN system s ON s.id = d.system_id WHERE d.status = 'PLANNED' AND d.scheduled_at <= $1
       ORDER BY d.scheduled_at, d.id LIMIT ${BATCH} FOR NO KEY UPDATE OF d SKIP LOCKED`,
      [this.clock.now()],
    );
    if (due.length === 0) return;
    await m.query(`UPDATE drill SET status = 'UNDER_WAY', row_version = row_version + 1 WHERE id = ANY($1::uuid[])`, [
      due.map(({ id }) => id),
    ]);
    for (const { organisationId, ...drill } of due) await this.opening.open(m, null, drill, organisationId);
  }

  private async warn(m: EntityManager): Promise<void> {
    const due = await this.due(m, 'warn_at');
    await m.query('UPDATE drill_run SET warn_at = NULL WHERE id = ANY($1::uuid[])', [due.map(({ id }) => id)]);
    for (const { organisationId, ...run } of due)
      await this.record.tell(m, null, { run, organisationId }, 'PLANNED_END_PASSED');
  }

  private async chase(m: EntityManager): Promise<void> {
    const due = await this.due(m, 'chase_at');
    const next = new Date(this.clock.now().getTime() + DAY_MS);
    await m.query('UPDATE drill_run SET chase_at = $2 WHERE id = ANY($1::uuid[])', [due.map(({ id }) => id), next]);
    for (const { organisationId, ...run } of due) await this.record.tell(m, null, { run, organisationId }, 'LEFT_OPEN');
  }

  private due(m: EntityManager, column: 'warn_at' | 'chase_at'): Promise<Due[]> {
    return m.query<Due[]>(
      `SELECT r.id, r.drill_id AS "drillId", r.system_id AS "systemId", s.organisation_id AS "organisationId"
       FROM drill_run r JOIN system s ON s.id = r.system_id WHERE r.${column} <= $1
       ORDER BY r.${column}, r.id LIMIT ${BATCH} FOR NO KEY UPDATE OF r SKIP LOCKED`,
      [this.clock.now()],
    );
  }
}
