import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { addDays, type CivilDate, laterOf } from '../../../core/time/civil-date';
import { localDate, localTimeOfDay } from '../../../core/time/zone';
import { PastVerdicts } from '../../../obligations/past/past-verdicts';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';

/** From this time of day in the zone of the installation a day is frozen as it stands. */
const FREEZE_AT = '23:30';
/** How far back missed days are made up. */
const MOST_DAYS = 31;

const FIGURES = ['systems', 'applicable', 'met', 'due_soon', 'overdue', 'failed', 'unknown', 'waived'];
const COLUMNS = ['organisation_id', 'tier', 'lifecycle', 'verdict', ...FIGURES, 'policy_ids'];
const SUMS = FIGURES.map((figure) => `sum(${figure})::integer AS ${figure}`).join(', ');

/** Whoever else freezes the day at the same time waits here, and then adds nothing. */
const CLAIM = `INSERT INTO readiness_day (day_on, frozen_at, made_up) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING day_on`;

/**
 * One scan of the stored verdicts, by policy first. The counts that are kept do not say which policies they rest on, and a second statement could see
 * another state.
 */
const FREEZE = `
  WITH day AS (${CLAIM}), judged AS (
    SELECT organisation_id, tier, lifecycle, coalesce(verdict, '-') AS verdict, policy_id, count(*) AS systems,
      ${FIGURES.slice(1)
        .map((figure) => `sum(${figure}) AS ${figure}`)
        .join(', ')}
    FROM system_readiness GROUP BY 1, 2, 3, 4, 5),
  added AS (INSERT INTO readiness_day_count (day_on, ${COLUMNS.join(', ')})
  SELECT day.day_on, judged.* FROM day, (
    SELECT organisation_id, tier, lifecycle, verdict, ${SUMS},
      coalesce(array_agg(policy_id ORDER BY policy_id) FILTER (WHERE policy_id IS NOT NULL), '{}') FROM judged GROUP BY 1, 2, 3, 4) judged)
  SELECT day_on FROM day`;

const ADD = `
  INSERT INTO readiness_day_count (day_on, ${COLUMNS.join(', ')})
  SELECT $1, c."organisationId", c.tier, c.lifecycle, c.verdict, c.systems, c.applicable, c.met, c."dueSoon", c.overdue, c.failed, c.unknown, c.waived,
    c."policyIds"
  FROM jsonb_to_recordset($2::jsonb) AS c("organisationId" uuid, tier text, lifecycle text, verdict text, systems integer, applicable integer,
    met integer, "dueSoon" integer, overdue integer, failed integer, unknown integer, waived integer, "policyIds" uuid[])`;

/** The only writer of frozen days (docs/adr/0040). */
@Injectable()
export class ReadinessDays {
  constructor(
    private readonly dataSource: DataSource,
    private readonly past: PastVerdicts,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Makes up the days that were missed since the last frozen one and can still be derived, and freezes today when it is late enough. May come
   * as often as it likes, from several workers. @returns the days that this call has frozen.
   */
  async run(): Promise<CivilDate[]> {
    const now = this.clock.now();
    const today = localDate(now, this.config.TZ_DEFAULT);
    const frozen: CivilDate[] = [];
    for (const on of await this.missed(today))
      if (await this.dataSource.transaction(async (m) => (await this.past.isDerivable(m, on)) && this.makeUp(m, on)))
        frozen.push(on);
    if (localTimeOfDay(now, this.config.TZ_DEFAULT) >= FREEZE_AT && (await this.freeze(today, now))) frozen.push(today);
    return frozen;
  }

  /** Derives a day that has passed and freezes it, unless it is frozen. */
  async makeUp(m: EntityManager, on: CivilDate): Promise<boolean> {
    const claimed = await m.query<object[]>(CLAIM, [on, this.clock.now(), true]);
    if (claimed.length === 0) return false;
    await m.query(ADD, [on, JSON.stringify(await this.past.countsAt(m, on))]);
    return true;
  }

  private async freeze(on: CivilDate, now: Date): Promise<boolean> {
    const claimed = await this.dataSource.query<object[]>(FREEZE, [on, now, false]);
    return claimed.length > 0;
  }

  /** The days between the last frozen one and today; none while nothing has been frozen. */
  private async missed(today: CivilDate): Promise<CivilDate[]> {
    const [row] = await this.dataSource.query<{ last: CivilDate | null }[]>(
      'SELECT max(day_on)::text AS last FROM readiness_day',
    );
    if (!row?.last) return [];
    const days: CivilDate[] = [];
    for (let on = laterOf(addDays(row.last, 1), addDays(today, -MOST_DAYS)); on < today; on = addDays(on, 1))
      days.push(on);
    return days;
  }
}
