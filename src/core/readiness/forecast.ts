import { type CivilDate, compareDates } from '../time/civil-date';

/** Systems that stop being ready on a day because nothing was done by the day before. */
export interface Fall {
  on: CivilDate;
  systems: number;
}

/** How many systems are not ready from a day on. */
export interface ForecastPoint {
  on: CivilDate;
  notReady: number;
}

/**
 * The curve "if nobody acts" (domain.md section 5): a point for the first day, one for each day on which more systems fall, and one for the last day.
 * @param notReady systems that are not ready on the first day.
 * @param falls in any order, one entry a day, all of them after `from` and up to `until`.
 */
export function forecastCurve(
  notReady: number,
  falls: readonly Fall[],
  from: CivilDate,
  until: CivilDate,
): ForecastPoint[] {
  const points: ForecastPoint[] = [{ on: from, notReady }];
  let sum = notReady;
  for (const { on, systems } of [...falls].sort((a, b) => compareDates(a.on, b.on))) {
    sum += systems;
    points.push({ on, notReady: sum });
  }
  if (points.at(-1)?.on !== until) points.push({ on: until, notReady: sum });
  return points;
}
