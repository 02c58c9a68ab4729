import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor } from '../../../access/actor';
import { requireOrganisation } from '../../../access/scope/system-access';
import { SqlParameters } from '../../../access/scope/scope-sql';
import { TIERS } from '../../../core/importance/tier';
import { addDays, type CivilDate, compareDates, daysBetween } from '../../../core/time/civil-date';
import { localDate } from '../../../core/time/zone';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { fieldProblem } from '../../../platform/http/problem';
import { countsWithin } from '../counts-within';
import { COUNT_COLUMNS, type CountRow, tierOf } from '../tier-figures';
import { TrendDay, TrendQuery, TrendResponse } from './dto/history.dto';

const DAYS = 90;
const MOST_DAYS = 731;

type DayRow = CountRow & Pick<TrendDay, 'on' | 'frozenAt' | 'madeUp'>;

/** How readiness went, out of the frozen days (domain.md section 5). */
@Injectable()
export class TrendQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Day by day, of the tiers asked for.
   * @throws Problem 404 when the organisation may not be seen, 422 for days in the wrong order or too far apart.
   */
  async trend(actor: Actor, { organisationId, tier, from: first, to: last }: TrendQuery): Promise<TrendResponse> {
    const asOf = this.clock.now();
    const to = last ?? localDate(asOf, this.config.TZ_DEFAULT);
    const from = first ?? addDays(to, -DAYS);
    if (compareDates(from, to) > 0) throw fieldProblem(422, 'from', 'AFTER_END');
    const limit = addDays(from, MOST_DAYS);
    if (daysBetween(from, to) > MOST_DAYS) throw fieldProblem(422, 'to', 'TOO_FAR_AHEAD', { limit });
    if (organisationId) await requireOrganisation(this.dataSource.manager, actor, 'readiness:read', organisationId);
    const tiers = tier ? [tier] : TIERS;
    const rows = await this.days(actor, from, to, organisationId);
    const days = new Map<CivilDate, DayRow[]>();
    for (const row of rows) days.set(row.on, [...(days.get(row.on) ?? []), row]);
    return {
      ...{ asOf, from, to, firstOn: await this.firstOn() },
      days: [...days].map(([on, ofDay]) => ({
        on,
        frozenAt: ofDay[0]?.frozenAt as Date,
        madeUp: ofDay[0]?.madeUp as boolean,
        tiers: tiers.map((each) => {
          const { total, byVerdict } = tierOf(
            each,
            ofDay.filter((row) => row.tier === each),
          );
          return { tier: each, total, byVerdict };
        }),
      })),
    };
  }

  /** The first day ever frozen. */
  async firstOn(): Promise<CivilDate | null> {
    const [row] = await this.dataSource.query<{ first: CivilDate | null }[]>(
      'SELECT min(day_on)::text AS first FROM readiness_day',
    );
    return row?.first ?? null;
  }

  private days(actor: Actor, from: CivilDate, to: CivilDate, organisationId?: string): Promise<DayRow[]> {
    const parameters = new SqlParameters();
    const within = countsWithin(actor, parameters, organisationId);
    return this.dataSource.query<DayRow[]>(
      `SELECT ${COUNT_COLUMNS}, d.day_on::text AS "on", d.frozen_at AS "frozenAt", d.made_up AS "madeUp"
       FROM readiness_day d LEFT JOIN readiness_day_count n ON n.day_on = d.day_on AND n.lifecycle = 'OPERATING' AND ${within}
       WHERE d.day_on BETWEEN ${parameters.bind(from)}::date AND ${parameters.bind(to)}::date
       GROUP BY 1, 2, 3, d.day_on ORDER BY d.day_on`,
      parameters.values,
    );
  }
}
