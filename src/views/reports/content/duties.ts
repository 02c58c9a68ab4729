import { organisationJson } from '../../../access/references/refs-sql';
import type { ObligationState } from '../../../core/obligation/obligation';
import type { Reason } from '../../../core/readiness/reason';
import type { ReportedOpenDuties, ReportedOpenDuty, ReportedTurn, ReportedTurns } from './report-content.response';
import { BY_TIER, MOST_LISTED, type SectionQuery, SYSTEM, within } from './section-query';
import type { FrozenWording } from '../../../obligations/lists/frozen-wording';

/** What an improvement item of an organisation is known by. */
interface Named {
  policyId: string | null;
  itemTitle: string | null;
}

const SUBJECT = `LEFT JOIN system s ON s.id = t.system_id LEFT JOIN improvement_item i ON i.id = t.duty_of
  JOIN organisation org ON org.id = coalesce(s.organisation_id, i.organisation_id)
  LEFT JOIN system_readiness r ON r.system_id = t.system_id`;

const NAMES = `t.obligation_id AS "obligationId", ${SYSTEM} AS system, ${organisationJson('org')} AS organisation,
  t.rule_key AS "ruleKey", i.title AS "itemTitle"`;

type TurnRow = Omit<ReportedTurn, 'title'> & Named & { worsened: number; cleared: number };

/** The duties whose state at the end is another than at the beginning, where one of the two is overdue or failed; one that was first judged in between begins as it was judged. */
export async function turns(
  { m, organisationId, from, until }: SectionQuery,
  wording: FrozenWording,
): Promise<ReportedTurns> {
  const rows = await m.query<TurnRow[]>(
    `WITH turned AS (
       SELECT obligation_id, system_id, rule_key, duty_of, (array_agg(coalesce(from_state, to_state) ORDER BY at, id))[1] AS from_state,
         (array_agg(to_state ORDER BY at DESC, id DESC))[1] AS to_state, max(at) AS at
       FROM obligation_transition WHERE at >= $2 AND at < $3 GROUP BY 1, 2, 3, 4),
     told AS (
       SELECT t.*, coalesce(t.from_state IN ('OVERDUE','FAILED'), FALSE) AS was_open, coalesce(t.to_state IN ('OVERDUE','FAILED'), FALSE) AS is_open
       FROM turned t WHERE t.from_state IS DISTINCT FROM t.to_state)
     SELECT ${NAMES}, t.from_state AS "fromState", t.to_state AS "toState", t.at, r.policy_id AS "policyId",
       count(*) FILTER (WHERE t.is_open AND NOT t.was_open) OVER ()::int AS worsened, count(*) FILTER (WHERE t.was_open AND NOT t.is_open) OVER ()::int AS cleared
     FROM told t ${SUBJECT}
     WHERE (t.was_open OR t.is_open) AND ${within('org.id')}
     ORDER BY t.is_open DESC, ${BY_TIER}, t.at, t.obligation_id LIMIT ${MOST_LISTED}`,
    [organisationId, from, until],
  );
  await wording.load(rows);
  return {
    worsened: rows[0]?.worsened ?? 0,
    cleared: rows[0]?.cleared ?? 0,
    items: rows.map(({ policyId, itemTitle, worsened: _worsened, cleared: _cleared, ...row }) => ({
      ...row,
      title: wording.title(policyId, row.ruleKey, itemTitle),
    })),
  };
}

type DutyRow = Omit<ReportedOpenDuty, 'title' | 'reason' | 'state'> &
  Named & { state: ObligationState; reason: Reason | null; total: number; overdue: number; failed: number };

/** The duties that were overdue or failed at the end, by their last change before it; in the words of now where they stand so still. */
export async function openDuties(
  { m, organisationId, until }: SectionQuery,
  wording: FrozenWording,
): Promise<ReportedOpenDuties> {
  const rows = await m.query<DutyRow[]>(
    `WITH last AS (
       SELECT DISTINCT ON (obligation_id) obligation_id, system_id, rule_key, duty_of, to_state, at
       FROM obligation_transition WHERE at < $2 ORDER BY obligation_id, at DESC, id DESC)
     SELECT ${NAMES}, t.to_state AS state, t.at AS since, o.due_on::text AS "dueOn", o.gating, coalesce(i.owner_id, s.owner_id) AS "ownerId",
       CASE WHEN o.state = t.to_state AND NOT later.found THEN o.reason END AS reason, coalesce(o.policy_id, r.policy_id) AS "policyId",
       count(*) OVER ()::int AS total, count(*) FILTER (WHERE t.to_state = 'OVERDUE') OVER ()::int AS overdue,
       count(*) FILTER (WHERE t.to_state = 'FAILED') OVER ()::int AS failed
     FROM last t ${SUBJECT} LEFT JOIN obligation o ON o.id = t.obligation_id
     CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM obligation_transition n WHERE n.obligation_id = t.obligation_id AND n.at >= $2) AS found) later
     WHERE t.to_state IN ('OVERDUE','FAILED') AND ${within('org.id')}
     ORDER BY ${BY_TIER}, o.gating DESC NULLS LAST, t.to_state = 'FAILED' DESC, t.at, t.obligation_id LIMIT ${MOST_LISTED}`,
    [organisationId, until],
  );
  await wording.load(rows);
  return {
    total: rows[0]?.total ?? 0,
    overdue: rows[0]?.overdue ?? 0,
    failed: rows[0]?.failed ?? 0,
    items: rows.map(
      ({
        policyId,
        itemTitle,
        reason,
        total: _total,
        overdue: _overdue,
        failed: _failed,
        ...row
      }): ReportedOpenDuty => ({
        ...row,
        title: wording.title(policyId, row.ruleKey, itemTitle),
        reason: reason && wording.reason(policyId, reason),
      }),
    ),
  };
}
