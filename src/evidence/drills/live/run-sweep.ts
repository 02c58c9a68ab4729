import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { Heartbeats } from '../../../platform/health/heartbeats';
import type { JobHandler, JobName } from '../../../platform/queue/job';
import { Drill } from '../drill.entity';
import { tellOfRun } from '../drill-notices';
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
    private readonly config: Config,
  ) {}

  async handle(): Promise<void> {
    await this.heartbeats.around('drills', async () => {
      await this.openNow();
      await this.dataSource.transaction((m) => this.warn(m));
      await this.dataSource.transaction((m) => this.chase(m));
    });
  }

  /** Opens what is due, and nothing else: for who knows that something is. */
  async openNow(): Promise<void> {
    await this.dataSource.transaction((m) => this.openDue(m));
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
    await this.tell(m, due, 'PLANNED_END_PASSED', 'DRILL_LATE');
  }

  private async chase(m: EntityManager): Promise<void> {
    const due = await this.due(m, 'chase_at');
    const next = new Date(this.clock.now().getTime() + DAY_MS);
    await m.query('UPDATE drill_run SET chase_at = $2 WHERE id = ANY($1::uuid[])', [due.map(({ id }) => id), next]);
    await this.tell(m, due, 'LEFT_OPEN', 'DRILL_LEFT_OPEN');
  }

  /** In the log of each run, and to its people. */
  private async tell(
    m: EntityManager,
    due: readonly Due[],
    event: 'PLANNED_END_PASSED' | 'LEFT_OPEN',
    notice: 'DRILL_LATE' | 'DRILL_LEFT_OPEN',
  ): Promise<void> {
    const telling = { m, at: this.clock.now(), timeZone: this.config.TZ_DEFAULT, byId: null };
    for (const { organisationId, ...run } of due) {
      await this.record.tell(m, null, { run, organisationId }, event);
      await tellOfRun(telling, run, organisationId, notice);
    }
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
