import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor } from '../../../access/actor';
import { SqlParameters } from '../../../access/scope/scope-sql';
import { addDays, addMonths, type CivilDate } from '../../../core/time/civil-date';
import { countsWithin } from '../counts-within';
import type { TierReadiness } from '../dto/readiness.response';
import type { VerdictFigures } from '../dto/verdict-figures.response';
import { COUNT_COLUMNS, type CountRow, tierOf } from '../tier-figures';
import { CHANGE_PERIODS, ReadinessChange } from './dto/change.response';

/** As many days earlier stand in for one that was not frozen. */
const NEAR_DAYS = 6;

const BEFORE = {
  WEEK: (on: CivilDate): CivilDate => addDays(on, -7),
  MONTH: (on: CivilDate): CivilDate => addMonths(on, -1),
};

/** What has changed since a frozen day a week and a month before. */
@Injectable()
export class ChangesQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** The periods for which there is a day to compare with, the shortest first. @param on the day of `tiers`. */
  async since(
    actor: Actor,
    on: CivilDate,
    tiers: readonly TierReadiness[],
    organisationId?: string,
  ): Promise<ReadinessChange[]> {
    const parameters = new SqlParameters();
    const targets = CHANGE_PERIODS.map(
      (period) => `(${parameters.bind(period)}, ${parameters.bind(BEFORE[period](on))}::date)`,
    );
    const rows = await this.dataSource.query<(CountRow & Pick<ReadinessChange, 'period' | 'on'>)[]>(
      `WITH reference AS (
         SELECT t.period, (SELECT max(day_on) FROM readiness_day WHERE day_on BETWEEN t.day_on - ${NEAR_DAYS} AND t.day_on) AS day_on
         FROM (VALUES ${targets.join(', ')}) t(period, day_on))
       SELECT ${COUNT_COLUMNS}, r.period, r.day_on::text AS "on"
       FROM reference r LEFT JOIN readiness_day_count n ON n.day_on = r.day_on AND n.lifecycle = 'OPERATING'
         AND ${countsWithin(actor, parameters, organisationId)}
       WHERE r.day_on IS NOT NULL GROUP BY 1, 2, 3, r.period, r.day_on`,
      parameters.values,
    );
    return CHANGE_PERIODS.flatMap((period) => {
      const then = rows.filter((row) => row.period === period);
      const reference = then[0]?.on;
      if (!reference) return [];
      const changed = tiers.map(({ tier, total, byVerdict }) => {
        const before = tierOf(
          tier,
          then.filter((row) => row.tier === tier),
        );
        return {
          tier,
          total: total - before.total,
          ready: readyIn(byVerdict) - readyIn(before.byVerdict),
          notReady: byVerdict.NOT_READY - before.byVerdict.NOT_READY,
        };
      });
      return [{ period, on: reference, tiers: changed }];
    });
  }
}

const readyIn = ({ READY, READY_WITH_WAIVERS }: VerdictFigures): number => READY + READY_WITH_WAIVERS;
