import { type CivilDate, civilDateOf, civilDateParts } from './civil-date';

/** A Japanese fiscal year (年度), named by the calendar year in which it begins: 2026 is 1 April 2026 to 31 March 2027. */
export type FiscalYear = number;

/** The fiscal year a day belongs to. */
export function fiscalYearOf(date: CivilDate): FiscalYear {
  const { year, month } = civilDateParts(date);
  return month >= 4 ? year : year - 1;
}

/** The first day, 1 April. */
export function fiscalYearStart(fiscalYear: FiscalYear): CivilDate {
  return civilDateOf({ year: fiscalYear, month: 4, day: 1 });
}

/** The last day, 31 March of the following calendar year. */
export function fiscalYearEnd(fiscalYear: FiscalYear): CivilDate {
  return civilDateOf({ year: fiscalYear + 1, month: 3, day: 31 });
}

/** The quarter of the fiscal year: 1 is April to June, 4 is January to March. */
export function fiscalQuarterOf(date: CivilDate): 1 | 2 | 3 | 4 {
  const { month } = civilDateParts(date);
  return month < 4 ? 4 : month < 7 ? 1 : month < 10 ? 2 : 3;
}

/** The first 1 April after the day; on a 1 April that is the one a year later. */
export function nextFiscalYearStart(date: CivilDate): CivilDate {
  return fiscalYearStart(fiscalYearOf(date) + 1);
}
