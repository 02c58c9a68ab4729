import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, detailsOf, scopeOf } from '../../../access/actor';
import { organisationJson } from '../../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../../access/scope/scope-sql';
import { requireOrganisation } from '../../../access/scope/system-access';
import { STATES } from '../../../core/obligation/obligation';
import type { Reason } from '../../../core/readiness/reason';
import { verdictOf, VERDICTS } from '../../../core/readiness/system-verdict';
import { type DutyStanding, type DutyTurn, lastVerdictChange } from '../../../core/readiness/verdict-course';
import { addDays, compareDates } from '../../../core/time/civil-date';
import { localDate, startOfDay } from '../../../core/time/zone';
import { ObligationsQueries } from '../../../obligations/obligations.queries';
import { RuleTitles } from '../../../obligations/rule-titles';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { decodeCursor, pageOf } from '../../../platform/http/cursor';
import { fieldProblem } from '../../../platform/http/problem';
import { Mover, MoversPage, MoversQuery } from './dto/movers.dto';

const DAYS = 30;
const MOST_DAYS = 366;

type Row = Omit<Mover, 'sentence' | 'since'> & {
  sentence: Reason;
  policyId: string | null;
  toRank: number;
  tierRank: number;
};
type TurnRow = DutyTurn & { systemId: string };
type StandingRow = DutyStanding & { systemId: string };

/** What a duty in a state makes of its system, as rows: the rule itself says so. */
const RANKS = STATES.filter((state) => state !== 'NOT_APPLICABLE')
  .flatMap((state) =>
    [true, false].map((gating) => `('${state}', ${gating}, ${VERDICTS.indexOf(verdictOf({ state, gating }))})`),
  )
  .join(', ');
const VERDICT_ARRAY = `ARRAY[${VERDICTS.map((verdict) => `'${verdict}'`).join(', ')}]`;
const UNKNOWN_RANK = VERDICTS.indexOf('UNKNOWN');

/** Whether a duty `t` of system `s` gates: as it is owed, or as the policy of today has the rule when it is owed no longer. */
const GATING = `coalesce(o.gating, (SELECT (rule->'tiers'->s.tier->>'gating')::boolean
  FROM policy p, jsonb_array_elements(p.rules->'rules') rule WHERE p.id = r.policy_id AND rule->>'key' = t.rule_key), false)`;

/** The duties of systems `s` with readiness `r` as they stood before an instant. */
const standing = (before: string): string => `
  SELECT DISTINCT ON (t.obligation_id) t.obligation_id, t.to_state, ${GATING} AS gating
  FROM obligation_transition t LEFT JOIN obligation o ON o.id = t.obligation_id
  WHERE t.system_id = s.id AND t.at < ${before} ORDER BY t.obligation_id, t.at DESC, t.id DESC`;

