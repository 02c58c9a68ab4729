import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { type Actor, scopeOf } from '../../access/actor';
import type { Permission } from '../../access/permissions';
import { requireNamedOrganisation } from '../../access/references/organisation-reference';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import type { AuditAction } from '../../audit/audit-actions';
import { AuditLog } from '../../audit/audit-log';
import { periodOf } from '../../core/report/reporting-period';
import { localDate } from '../../core/time/zone';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { newId } from '../../platform/database/id';
import { fieldProblem, Problem } from '../../platform/http/problem';
import { JobQueue } from '../../platform/queue/job-queue';
import type { MakeReportRequest } from './dto/report.request';
import { REPORT_JOB } from './making/scheduled-reports';
import { tellOfSubmission, tellSubmitter } from './report-notices';
import { ReportComment } from './report-comment.entity';
import { Report, type ReportStatus } from './report.entity';

interface Found {
  organisationId: string;
  status: ReportStatus;
  submittedById: string | null;
}

/** What people do with reports: ask for them, comment on them, submit and acknowledge them. What they say never changes. */
@Injectable()
export class ReportsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Asks the worker for a report, a new version where there is one already. Returns its id.
   * @throws Problem 422 for an organisation that may not be seen or a period to come, 403, 409 REPORT_WAITING while the same is being made.
   */
  async ask(actor: Actor, { organisationId, periodKind, on }: MakeReportRequest): Promise<string> {
    const id = newId();
    await this.dataSource.transaction(async (m) => {
      await requireNamedOrganisation(m, actor, 'reports:write', organisationId, 'organisationId');
      const now = this.clock.now();
      const { startsOn, endsOn } = periodOf(periodKind, on);
      if (startsOn > localDate(now, this.config.TZ_DEFAULT)) throw fieldProblem(422, 'on', 'IN_THE_FUTURE');
      await m.query('SELECT FROM organisation WHERE id = $1 FOR NO KEY UPDATE', [organisationId]);
      const [last] = await m.query<{ version: number; waiting: boolean }[]>(
        `SELECT version, status IN ('QUEUED','RUNNING') AS waiting FROM report
         WHERE organisation_id = $1 AND period_kind = $2 AND starts_on = $3 ORDER BY version DESC LIMIT 1`,
        [organisationId, periodKind, startsOn],
      );
      if (last?.waiting) throw new Problem(409, 'REPORT_WAITING');
      const said = { organisationId, periodKind, startsOn, endsOn, version: (last?.version ?? 0) + 1 };
      await m.insert(Report, { id, ...said, status: 'QUEUED', requestedById: actor.userId, requestedAt: now });
      await this.record(m, actor, 'report.requested', id, organisationId, said);
    });
    await this.jobs.add(REPORT_JOB, { reportId: id }, `report-${id}`);
    return id;
  }

  /** Says something about it, beside it; who submitted it is told. @throws Problem 404, 403, 409 REPORT_NOT_OPEN before it is made and once it is acknowledged. */
  async comment(actor: Actor, reportId: string, text: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { organisationId, status } = await this.open(m, actor, 'reports:write', reportId);
      if (status !== 'DRAFT' && status !== 'SUBMITTED') throw new Problem(409, 'REPORT_NOT_OPEN');
      const [id, at] = [newId(), this.clock.now()];
      await m.insert(ReportComment, { id, reportId, authorId: actor.userId, at, text });
      await this.record(m, actor, 'report.commented', reportId, organisationId, { text });
      await tellSubmitter({ m, at, byId: actor.userId }, reportId, 'REPORT_COMMENTED', id);
    });
  }

  /** Hands a draft to the CISO; who can acknowledge it is told. @throws Problem 404, 403, 409 REPORT_NOT_DRAFT. */
  async submit(actor: Actor, id: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { organisationId, status } = await this.open(m, actor, 'reports:write', id);
      if (status !== 'DRAFT') throw new Problem(409, 'REPORT_NOT_DRAFT');
      const [at, byId] = [this.clock.now(), actor.userId];
      await m.update(Report, { id }, { status: 'SUBMITTED', submittedById: byId, submittedAt: at });
      await this.record(m, actor, 'report.submitted', id, organisationId, { status: 'SUBMITTED' });
      await tellOfSubmission({ m, at, byId }, id);
    });
  }

  /** Takes note of it; who submitted it is told. @throws Problem 404, 403, 409 OWN_REPORT for who submitted it, REPORT_NOT_SUBMITTED. */
  async acknowledge(actor: Actor, id: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { organisationId, status, submittedById } = await this.open(m, actor, 'reports:acknowledge', id);
      if (status !== 'SUBMITTED') throw new Problem(409, 'REPORT_NOT_SUBMITTED');
      if (submittedById === actor.userId) throw new Problem(409, 'OWN_REPORT');
      const [at, byId] = [this.clock.now(), actor.userId];
      await m.update(Report, { id }, { status: 'ACKNOWLEDGED', acknowledgedById: byId, acknowledgedAt: at });
      await this.record(m, actor, 'report.acknowledged', id, organisationId, { status: 'ACKNOWLEDGED' });
      await tellSubmitter({ m, at, byId }, id, 'REPORT_ACKNOWLEDGED', id);
    });
  }

  private async open(m: EntityManager, actor: Actor, permission: Permission, id: string): Promise<Found> {
    const parameters = new SqlParameters();
    const condition = (needed: Permission): string =>
      scopeCondition(scopeOf(actor, needed), parameters, 'r.organisation_id');
    const [found] = await m.query<(Found & { allowed: boolean })[]>(
      `SELECT r.organisation_id AS "organisationId", r.status, r.submitted_by_id AS "submittedById", ${condition(permission)} AS allowed
       FROM report r WHERE r.id = ${parameters.bind(id)} AND ${condition('reports:read')} FOR NO KEY UPDATE`,
      parameters.values,
    );
    if (!found) throw new Problem(404, 'REPORT_NOT_FOUND');
    if (!found.allowed) throw new Problem(403, 'NOT_ALLOWED', { params: { permission } });
    return found;
  }

  private record(
    m: EntityManager,
    actor: Actor,
    action: AuditAction,
    recordId: string,
    organisationId: string,
    after: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.record(m, actor, { action, recordType: 'report', recordId, organisationId, after });
  }
}
