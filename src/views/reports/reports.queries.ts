import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Actor, scopeOf } from '../../access/actor';
import type { Permission } from '../../access/permissions';
import { organisationJson, personJson } from '../../access/references/refs-sql';
import type { PersonRef } from '../../access/references/refs.response';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { decodeCursor, type Page, pageOf } from '../../platform/http/cursor';
import { Problem } from '../../platform/http/problem';
import type { ReportContent } from './content/report-content.response';
import type { ReportsQuery } from './dto/report.request';
import type { ReportCommentResponse, ReportResponse, ReportStep, ReportSummary } from './dto/report.response';
import { SECTION_COUNT } from './making/report-maker';

type Row = Omit<ReportSummary, 'offered' | 'sectionsTotal'> & Record<ReportStep, boolean>;
type FullRow = Row & Pick<ReportResponse, 'content' | 'comments' | 'people'>;

const COMMENTS = `coalesce((SELECT json_agg(json_build_object('id', c.id, 'author', ${personJson('author')}, 'at', c.at, 'text', c.text) ORDER BY c.at, c.id)
  FROM report_comment c JOIN app_user author ON author.id = c.author_id WHERE c.report_id = r.id), '[]')`;

/** Reads of reports, each with what the caller may do with it. */
@Injectable()
export class ReportsQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** The reports that the caller may see, newest first. */
  async list(actor: Actor, query: ReportsQuery): Promise<Page<ReportSummary>> {
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    const place = decodeCursor(query.cursor, 'instant', 'id')?.map(bind);
    const conditions = [
      query.organisationId &&
        `r.organisation_id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${bind(query.organisationId)})`,
      query.periodKind && `r.period_kind = ${bind(query.periodKind)}`,
      query.status && `r.status = ${bind(query.status)}`,
      place && `(r.requested_at, r.id) < (${place[0]}, ${place[1]}::uuid)`,
    ].filter(Boolean);
    const rows = await this.rows<Row>(actor, parameters, conditions.join(' AND ') || 'TRUE', query.limit + 1, '');
    const page = pageOf(rows, query.limit, ({ requestedAt, id }) => [requestedAt.toISOString(), id]);
    return { ...page, items: page.items.map(summaryOf) };
  }

  /** One with what it says. @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string): Promise<ReportResponse> {
    const parameters = new SqlParameters();
    const condition = `r.id = ${parameters.bind(id)}`;
    const [row] = await this.rows<FullRow>(actor, parameters, condition, 1, `, r.content, ${COMMENTS} AS comments`);
    if (!row) throw new Problem(404, 'REPORT_NOT_FOUND');
    const { content, comments, ...rest } = row;
    return {
      ...summaryOf(rest),
      content,
      comments: comments.map(({ at, ...comment }): ReportCommentResponse => ({ ...comment, at: new Date(at) })),
      people: content ? await this.people(content) : [],
    };
  }

  private people({ duties, waivers }: ReportContent): Promise<PersonRef[]> {
    const ids = [
      ...duties.items.flatMap(({ ownerId }) => ownerId ?? []),
      ...waivers.items.flatMap(({ requestedById, decidedById }) => [requestedById, decidedById]),
    ];
    return this.dataSource.query<PersonRef[]>(
      'SELECT id, display_name AS "displayName", email FROM app_user WHERE id = ANY($1::uuid[]) ORDER BY id',
      [[...new Set(ids)]],
    );
  }

  private rows<T>(
    actor: Actor,
    parameters: SqlParameters,
    condition: string,
    limit: number,
    more: string,
  ): Promise<T[]> {
    const within = (permission: Permission): string =>
      scopeCondition(scopeOf(actor, permission), parameters, 'r.organisation_id');
    const own = parameters.bind(actor.userId);
    return this.dataSource.query<T[]>(
      `SELECT r.id, ${organisationJson('o')} AS organisation, r.period_kind AS "periodKind", r.starts_on::text AS "startsOn",
         r.ends_on::text AS "endsOn", r.version, r.status, r.sections_done AS "sectionsDone", ${personJson('requester')} AS "requestedBy",
         r.requested_at AS "requestedAt", r.standing_at AS "asOf", r.sha256, ${personJson('submitter')} AS "submittedBy",
         r.submitted_at AS "submittedAt", ${personJson('acknowledger')} AS "acknowledgedBy", r.acknowledged_at AS "acknowledgedAt",
         (r.status IN ('DRAFT','SUBMITTED') AND ${within('reports:write')}) AS comment,
         (r.status = 'DRAFT' AND ${within('reports:write')}) AS submit,
         (r.status = 'SUBMITTED' AND r.submitted_by_id <> ${own} AND ${within('reports:acknowledge')}) AS acknowledge${more}
       FROM report r JOIN organisation o ON o.id = r.organisation_id LEFT JOIN app_user requester ON requester.id = r.requested_by_id
       LEFT JOIN app_user submitter ON submitter.id = r.submitted_by_id LEFT JOIN app_user acknowledger ON acknowledger.id = r.acknowledged_by_id
       WHERE ${condition} AND ${within('reports:read')}
       ORDER BY r.requested_at DESC, r.id DESC LIMIT ${parameters.bind(limit)}`,
      parameters.values,
    );
  }
}

function summaryOf({ comment, submit, acknowledge, ...row }: Row): ReportSummary {
  const offered: ReportStep[] = [
    ...(comment ? (['comment'] as const) : []),
    ...(submit ? (['submit'] as const) : []),
    ...(acknowledge ? (['acknowledge'] as const) : []),
  ];
  return { ...row, sectionsTotal: SECTION_COUNT, offered };
}
