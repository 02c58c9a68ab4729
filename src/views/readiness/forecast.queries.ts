import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, detailsOf, scopeOf } from '../../access/actor';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { requireOrganisation } from '../../access/scope/system-access';
import { type Tier, TIERS } from '../../core/importance/tier';
import { forecastCurve } from '../../core/readiness/forecast';
import { addDays, compareDates } from '../../core/time/civil-date';
import { localDate } from '../../core/time/zone';
import { dueKeyOf } from '../../obligations/lists/nearest-due';
import { RuleTitles } from '../../obligations/rule-titles';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { fieldProblem } from '../../platform/http/problem';
import { ForecastQuery, ForecastResponse, TierForecast } from './dto/forecast.dto';

const DAYS = 90;
const MOST_DAYS = 366;

interface StandingRow {
  tier: Tier;
  total: number;
  notReady: number;
}

/** Of a tier and day: all systems that fall, and (with a rule) those that fall under it. */
interface FallRow {
  tier: Tier;
  on: string;
  ruleKey: string | null;
  policyId: string | null;
  systems: number;
}

/** Readiness of the coming days if nobody acts (domain.md section 5). */
@Injectable()
export class ForecastQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly titles: RuleTitles,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Per tier, the curve of systems that are not ready, and the days and rules behind it.
   * @throws Problem 404 when the organisation may not be seen, 422 for a last day that is past or more than 366 days ahead.
   */
  async forecast(actor: Actor, { organisationId, until: asked }: ForecastQuery): Promise<ForecastResponse> {
    const asOf = this.clock.now();
    const from = localDate(asOf, this.config.TZ_DEFAULT);
    const until = asked ?? addDays(from, DAYS);
    if (compareDates(until, from) <= 0) throw fieldProblem(422, 'until', 'IN_THE_PAST');
    const limit = addDays(from, MOST_DAYS);
    if (compareDates(until, limit) > 0) throw fieldProblem(422, 'until', 'TOO_FAR_AHEAD', { limit });
    if (organisationId) await requireOrganisation(this.dataSource.manager, actor, 'readiness:read', organisationId);
    const standing = await this.standing(actor, organisationId);
    const falls = await this.falls(actor, organisationId, until);
    await this.titles.load(falls.map(({ policyId }) => policyId));
    const tiers = TIERS.map((tier): TierForecast => {
      const { total = 0, notReady = 0 } = standing.find((row) => row.tier === tier) ?? {};
      const ofTier = falls.filter((row) => row.tier === tier);
      const days = ofTier.filter(({ ruleKey }) => ruleKey === null);
      const events = ofTier.flatMap(({ on, ruleKey, policyId, systems }) =>
        ruleKey === null
          ? []
          : [{ on, ruleKey, ruleTitle: this.titles.title(policyId, ruleKey, actor.locale), systems }],
      );
      return { tier, total, points: forecastCurve(notReady, days, from, until), events };
    });
    return { asOf, from, until, tiers };
  }

  private standing(actor: Actor, organisationId?: string): Promise<StandingRow[]> {
    const parameters = new SqlParameters();
    return this.dataSource.query<StandingRow[]>(
      `SELECT n.tier, sum(n.systems)::int AS total, coalesce(sum(n.systems) FILTER (WHERE n.verdict = 'NOT_READY'), 0)::int AS "notReady"
       FROM readiness_count n WHERE n.lifecycle = 'OPERATING' AND ${within(actor, 'n', parameters, organisationId)} GROUP BY 1`,
      parameters.values,
    );
  }

  /**
   * A gating obligation brings its system down on the day after it is due, a waived one on the day after the waiver ends. What rests on the report of a tool,
   * and the newest recovery point, are left out: backups go on without anybody. What is overdue or failed already has brought it down.
   */
  private falls(actor: Actor, organisationId: string | undefined, until: string): Promise<FallRow[]> {
    const parameters = new SqlParameters();
    return this.dataSource.query<FallRow[]>(
      `WITH ending AS (
         SELECT o.system_id, o.tier, o.rule_key, o.policy_id, o.due_on + 1 AS falls_on
         FROM obligation o JOIN system_readiness r ON r.system_id = o.system_id AND r.verdict <> 'NOT_READY'
         WHERE ${within(actor, 'o', parameters, organisationId)} AND o.gating AND o.state IN ('MET','DUE_SOON','UNKNOWN','WAIVED')
           AND ${dueKeyOf('o')} < ${parameters.bind(until)}::date
           AND NOT EXISTS (SELECT FROM evidence e WHERE e.id = o.evidence_id AND (e.source = 'INLET' OR o.kind = 'RECOVERY_POINT'))),
       fall AS (SELECT system_id, min(falls_on) AS falls_on FROM ending GROUP BY 1)
       SELECT e.tier, e.falls_on::text AS "on", e.rule_key AS "ruleKey", max(e.policy_id::text) AS "policyId",
         count(DISTINCT e.system_id)::int AS systems
       FROM fall JOIN ending e USING (system_id, falls_on)
       GROUP BY GROUPING SETS ((e.tier, e.falls_on), (e.tier, e.falls_on, e.rule_key)) ORDER BY e.falls_on, e.rule_key`,
      parameters.values,
    );
  }
}

function within(actor: Actor, table: string, parameters: SqlParameters, organisationId?: string): string {
  const column = `${table}.organisation_id`;
  const scope = scopeCondition(detailsOf(scopeOf(actor, 'readiness:read')), parameters, column);
  if (!organisationId) return scope;
  const root = parameters.bind(organisationId);
  return `${scope} AND ${column} IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${root})`;
}
