import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Actor, scopeOf } from '../../access/actor';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { addDays, compareDates, daysBetween } from '../../core/time/civil-date';
import { localDate } from '../../core/time/zone';
import { RuleTitles } from '../../obligations/rule-titles';
import { holidayName } from '../../platform/calendar/japanese-holidays';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { fieldProblem } from '../../platform/http/problem';
import type { CalendarKind, CalendarQuery } from './dto/calendar.request';
import type { CalendarDay, CalendarEvent, CalendarResponse } from './dto/calendar.response';

const MOST_DAYS = 400;
/** Over more days than these only how much stands on each is told. */
const MOST_DAYS_OF_EVENTS = 62;
const OF_EACH_DAY = 5;
const OF_ONE_DAY = 200;

type Row = CalendarEvent & { ruleKey: string | null; policyId: string | null };

/** The last day of the month of a day. */
function lastOfMonth(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** What stands in the calendar, of whatever kind, in one shape. */
@Injectable()
export class CalendarQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly titles: RuleTitles,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * What stands on the days of a span: exact counts a day, and the first of each day by weight.
   * @throws Problem 422 for days in the wrong order or more than 400 of them.
   */
  async between(actor: Actor, query: CalendarQuery): Promise<CalendarResponse> {
    const today = localDate(this.clock.now(), this.config.TZ_DEFAULT);
    const from = query.from ?? `${today.slice(0, 8)}01`;
    const to = query.to ?? lastOfMonth(from);
    if (compareDates(from, to) > 0) throw fieldProblem(422, 'from', 'AFTER_END');
    const limit = addDays(from, MOST_DAYS);
    if (compareDates(to, limit) > 0) throw fieldProblem(422, 'to', 'TOO_FAR_AHEAD', { limit });
    const parameters = new SqlParameters();
    const events = this.eventsSql(actor, { ...query, from, to }, parameters);
    const span = daysBetween(from, to);
    const most = span > MOST_DAYS_OF_EVENTS ? 0 : span === 0 ? OF_ONE_DAY : OF_EACH_DAY;
    const [row] = await this.dataSource.query<{ days: CalendarDay[]; events: Row[] }[]>(
      `WITH event(id, kind, "on", "startsAt", title, state, system_id, "ruleKey", "policyId", late, weight) AS (${events}),
         weighed AS (SELECT event.*, row_number() OVER (PARTITION BY "on" ORDER BY late DESC, kind <> 'DRILL', weight DESC, id) AS place
           FROM event WHERE ${most > 0})
       SELECT (SELECT coalesce(json_agg(day ORDER BY day."on"), '[]') FROM (
           SELECT "on", count(*)::int AS count, (count(*) FILTER (WHERE late))::int AS late FROM event GROUP BY "on") day) AS days,
         (SELECT coalesce(json_agg(json_build_object('id', w.id, 'kind', w.kind, 'on', w."on", 'startsAt', w."startsAt", 'title', w.title,
             'state', w.state, 'ruleKey', w."ruleKey", 'policyId', w."policyId",
             'system', CASE WHEN s.id IS NOT NULL THEN json_build_object('id', s.id, 'code', s.code, 'name', s.name, 'nameEn', s.name_en) END)
             ORDER BY w."on", w.place), '[]')
          FROM weighed w LEFT JOIN system s ON s.id = w.system_id WHERE w.place <= ${parameters.bind(most)}) AS events`,
      parameters.values,
    );
    const shown = row?.events ?? [];
    await this.titles.load(shown.map(({ policyId }) => policyId));
    return {
      ...{ from, to, today, days: row?.days ?? [] },
      holidays: Array.from({ length: span + 1 }, (_, day) => addDays(from, day)).flatMap((on) => {
        const name = holidayName(on, actor.locale);
        return name === null ? [] : [{ on, name }];
      }),
      events: shown.map(({ ruleKey, policyId, startsAt, ...event }) => ({
        ...event,
        startsAt: startsAt && new Date(startsAt).toISOString(),
        title: event.title ?? (ruleKey ? this.titles.title(policyId, ruleKey, actor.locale) : ''),
      })),
    };
  }

  /** SQL of every event within the span and the caller's scope. */
  private eventsSql(actor: Actor, query: CalendarQuery, parameters: SqlParameters): string {
    const bind = (value: unknown): string => parameters.bind(value);
    const wants = (kind: CalendarKind): boolean => !query.kind || query.kind.includes(kind);
    const [from, to] = [bind(query.from), bind(query.to)];
    const zone = wants('DRILL') ? bind(this.config.TZ_DEFAULT) : '';
    const me = query.owner === 'me' ? `${bind(actor.userId)}::uuid` : null;
    const within = query.organisationId
      ? `(SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${bind(query.organisationId)})`
      : null;
    const tiers = query.tier ? `${bind(query.tier)}::text[]` : null;
    const conditions = (organisation: string, tier: string, people: readonly string[], mine: string): string =>
      [
        scopeCondition(scopeOf(actor, 'systems:read'), parameters, organisation, people),
        within && `${organisation} IN ${within}`,
        tiers && `${tier} = ANY(${tiers})`,
        me && mine.replaceAll(':me', me),
      ]
        .filter(Boolean)
        .join(' AND ');
    const owners = ['s.owner_id', 's.deputy_id'];
    const parts = [
      (wants('DUTY') || wants('IMPROVEMENT')) &&
        `SELECT coalesce(i.id, o.id) AS id, CASE WHEN i.id IS NULL THEN 'DUTY' ELSE 'IMPROVEMENT' END AS kind, o.due_on AS "on",
           NULL::timestamptz AS "startsAt", i.title, o.state, o.system_id, o.rule_key AS "ruleKey", o.policy_id AS "policyId",
           o.state IN ('FAILED','OVERDUE') AS late, o.gating::int AS weight
         FROM obligation o LEFT JOIN system s ON s.id = o.system_id LEFT JOIN improvement_item i ON i.id = o.duty_of
         WHERE o.due_on BETWEEN ${from}::date AND ${to}::date AND o.state NOT IN ('NOT_APPLICABLE','WAIVED')
           ${wants('DUTY') ? '' : 'AND i.id IS NOT NULL'} ${wants('IMPROVEMENT') ? '' : 'AND i.id IS NULL'}
           AND ${conditions('o.organisation_id', 'o.tier', [...owners, 'i.owner_id'], ':me IN (s.owner_id, s.deputy_id, i.owner_id)')}`,
      wants('DRILL') &&
        `SELECT d.id, 'DRILL', (d.scheduled_at AT TIME ZONE ${zone})::date, d.scheduled_at, d.title, d.status, d.system_id, NULL::text, NULL::uuid, false, 1
         FROM drill d JOIN system s ON s.id = d.system_id
         WHERE d.scheduled_at >= (${from}::date - 1) AND d.scheduled_at < (${to}::date + 2)
           AND (d.scheduled_at AT TIME ZONE ${zone})::date BETWEEN ${from}::date AND ${to}::date
           AND ${conditions(
             's.organisation_id',
             's.tier',
             owners,
             '(:me IN (s.owner_id, s.deputy_id) OR EXISTS (SELECT FROM drill_participant p WHERE p.drill_id = d.id AND p.user_id = :me))',
           )}`,
      wants('WAIVER') &&
        `SELECT w.id, 'WAIVER', w.expires_on, NULL::timestamptz, NULL::text, w.status, w.system_id, w.rule_key, r.policy_id, false, 0
         FROM waiver w JOIN system s ON s.id = w.system_id LEFT JOIN system_readiness r ON r.system_id = s.id
         WHERE w.status = 'APPROVED' AND w.expires_on BETWEEN ${from}::date AND ${to}::date
           AND ${conditions('s.organisation_id', 's.tier', owners, ':me IN (s.owner_id, s.deputy_id)')}`,
    ];
    return parts.filter(Boolean).join(' UNION ALL ');
  }
}