/** Which systems have another verdict than some days ago, out of the transitions of their obligations. */
@Injectable()
export class MoversQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly obligations: ObligationsQueries,
    private readonly titles: RuleTitles,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * One page of them, the worst of the most important first. Systems that owed nothing then are left out.
   * @throws Problem 404 when the organisation may not be seen, 422 for a day in the future or too long ago.
   */
  async list(actor: Actor, query: MoversQuery): Promise<MoversPage> {
    const asOf = this.clock.now();
    const today = localDate(asOf, this.config.TZ_DEFAULT);
    const from = query.from ?? addDays(today, -DAYS);
    if (compareDates(from, today) > 0) throw fieldProblem(422, 'from', 'TOO_FAR_AHEAD', { limit: today });
    const limit = addDays(today, -MOST_DAYS);
    if (compareDates(from, limit) < 0) throw fieldProblem(422, 'from', 'TOO_LONG_AGO', { limit });
    if (query.organisationId)
      await requireOrganisation(this.dataSource.manager, actor, 'readiness:read', query.organisationId);
    const start = startOfDay(from, this.config.TZ_DEFAULT);
    const { rows, total } = await this.changed(actor, query, start);
    const page = pageOf(rows, query.limit, ({ toRank, tierRank, system }) => [
      toRank,
      tierRank,
      system.code,
      system.id,
    ]);
    const since = await this.since(
      page.items.map(({ system }) => system.id),
      start,
    );
    await this.titles.load(page.items.map(({ policyId }) => policyId));
    const items = page.items.map(({ system, from: before, to, sentence, policyId }) => ({
      ...{ system, from: before, to, since: since.get(system.id) ?? start },
      sentence: this.obligations.render(actor, sentence, policyId),
    }));
    return { asOf, from, items, total, nextCursor: page.nextCursor };
  }

  private async changed(actor: Actor, query: MoversQuery, start: Date): Promise<{ rows: Row[]; total: number }> {
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    const owners = ['s.owner_id', 's.deputy_id'];
    const conditions = [
      scopeCondition(detailsOf(scopeOf(actor, 'readiness:read')), parameters, 's.organisation_id', owners),
      query.organisationId &&
        `s.organisation_id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${bind(query.organisationId)})`,
    ].filter(Boolean);
    const place = decodeCursor(query.cursor, 'number', 'number', 'text', 'id')?.map(bind);
    const from = bind(start);
    const moved = `
      SELECT s.*, r.verdict, r.sentence, r.policy_id, array_position(${VERDICT_ARRAY}, r.verdict) - 1 AS to_rank,
        array_position(ARRAY['HIGH','MODERATE','LOW'], s.tier) AS tier_rank, before.from_rank
      FROM (SELECT DISTINCT system_id FROM obligation_transition WHERE at >= ${from}) touched
      JOIN system s ON s.id = touched.system_id AND s.lifecycle = 'OPERATING' JOIN system_readiness r ON r.system_id = s.id
      CROSS JOIN LATERAL (
        SELECT count(d.to_state) AS duties, coalesce(min(v.rank), ${UNKNOWN_RANK}) AS from_rank
        FROM (${standing(from)}) d LEFT JOIN (VALUES ${RANKS}) v(state, gating, rank) ON v.state = d.to_state AND v.gating = d.gating) before
      WHERE ${conditions.join(' AND ')} AND before.duties > 0`;
    const rows = await this.dataSource.query<(Row & { total: number })[]>(
      `WITH moved AS (SELECT * FROM (${moved}) m WHERE from_rank <> to_rank)
       SELECT json_build_object('id', s.id, 'code', s.code, 'name', s.name, 'nameEn', s.name_en, 'tier', s.tier,
         'organisation', ${organisationJson('org')}) AS system, (${VERDICT_ARRAY})[s.from_rank + 1] AS "from", s.verdict AS "to", s.sentence,
         s.policy_id AS "policyId", s.to_rank AS "toRank", s.tier_rank AS "tierRank", (SELECT count(*) FROM moved)::int AS total
       FROM moved s JOIN organisation org ON org.id = s.organisation_id
       ${place ? `WHERE (s.to_rank, s.tier_rank, s.code, s.id) > (${place[0]}::int, ${place[1]}::int, ${place[2]}, ${place[3]}::uuid)` : ''}
       ORDER BY s.to_rank, s.tier_rank, s.code, s.id LIMIT ${bind(query.limit + 1)}`,
      parameters.values,
    );
    return { rows, total: rows[0]?.total ?? 0 };
  }

  /** When the verdict of each last changed. */
  private async since(systemIds: readonly string[], start: Date): Promise<Map<string, Date>> {
    const systems = 'FROM system s JOIN system_readiness r ON r.system_id = s.id';
    const before = await this.dataSource.query<StandingRow[]>(
      `SELECT s.id AS "systemId", d.obligation_id AS "obligationId", d.to_state AS state, d.gating
       ${systems} CROSS JOIN LATERAL (${standing('$2')}) d WHERE s.id = ANY($1::uuid[])`,
      [systemIds, start],
    );
    const turns = await this.dataSource.query<TurnRow[]>(
      `SELECT s.id AS "systemId", t.obligation_id AS "obligationId", t.to_state AS state, t.at, ${GATING} AS gating
       ${systems} JOIN obligation_transition t ON t.system_id = s.id AND t.at >= $2 LEFT JOIN obligation o ON o.id = t.obligation_id
       WHERE s.id = ANY($1::uuid[]) ORDER BY t.at, t.id`,
      [systemIds, start],
    );
    return new Map(
      systemIds.flatMap((id): [string, Date][] => {
        const of = ({ systemId }: { systemId: string }): boolean => systemId === id;
        const last = lastVerdictChange(before.filter(of), turns.filter(of));
        return last ? [[id, last.at]] : [];
      }),
    );
  }
}
