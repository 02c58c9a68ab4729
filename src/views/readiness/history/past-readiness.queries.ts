import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor } from '../../../access/actor';
import { requireOrganisation } from '../../../access/scope/system-access';
import { SqlParameters } from '../../../access/scope/scope-sql';
import { headlineThen } from '../../../core/readiness/explain';
import { type CivilDate, compareDates } from '../../../core/time/civil-date';
import { localDate } from '../../../core/time/zone';
import { ObligationsQueries } from '../../../obligations/obligations.queries';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { fieldProblem, Problem } from '../../../platform/http/problem';
import { countsWithin } from '../counts-within';
import type { TiersResponse } from '../dto/readiness.response';
import { organisationRef } from '../organisation-ref';
import { COUNT_COLUMNS, type CountRow, readyFigures, summaryOf } from '../tier-figures';
import { ChangesQueries } from './changes.queries';

interface Day {
  frozenAt: Date;
  madeUp: boolean;
}

/** The summary of readiness as it was frozen on a day: what was seen then, for whoever may see it now. */
@Injectable()
export class PastReadinessQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly changes: ChangesQueries,
    private readonly obligations: ObligationsQueries,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** @throws Problem 404 when the organisation may not be seen, 422 for a day that is not frozen. */
  async on(actor: Actor, on: CivilDate, organisationId?: string): Promise<TiersResponse> {
    if (organisationId) await requireOrganisation(this.dataSource.manager, actor, 'readiness:read', organisationId);
    const { frozenAt, madeUp } = await this.day(on);
    const parameters = new SqlParameters();
    const rows = await this.dataSource.query<CountRow[]>(
      `SELECT ${COUNT_COLUMNS} FROM readiness_day_count n
       WHERE n.day_on = ${parameters.bind(on)}::date AND ${countsWithin(actor, parameters, organisationId)} GROUP BY 1, 2, 3`,
      parameters.values,
    );
    const summary = summaryOf(rows);
    return {
      ...{ asOf: frozenAt, on, madeUp, ...summary },
      organisation: organisationId ? await organisationRef(this.dataSource.manager, organisationId) : null,
      headline: this.obligations.render(actor, headlineThen(readyFigures(summary.tiers), on), null),
      changes: await this.changes.since(actor, on, summary.tiers, organisationId),
      unreachable: null,
    };
  }

  private async day(on: CivilDate): Promise<Day> {
    const [day] = await this.dataSource.query<Day[]>(
      'SELECT frozen_at AS "frozenAt", made_up AS "madeUp" FROM readiness_day WHERE day_on = $1',
      [on],
    );
    return day ?? Promise.reject(await this.refusal(on));
  }

  private async refusal(on: CivilDate): Promise<Problem> {
    const today = localDate(this.clock.now(), this.config.TZ_DEFAULT);
    if (compareDates(on, today) > 0) return fieldProblem(422, 'asOf', 'TOO_FAR_AHEAD', { limit: today });
    const [{ first, nearest }] = await this.dataSource.query<[{ first: CivilDate | null; nearest: CivilDate | null }]>(
      `SELECT min(day_on)::text AS first, (max(day_on) FILTER (WHERE day_on < $1))::text AS nearest FROM readiness_day`,
      [on],
    );
    if (!first) return fieldProblem(422, 'asOf', 'NO_DAY_FROZEN');
    if (!nearest) return fieldProblem(422, 'asOf', 'BEFORE_FIRST_DAY', { first });
    return fieldProblem(422, 'asOf', 'DAY_NOT_FROZEN', { nearest });
  }
}
