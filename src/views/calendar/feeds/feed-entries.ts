import type { EntityManager } from 'typeorm';
import type { Scope } from '../../../access/actor';
import { scopeCondition, SqlParameters } from '../../../access/scope/scope-sql';
import { CANCELLED_DAYS } from '../../../core/calendar-feed/told-entries';
import { addDays, type CivilDate } from '../../../core/time/civil-date';

/** Whose calendar: what is in the scope, and of that, for a person, what is theirs. */
export interface FeedReach {
  scope: Scope;
  userId: string | null;
}

interface About {
  id: string;
  systemId: string | null;
  systemCode: string | null;
  systemName: string | null;
  systemNameEn: string | null;
  organisationName: string;
  organisationNameEn: string | null;
}

/** A duty with the day it is due, which of one that is overdue lies in the past. */
export interface DutyRow extends About {
  kind: 'DUTY';
  on: CivilDate;
  state: string;
  ruleKey: string;
  policyId: string | null;
  leadDays: number[];
  itemId: string | null;
  itemTitle: string | null;
  dataset: string | null;
}

export interface DrillRow extends About {
  kind: 'DRILL';
  title: string;
  startsAt: Date;
  minutes: number;
}

/** A waiver by the last day on which it holds. */
export interface WaiverRow extends About {
  kind: 'WAIVER';
  on: CivilDate;
  ruleKey: string;
  policyId: string | null;
}

const AHEAD_DAYS = 400;

const ABOUT = `s.id AS "systemId", s.code AS "systemCode", s.name AS "systemName", s.name_en AS "systemNameEn",
  org.name AS "organisationName", org.name_en AS "organisationNameEn"`;
const OF_SYSTEM = 'JOIN organisation org ON org.id = s.organisation_id';
/** An organisation owns nothing as a person does. */
const ownersOf = ({ userId }: FeedReach, ...more: string[]): string[] =>
  userId ? ['s.owner_id', 's.deputy_id', ...more] : [];

/** The first day of drills and waivers that are told still. */
export function firstDay(today: CivilDate): CivilDate {
  return addDays(today, -CANCELLED_DAYS);
}

/**
 * The duties that somebody has to meet by a day, at most `limit`, those nearest to today first. What tools report is left out while it goes well: the day moves
 * with every backup, and nobody has to do anything.
 */
export function readDuties(m: EntityManager, reach: FeedReach, today: CivilDate, limit: number): Promise<DutyRow[]> {
  const parameters = new SqlParameters();
  const on = `coalesce(o.due_on, (o.occasion->>'dueOn')::date)`;
  const scope = scopeCondition(reach.scope, parameters, 'o.organisation_id', ownersOf(reach, 'i.owner_id'));
  const now = parameters.bind(today);
  return m.query<DutyRow[]>(
    `SELECT 'DUTY' AS kind, o.id, ${on}::text AS "on", o.state, o.rule_key AS "ruleKey", o.policy_id AS "policyId",
       coalesce(o.occasion->'leadDays', '[]'::jsonb) AS "leadDays", i.id AS "itemId", i.title AS "itemTitle", b.dataset, ${ABOUT}
     FROM obligation o JOIN organisation org ON org.id = o.organisation_id LEFT JOIN system s ON s.id = o.system_id
     LEFT JOIN improvement_item i ON i.id = o.duty_of LEFT JOIN backup_requirement b ON b.id = o.backup_requirement_id
     WHERE ${scope} AND o.state NOT IN ('NOT_APPLICABLE','WAIVED') AND ${on} <= ${now}::date + ${AHEAD_DAYS}
       ${reach.userId ? `AND o.id IN (${owedBy(parameters.bind(reach.userId))})` : ''}
       AND NOT (o.state IN ('MET','DUE_SOON') AND (o.kind = 'RECOVERY_POINT'
         OR EXISTS (SELECT FROM evidence e WHERE e.id = o.evidence_id AND e.source = 'INLET')))
     ORDER BY abs(${on} - ${now}::date), o.id LIMIT ${parameters.bind(limit)}`,
    parameters.values,
  );
}

/** The drills that have not been cancelled: those that the person is booked for, or all of the organisation. */
export function readDrills(m: EntityManager, reach: FeedReach, today: CivilDate, limit: number): Promise<DrillRow[]> {
  const parameters = new SqlParameters();
  const scope = scopeCondition(reach.scope, parameters, 's.organisation_id', ownersOf(reach));
  const now = parameters.bind(today);
  return m.query<DrillRow[]>(
    `SELECT 'DRILL' AS kind, d.id, d.title, d.scheduled_at AS "startsAt", d.planned_minutes AS minutes, ${ABOUT}
     FROM drill d JOIN system s ON s.id = d.system_id ${OF_SYSTEM}
     WHERE ${scope} AND d.kind = 'DRILL' AND d.status <> 'CANCELLED'
       AND d.scheduled_at BETWEEN ${parameters.bind(firstDay(today))}::date AND ${now}::date + ${AHEAD_DAYS}
       ${reach.userId ? `AND d.id IN (SELECT drill_id FROM drill_participant WHERE user_id = ${parameters.bind(reach.userId)})` : ''}
     ORDER BY abs(d.scheduled_at::date - ${now}::date), d.id LIMIT ${parameters.bind(limit)}`,
    parameters.values,
  );
}

/** The waivers that hold, each by its last day; of several of one duty the last. A person's are those of their systems and those they asked for. */
export function readWaivers(m: EntityManager, reach: FeedReach, today: CivilDate, limit: number): Promise<WaiverRow[]> {
  const parameters = new SqlParameters();
  const scope = scopeCondition(reach.scope, parameters, 's.organisation_id', ownersOf(reach));
  const now = parameters.bind(today);
  const me = reach.userId && parameters.bind(reach.userId);
  return m.query<WaiverRow[]>(
    `SELECT * FROM (SELECT DISTINCT ON (w.duty_of, w.rule_key) 'WAIVER' AS kind, w.id, w.expires_on::text AS "on", w.rule_key AS "ruleKey",
         o.policy_id AS "policyId", ${ABOUT}
       FROM waiver w JOIN system s ON s.id = w.system_id ${OF_SYSTEM}
       LEFT JOIN obligation o ON o.system_id = w.system_id AND o.rule_key = w.rule_key AND o.duty_of = w.duty_of
       WHERE ${scope} AND w.status = 'APPROVED'
         AND w.expires_on BETWEEN ${parameters.bind(firstDay(today))}::date AND ${now}::date + ${AHEAD_DAYS}
         ${me ? `AND ${me}::uuid IN (s.owner_id, s.deputy_id, w.requested_by_id)` : ''}
       ORDER BY w.duty_of, w.rule_key, w.expires_on DESC, w.id) last
     ORDER BY abs(last."on"::date - ${now}::date), last.id LIMIT ${parameters.bind(limit)}`,
    parameters.values,
  );
}

/** SQL of the ids of what one person owes, found from the person. */
function owedBy(person: string): string {
  const own = (column: string): string =>
    `SELECT owed.id FROM obligation owed JOIN system own ON own.id = owed.system_id WHERE own.${column} = ${person}::uuid`;
  return `${own('owner_id')} UNION ${own('deputy_id')}
    UNION SELECT owed.id FROM obligation owed JOIN improvement_item item ON item.id = owed.duty_of WHERE item.owner_id = ${person}::uuid`;
}
