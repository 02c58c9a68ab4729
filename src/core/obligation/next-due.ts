import { CivilDate, addDays, addMonths, civilDateParts, civilDateOf, earlierOf } from '../time/civil-date';
import { addPeriod, parsePeriod } from '../time/duration';

/**
 * The last day on which proof given on `performedOn` still counts (domain.md section 4): the day performed + cadence with
 * clamped months, or, for a rule anchored to the fiscal year, the end of the part of the fiscal year that day falls in. A cadence
 * of days or weeks has no place in the fiscal year and is always counted from the day performed.
 */
export function nextDue(
  performedOn: CivilDate,
  cadence: string,
  anchor: 'LAST_DONE' | 'FISCAL_YEAR' = 'LAST_DONE',
): CivilDate {
  const period = parsePeriod(cadence);
  const day = addPeriod(performedOn, period);
  return anchor === 'FISCAL_YEAR' && period.days === 0 ? endOfFiscalPart(day, period.months) : day;
}

const APRIL = 3;

/**
 * The end of the half-year, quarter, … of the fiscal year (from 1 April) that `date` lies in: the longest parts that cut both the
 * year and the cadence evenly, so that P12M ends with the year, P6M with the half-year, P24M with the year, P1M with the month.
 */
function endOfFiscalPart(date: CivilDate, cadenceMonths: number): CivilDate {
  const { year, month } = civilDateParts(date);
  const part = greatestCommonDivisor(cadenceMonths, 12);
  const monthsIntoYear = (month - 1 - APRIL + 12) % 12;
  const lastMonth = addMonths(civilDateOf({ year, month, day: 1 }), part - 1 - (monthsIntoYear % part));
  return addDays(addMonths(lastMonth, 1), -1);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** A day set for the next proof brings it forward, and never puts it off; proof given on that day or later has answered it. */
export function dueBy(dueOn: CivilDate | null, performedOn: CivilDate, byOn: CivilDate | null): CivilDate | null {
  if (!byOn || byOn <= performedOn) return dueOn;
  return dueOn ? earlierOf(dueOn, byOn) : byOn;
}

/** A change of what was reviewed brings the review forward to `grace` after the change, and never puts it off. */
export function reopenedDue(
  dueOn: CivilDate | null,
  performedOn: CivilDate,
  changedOn: CivilDate | null,
  grace: string,
): CivilDate | null {
  if (!changedOn || changedOn <= performedOn) return dueOn;
  const reopened = addPeriod(changedOn, parsePeriod(grace));
  return dueOn ? earlierOf(dueOn, reopened) : reopened;
}
