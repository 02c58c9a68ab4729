import { organisationJson } from '../../../access/references/refs-sql';
import type { ReportedImprovement } from './report-content.response';
import { type SectionQuery, within } from './section-query';

/** How the improvement items of each organisation went. */
export function improvements({ m, organisationId, from, until, asOfOn }: SectionQuery): Promise<ReportedImprovement[]> {
  return m.query<ReportedImprovement[]>(
    `WITH item AS (
       SELECT i.id, i.due_on, i.opened_at, i.ended_at, coalesce(s.organisation_id, i.organisation_id) AS organisation_id,
         (i.ended_at IS NULL OR i.ended_at >= $3) AS open
       FROM improvement_item i LEFT JOIN system s ON s.id = i.system_id
       WHERE i.opened_at < $3 AND (i.ended_at IS NULL OR i.ended_at >= $2)),
     progress AS (
       SELECT DISTINCT ON (item_id) item_id, percent FROM improvement_progress
       WHERE at < $3 AND percent IS NOT NULL ORDER BY item_id, at DESC, id DESC)
     SELECT ${organisationJson('org')} AS organisation, count(*) FILTER (WHERE i.opened_at >= $2)::int AS opened,
       count(*) FILTER (WHERE NOT i.open)::int AS ended, count(*) FILTER (WHERE i.open)::int AS open,
       count(*) FILTER (WHERE i.open AND i.due_on < $4::date)::int AS overdue,
       round(avg(coalesce(p.percent, 0)) FILTER (WHERE i.open))::int AS percent
     FROM item i JOIN organisation org ON org.id = i.organisation_id LEFT JOIN progress p ON p.item_id = i.id
     WHERE ${within('org.id')} GROUP BY org.id ORDER BY org.code`,
    [organisationId, from, until, asOfOn],
  );
}
