import type { FrozenWording } from '../../../obligations/lists/frozen-wording';
import type { ReportedWaiver, ReportedWaivers } from './report-content.response';
import { BY_TIER, MOST_LISTED, type SectionQuery, SYSTEM, within } from './section-query';

type Row = Omit<ReportedWaiver, 'title'> &
  Omit<ReportedWaivers, 'items' | 'granted'> & { grantedCount: number; policyId: string | null };

/** The waivers that were in force in the period or a part of it. The day of expiry is the last on which one holds. */
export async function waivers(
  { m, organisationId, period, from, until, asOfOn }: SectionQuery,
  wording: FrozenWording,
): Promise<ReportedWaivers> {
  const rows = await m.query<Row[]>(
    `WITH held AS (
       SELECT w.*, w.decided_at >= $2 AS granted,
         CASE WHEN w.revoked_at < $3 THEN 'REVOKED' WHEN w.expires_on < $5::date THEN 'EXPIRED' ELSE 'IN_FORCE' END AS standing
       FROM waiver w WHERE w.status IN ('APPROVED','REVOKED') AND w.decided_at < $3 AND w.expires_on >= $4::date
         AND (w.revoked_at IS NULL OR w.revoked_at >= $2))
     SELECT w.id, ${SYSTEM} AS system, w.rule_key AS "ruleKey", w.standing, w.granted, w.expires_on::text AS "expiresOn", w.renewals, w.reason,
       w.compensating_measure AS "compensatingMeasure", w.requested_by_id AS "requestedById", w.decided_by_id AS "decidedById",
       r.policy_id AS "policyId", count(*) OVER ()::int AS total, count(*) FILTER (WHERE w.standing = 'IN_FORCE') OVER ()::int AS "inForce",
       count(*) FILTER (WHERE w.granted) OVER ()::int AS "grantedCount", count(*) FILTER (WHERE w.standing = 'EXPIRED') OVER ()::int AS expired
     FROM held w JOIN system s ON s.id = w.system_id JOIN organisation org ON org.id = s.organisation_id
     LEFT JOIN system_readiness r ON r.system_id = s.id
     WHERE ${within('org.id')} ORDER BY ${BY_TIER}, w.expires_on, w.id LIMIT ${MOST_LISTED}`,
    [organisationId, from, until, period.startsOn, asOfOn],
  );
  await wording.load(rows);
  const [first] = rows;
  return {
    total: first?.total ?? 0,
    inForce: first?.inForce ?? 0,
    granted: first?.grantedCount ?? 0,
    expired: first?.expired ?? 0,
    items: rows.map(
      ({ policyId, total: _total, inForce: _inForce, grantedCount: _granted, expired: _expired, ...row }) => ({
        ...row,
        title: wording.title(policyId, row.ruleKey),
      }),
    ),
  };
}
