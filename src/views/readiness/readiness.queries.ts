import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, detailsOf, scopeOf } from '../../access/actor';
import { countUnreachable } from '../../access/references/reachable-sql';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { requireOrganisation } from '../../access/scope/system-access';
import type { Tier } from '../../core/importance/tier';
import { Gap, headline } from '../../core/readiness/explain';
import { localDate } from '../../core/time/zone';
import { nearestDue } from '../../obligations/lists/nearest-due';
import { ObligationsQueries } from '../../obligations/obligations.queries';
import { RuleTitles } from '../../obligations/rule-titles';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { TiersResponse } from './dto/readiness.response';
import { ChangesQueries } from './history/changes.queries';
import { countsOf } from './counts-within';
import { organisationRef } from './organisation-ref';
import { readyFigures, summaryOf } from './tier-figures';

/** States that keep a system from being ready, the worst first. */
const WORST_FIRST = ['FAILED', 'OVERDUE', 'UNKNOWN'] as const;

type GapRow = Gap & { policyId: string };

/** Readiness of organisations, out of the kept counts. */
@Injectable()
export class ReadinessQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly obligations: ObligationsQueries,
    private readonly titles: RuleTitles,
    private readonly changes: ChangesQueries,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Per tier: systems by verdict and obligations by state. @throws Problem 404 when the organisation may not be seen. */
  async tiers(actor: Actor, organisationId?: string): Promise<TiersResponse> {
    if (organisationId) await requireOrganisation(this.dataSource.manager, actor, 'readiness:read', organisationId);
    const rows = await countsOf(this.dataSource.manager, actor, organisationId);
    const { tiers, planned, retired } = summaryOf(rows);
    const figures = readyFigures(tiers);
    const gap = await this.nearestGap(actor, organisationId, figures.find(({ total }) => total > 0)?.tier);
    await this.titles.load([gap?.policyId ?? null]);
    const asOf = this.clock.now();
    return {
      ...{ asOf, on: null, madeUp: false },
      organisation: organisationId ? await organisationRef(this.dataSource.manager, organisationId) : null,
      headline: this.obligations.render(actor, headline(figures, gap && withoutPolicy(gap)), gap?.policyId ?? null),
      tiers,
      changes: await this.changes.since(actor, localDate(asOf, this.config.TZ_DEFAULT), tiers, organisationId),
      planned,
      retired,
      unreachable: await this.unreachable(actor, organisationId),
    };
  }

  private async unreachable(actor: Actor, organisationId?: string): Promise<number> {
    const parameters = new SqlParameters();
    const conditions = [
      scopeCondition(scopeOf(actor, 'systems:read'), parameters, 's.organisation_id', ['s.owner_id', 's.deputy_id']),
      organisationId ? below('s.organisation_id', parameters, organisationId) : '',
    ].filter(Boolean);
    const [row] = await this.dataSource.query<{ systems: number }[]>(
      `SELECT (${countUnreachable(conditions)})::int AS systems`,
      parameters.values,
    );
    return row?.systems ?? 0;
  }

  /** The gating obligation of the tier that is worst, and of equals the one due first; of a system that may be named. */
  private async nearestGap(
    actor: Actor,
    organisationId: string | undefined,
    tier: Tier | undefined,
  ): Promise<GapRow | null> {
    if (!tier) return null;
    const parameters = new SqlParameters();
    const scope = detailsOf(scopeOf(actor, 'readiness:read'));
    const conditions = `o.gating AND o.system_id IS NOT NULL AND ${scopeCondition(scope, parameters, 'o.organisation_id')}`;
    const firsts = WORST_FIRST.map((state) => {
      const of = { tiers: [tier], states: [state], organisationId, conditions, direction: 'ASC', limit: 1 } as const;
      return `SELECT near.id FROM ${nearestDue({ scope, parameters, ...of })}`;
    });
    const ranks = WORST_FIRST.map((state) => `'${state}'`).join(',');
    const [row] = await this.dataSource.query<GapRow[]>(
      `SELECT ${actor.locale === 'en' ? 'coalesce(s.name_en, s.name)' : 's.name'} AS "systemName", o.rule_key AS "ruleKey", u.display_name AS "ownerName", o.due_on::text AS "dueOn",
         o.policy_id AS "policyId"
       FROM (${firsts.join(' UNION ALL ')}) near JOIN obligation o ON o.id = near.id JOIN system s ON s.id = o.system_id
       LEFT JOIN app_user u ON u.id = s.owner_id ORDER BY array_position(ARRAY[${ranks}], o.state) LIMIT 1`,
      parameters.values,
    );
    return row ?? null;
  }
}

const below = (column: string, parameters: SqlParameters, organisationId: string): string =>
  `${column} IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${parameters.bind(organisationId)})`;

const withoutPolicy = ({ systemName, ruleKey, ownerName, dueOn }: GapRow): Gap => ({
  systemName,
  ruleKey,
  ownerName,
  dueOn,
});
