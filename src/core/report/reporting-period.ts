import { addDays, addMonths, type CivilDate, civilDateOf, civilDateParts, compareDates } from '../time/civil-date';
import { fiscalYearEnd, fiscalYearOf, fiscalYearStart } from '../time/fiscal-year';

/** What a report is about: a calendar month, a quarter of the fiscal year, or the fiscal year from 1 April. */
export const PERIOD_KINDS = ['MONTH', 'QUARTER', 'FISCAL_YEAR'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** Civil days, both of them within. */
export interface ReportingPeriod {
  kind: PeriodKind;
  startsOn: CivilDate;
  endsOn: CivilDate;
}

const MONTHS = { MONTH: 1, QUARTER: 3 } as const;

/** The period of a kind that a day lies in. */
export function periodOf(kind: PeriodKind, on: CivilDate): ReportingPeriod {
  if (kind === 'FISCAL_YEAR') {
    const year = fiscalYearOf(on);
    return { kind, startsOn: fiscalYearStart(year), endsOn: fiscalYearEnd(year) };
  }
  const { year, month } = civilDateParts(on);
  const first = month - ((month - 1) % MONTHS[kind]);
  const startsOn = civilDateOf({ year, month: first, day: 1 });
  return { kind, startsOn, endsOn: addDays(addMonths(startsOn, MONTHS[kind]), -1) };
}

/** The period of the same kind before it. */
export function periodBefore({ kind, startsOn }: ReportingPeriod): ReportingPeriod {
  return periodOf(kind, addDays(startsOn, -1));
}

/** Whether the period still runs on a day. */
export function isRunning({ endsOn }: ReportingPeriod, today: CivilDate): boolean {
  return compareDates(today, endsOn) <= 0;
}

/**
 * The periods of a kind that have ended before `today` and are still to be reported on, the oldest first: those after the one that began on
 * `reportedStartsOn`, at most `most` of them; only the last one where nothing has been reported.
 */
export function periodsToReport(
  kind: PeriodKind,
  today: CivilDate,
  reportedStartsOn: CivilDate | null,
  most: number,
): ReportingPeriod[] {
  const found: ReportingPeriod[] = [];
  const limit = reportedStartsOn === null ? 1 : most;
  for (let period = periodBefore(periodOf(kind, today)); found.length < limit; period = periodBefore(period)) {
    if (reportedStartsOn !== null && compareDates(period.startsOn, reportedStartsOn) <= 0) break;
    found.unshift(period);
  }
  return found;
}
