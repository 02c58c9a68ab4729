import type { EntityManager } from 'typeorm';
import type { LineItem } from '../digest/digest-items';

/** So many lines are written out; the rest is counted. */
const MOST_LINES = 20;

/** What a channel is to be told of a day and is still open: what evidence has cleared since is left out, and so is what has been closed to it. */
export async function loadChannelItems(
  m: EntityManager,
  channelId: string,
  toldOn: string,
): Promise<{ shown: LineItem[]; count: number }> {
  const rows = await m.query<(LineItem & { count: number })[]>(
    `SELECT o.id AS "obligationId", o.rule_key AS "ruleKey", s.id AS "systemId", s.code AS "systemCode", s.name AS "systemName",
       s.name_en AS "systemNameEn", org.name AS "organisationName", org.name_en AS "organisationNameEn", i.id AS "improvementItemId",
       o.due_on::text AS "dueOn", o.state, o.reason, o.policy_id AS "policyId", (count(*) OVER ())::int AS count
     FROM channel c JOIN obligation o ON o.id IN (SELECT told.obligation_id FROM channel_item told
         WHERE told.channel_id = c.id AND told.told_on = $2) AND EXISTS (SELECT FROM channel_item told
         WHERE told.channel_id = c.id AND told.told_on = $2 AND told.obligation_id = o.id AND told.occurrence = o.occasion->>'occurrence')
     JOIN organisation_closure below ON below.ancestor_id = c.organisation_id AND below.organisation_id = o.organisation_id AND below.details_open
     JOIN organisation org ON org.id = o.organisation_id LEFT JOIN system s ON s.id = o.system_id
     LEFT JOIN improvement_item i ON i.id = o.duty_of
     WHERE c.id = $1
     ORDER BY o.state = 'FAILED' DESC, o.gating DESC, o.due_on NULLS LAST, s.code, o.rule_key, o.id LIMIT ${MOST_LINES}`,
    [channelId, toldOn],
  );
  return { shown: rows, count: rows[0]?.count ?? 0 };
}
