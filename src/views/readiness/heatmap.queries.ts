import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, detailsOf, scopeOf } from '../../access/actor';
import { organisationJson } from '../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { IMPROVEMENT_RULE_KEY } from '../../core/improvement/improvement-item';
import { STATES } from '../../core/obligation/obligation';
import { RuleTitles } from '../../obligations/rule-titles';
import { Clock } from '../../platform/clock/clock';
import { decodeCursor, pageOf } from '../../platform/http/cursor';
import { searchCondition } from '../../platform/search/search-condition';
import { effectiveVerdictOf } from '../../obligations/effective/effective-verdict-sql';
import { ReadinessSystemsQuery } from './dto/readiness.request';
import { ReadinessCell, ReadinessSystem, ReadinessSystemsPage, RuleHeading } from './dto/readiness.response';

type Row = Omit<ReadinessSystem, 'cells'> & { cells: ReadinessCell[]; policyId: string | null; tierRank: number };

const TIER_RANK = `array_position(ARRAY['HIGH','MODERATE','LOW'], s.tier)`;
const STATE_RANK = `array_position(ARRAY[${STATES.map((state) => `'${state}'`).join(',')}], o.state)`;

/** Systems × rules, the most important systems first. */
@Injectable()
export class HeatmapQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly titles: RuleTitles,
    private readonly clock: Clock,
  ) {}

  /** One page of operating systems with the worst obligation of each under every rule. */
  async page(actor: Actor, query: ReadinessSystemsQuery): Promise<ReadinessSystemsPage> {
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    const owner = query.owner === 'me' ? actor.userId : query.owner;
    const filters = [
      `s.lifecycle = 'OPERATING'`,
      scopeCondition(detailsOf(scopeOf(actor, 'readiness:read')), parameters, 's.organisation_id', [
        's.owner_id',
        's.deputy_id',
      ]),
      query.organisationId &&
        `s.organisation_id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${bind(query.organisationId)})`,
      query.tier && `s.tier = ANY(${bind(query.tier)}::text[])`,
      query.verdict && `r.verdict = ANY(${bind(query.verdict)}::text[])`,
      owner && `${bind(owner)}::uuid IN (s.owner_id, s.deputy_id)`,
      searchCondition(query.q, 's', bind),
    ].filter(Boolean);
    const [{ total } = { total: 0 }] = await this.dataSource.query<{ total: number }[]>(
      `SELECT count(*)::int AS total FROM system s LEFT JOIN system_readiness r ON r.system_id = s.id WHERE ${filters.join(' AND ')}`,
      parameters.values,
    );
    const place = decodeCursor(query.cursor, 'number', 'text', 'id')?.map(bind);
    const after = place ? `AND (${TIER_RANK}, s.code, s.id) > (${place[0]}::int, ${place[1]}, ${place[2]}::uuid)` : '';
    const rows = await this.dataSource.query<Row[]>(
      `SELECT json_build_object('id', s.id, 'code', s.code, 'name', s.name, 'nameEn', s.name_en, 'tier', s.tier, 'organisation', ${organisationJson('org')}) AS system,
         ${TIER_RANK} AS "tierRank",
         r.verdict, ${effectiveVerdictOf('s', 'r.verdict')} AS "effectiveVerdict", r.policy_id AS "policyId", coalesce(c.cells, '[]'::json) AS cells
       FROM (SELECT s.id FROM system s LEFT JOIN system_readiness r ON r.system_id = s.id
         WHERE ${filters.join(' AND ')} ${after} ORDER BY ${TIER_RANK}, s.code, s.id LIMIT ${bind(query.limit + 1)}) page
       JOIN system s ON s.id = page.id JOIN organisation org ON org.id = s.organisation_id LEFT JOIN system_readiness r ON r.system_id = s.id
       LEFT JOIN LATERAL (
         SELECT json_agg(json_build_object('ruleKey', w.rule_key, 'state', w.state, 'gating', w.gating, 'dueOn', w.due_on,
           'obligationId', w.id)) AS cells
         FROM (SELECT DISTINCT ON (o.rule_key) o.* FROM obligation o WHERE o.system_id = s.id
           ORDER BY o.rule_key, ${STATE_RANK}, o.due_on NULLS LAST, o.id) w) c ON true
       ORDER BY ${TIER_RANK}, s.code, s.id`,
      parameters.values,
    );
    const page = pageOf(rows, query.limit, ({ tierRank, system }) => [tierRank, system.code, system.id]);
    const rules = await this.headings(actor, page.items);
    return {
      asOf: this.clock.now(),
      rules,
      items: page.items.map(({ system, verdict, effectiveVerdict, cells }) => {
        const byRule = new Map(cells.map((cell) => [cell.ruleKey, cell]));
        return { system, verdict, effectiveVerdict, cells: rules.map(({ key }) => byRule.get(key) ?? null) };
      }),
      total,
      nextCursor: page.nextCursor,
    };
  }

  /** The rules of every policy on the page, in the order of the policy, then improvement items. */
  private async headings(actor: Actor, rows: readonly Row[]): Promise<RuleHeading[]> {
    const policyIds = [...new Set(rows.flatMap(({ policyId }) => (policyId ? [policyId] : [])))];
    await this.titles.load(policyIds);
    const used = new Set(rows.flatMap(({ cells }) => cells.map(({ ruleKey }) => ruleKey)));
    const headings = new Map<string, RuleHeading>();
    for (const policyId of policyIds)
      for (const rule of this.titles.rules(policyId))
        if (used.has(rule.key)) headings.set(rule.key, { key: rule.key, title: rule.title[actor.locale] });
    if (used.has(IMPROVEMENT_RULE_KEY)) {
      const title = this.titles.title(null, IMPROVEMENT_RULE_KEY, actor.locale);
      headings.set(IMPROVEMENT_RULE_KEY, { key: IMPROVEMENT_RULE_KEY, title });
    }
    return [...headings.values()];
  }
}
