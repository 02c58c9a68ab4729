import { organisationJson } from '../../../access/references/refs-sql';
import { nobodyReachable } from '../../../access/references/reachable-sql';
import type { Reason } from '../../../core/readiness/reason';
import type { FrozenWording } from '../../../obligations/lists/frozen-wording';
import type { ReportedException, ReportedExceptions, ReportedSystem } from './report-content.response';
import { BY_TIER, MOST_LISTED, type SectionQuery, SYSTEM, within } from './section-query';

type Row = Omit<ReportedException, 'title' | 'reason'> & { reason: Reason; policyId: string | null; total: number };

const PROVISIONAL = `s.lifecycle = 'OPERATING' AND coalesce((SELECT a.provisional FROM importance_assessment a
  WHERE a.system_id = s.id AND a.status = 'APPROVED' ORDER BY a.number DESC LIMIT 1), TRUE)`;

/** What is outside of the rules now: the register keeps no older state of it. */
export async function exceptions(query: SectionQuery, wording: FrozenWording): Promise<ReportedExceptions> {
  const rows = await query.m.query<Row[]>(
    `SELECT o.id AS "obligationId", ${SYSTEM} AS system, ${organisationJson('org')} AS organisation, o.rule_key AS "ruleKey", o.reason,
       o.policy_id AS "policyId", count(*) OVER ()::int AS total
     FROM obligation o JOIN organisation org ON org.id = o.organisation_id LEFT JOIN system s ON s.id = o.system_id
     WHERE o.state = 'NOT_APPLICABLE' AND ${within('o.organisation_id')} ORDER BY ${BY_TIER}, o.id LIMIT ${MOST_LISTED}`,
    [query.organisationId],
  );
  await wording.load(rows);
  const provisional = await systems(query, PROVISIONAL);
  const unreachable = await systems(query, nobodyReachable('s'));
  return {
    notApplicableTotal: rows[0]?.total ?? 0,
    notApplicable: rows.map(({ policyId, total: _total, reason, ...row }) => ({
      ...row,
      title: wording.title(policyId, row.ruleKey),
      reason: wording.reason(policyId, reason),
    })),
    ...{ provisionalTotal: provisional.total, provisionalTiers: provisional.items },
    ...{ unreachableTotal: unreachable.total, unreachable: unreachable.items },
  };
}

async function systems(
  { m, organisationId }: SectionQuery,
  condition: string,
): Promise<{ total: number; items: ReportedSystem[] }> {
  const rows = await m.query<{ system: ReportedSystem; total: number }[]>(
    `SELECT ${SYSTEM} AS system, count(*) OVER ()::int AS total
     FROM system s JOIN organisation org ON org.id = s.organisation_id
     WHERE ${condition} AND ${within('s.organisation_id')} ORDER BY ${BY_TIER}, s.code, s.id LIMIT ${MOST_LISTED}`,
    [organisationId],
  );
  return { total: rows[0]?.total ?? 0, items: rows.map(({ system }) => system) };
}
