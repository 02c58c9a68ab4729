import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { AuditLog } from '../../../audit/audit-log';
import {
  PERIOD_KINDS,
  type PeriodKind,
  periodsToReport,
  type ReportingPeriod,
} from '../../../core/report/reporting-period';
import { addDays, type CivilDate } from '../../../core/time/civil-date';
import { localDate, startOfDay } from '../../../core/time/zone';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { newId } from '../../../platform/database/id';
import type { JobName } from '../../../platform/queue/job';
import { JobQueue } from '../../../platform/queue/job-queue';

export const REPORT_JOB: JobName = 'upkeep.report';

/** How many missed periods of a kind are made up. */
const MOST_MISSED = 12;

interface Reporting {
  organisationId: string;
  /** The first day of the last period of a kind that the calendar asked for. */
  reported: Partial<Record<PeriodKind, CivilDate>>;
}

/** Asks for the reports of periods that have ended, of every organisation that has a CISO or Head ISO of its own. */
@Injectable()
export class ScheduledReports {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Asks for what is missing, also when it was missed. May come as often as it likes, from several workers. @returns the ids of those it asked for. */
  async run(): Promise<string[]> {
    const now = this.clock.now();
    const today = localDate(now, this.config.TZ_DEFAULT);
    const asked: string[] = [];
    for (const { organisationId, reported } of await this.reporting())
      for (const kind of PERIOD_KINDS)
        for (const period of periodsToReport(kind, today, reported[kind] ?? null, MOST_MISSED)) {
          const id = await this.dataSource.transaction((m) => this.ask(m, organisationId, period, now));
          if (id) asked.push(id);
        }
    for (const id of asked) await this.jobs.add(REPORT_JOB, { reportId: id }, `report-${id}`);
    return asked;
  }

  private reporting(): Promise<Reporting[]> {
    return this.dataSource.query<Reporting[]>(
      `SELECT o.id AS "organisationId", coalesce((SELECT json_object_agg(l.period_kind, l.starts_on) FROM (
           SELECT period_kind, max(starts_on)::text AS starts_on FROM report
           WHERE organisation_id = o.id AND requested_by_id IS NULL GROUP BY 1) l), '{}') AS reported
       FROM organisation o WHERE EXISTS (SELECT FROM role_assignment r JOIN app_user u ON u.id = r.user_id AND u.active
         WHERE r.organisation_id = o.id AND r.role = 'CISO_OFFICE') ORDER BY o.id`,
    );
  }

  /** Nothing for a period by whose end nothing had been judged: before the office used the product there is nothing to tell. */
  private async ask(
    m: EntityManager,
    organisationId: string,
    { kind, startsOn, endsOn }: ReportingPeriod,
    now: Date,
  ): Promise<string | undefined> {
    await m.query('SELECT FROM organisation WHERE id = $1 FOR NO KEY UPDATE', [organisationId]);
    const [asked] = await m.query<{ id: string; version: number }[]>(
      `INSERT INTO report (id, organisation_id, period_kind, starts_on, ends_on, version, status, requested_at)
       SELECT $1, $2, $3, $4, $5, 1 + coalesce(max(version), 0), 'QUEUED', $6
       FROM report WHERE organisation_id = $2 AND period_kind = $3 AND starts_on = $4
       HAVING EXISTS (SELECT FROM obligation_transition t JOIN system s ON s.id = t.system_id
         JOIN organisation_closure c ON c.organisation_id = s.organisation_id WHERE c.ancestor_id = $2 AND t.at < $7)
       ON CONFLICT DO NOTHING RETURNING id, version`,
      [newId(), organisationId, kind, startsOn, endsOn, now, startOfDay(addDays(endsOn, 1), this.config.TZ_DEFAULT)],
    );
    if (!asked) return undefined;
    const after = { periodKind: kind, startsOn, endsOn, version: asked.version };
    const about = { recordType: 'report', recordId: asked.id, organisationId, after };
    await this.audit.record(m, null, { action: 'report.requested', ...about });
    return asked.id;
  }
}
