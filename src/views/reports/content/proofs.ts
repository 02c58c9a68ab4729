import type { ReportedProof, ReportedProofs } from './report-content.response';
import { MOST_LISTED, type SectionQuery, SYSTEM, within } from './section-query';

type Row = ReportedProof & Omit<ReportedProofs, 'items' | 'failed'> & { failures: number };

/** Drills and restore tests of the period, with what they took beside the targets of now. */
export async function proofs({ m, organisationId, from, until }: SectionQuery): Promise<ReportedProofs> {
  const rows = await m.query<Row[]>(
    `SELECT e.id AS "evidenceId", ${SYSTEM} AS system, e.kind, e.credited_drill_type AS "drillType", e.outcome, e.performed_at AS "performedAt",
       e.measured_minutes AS "measuredMinutes", s.rto_minutes AS "rtoMinutes",
       floor(extract(epoch FROM coalesce((e.drill->>'startedAt')::timestamptz, e.performed_at) - e.recovery_point_at) / 60)::int AS "lostMinutes",
       coalesce(b.rpo_minutes, s.rpo_minutes) AS "rpoMinutes", count(*) OVER ()::int AS total,
       count(*) FILTER (WHERE e.kind = 'DRILL') OVER ()::int AS drills, count(*) FILTER (WHERE e.kind = 'RESTORE_TEST') OVER ()::int AS "restoreTests",
       count(*) FILTER (WHERE e.outcome = 'FAILED') OVER ()::int AS failures,
       count(*) FILTER (WHERE e.measured_minutes > s.rto_minutes) OVER ()::int AS "tooLong"
     FROM evidence e JOIN system s ON s.id = e.system_id JOIN organisation org ON org.id = s.organisation_id
     LEFT JOIN backup_requirement b ON b.id = e.backup_requirement_id
     WHERE e.kind IN ('DRILL','RESTORE_TEST') AND e.superseded_by_id IS NULL AND e.performed_at >= $2 AND e.performed_at < $3
       AND ${within('org.id')}
     ORDER BY e.performed_at, e.id LIMIT ${MOST_LISTED}`,
    [organisationId, from, until],
  );
  const [first] = rows;
  return {
    total: first?.total ?? 0,
    drills: first?.drills ?? 0,
    restoreTests: first?.restoreTests ?? 0,
    failed: first?.failures ?? 0,
    tooLong: first?.tooLong ?? 0,
    items: rows.map(
      ({ total: _total, drills: _drills, restoreTests: _tests, failures: _failures, tooLong: _tooLong, ...row }) => row,
    ),
  };
}
