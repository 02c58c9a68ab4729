import holidayJp from '@holiday-jp/holiday_jp';
import type { CivilDate } from '../../core/time/civil-date';
import { type Locale, message } from '../messages/messages';

type Named = (typeof holidayJp.holidays)[keyof typeof holidayJp.holidays];

const YEAR_END_CLOSURE = new Set(['12-29', '12-30', '12-31', '01-01', '01-02', '01-03']);

/**
 * The last day of the years whose national holidays the library lists. Equinoxes are fixed by cabinet notice each
 * February for the following year, so those of later years are computed; a changed law arrives with a library update.
 */
export const HOLIDAYS_KNOWN_UNTIL: CivilDate = `${lastListedYear()}-12-31`;

/**
 * True when government offices are closed besides Saturdays and Sundays: national holidays with their substitutes
 * (国民の祝日に関する法律) and 29 December to 3 January (行政機関の休日に関する法律). Outside 1970 to
 * `HOLIDAYS_KNOWN_UNTIL` only the year-end closure is known, so every other day there counts as no holiday.
 */
export function isJapaneseHoliday(date: CivilDate): boolean {
  return YEAR_END_CLOSURE.has(date.slice(5)) || Object.hasOwn(holidayJp.holidays, date);
}

/** What a day is called on which government offices are closed besides Saturdays and Sundays, as `isJapaneseHoliday` knows them; null for every other day. */
export function holidayName(date: CivilDate, locale: Locale): string | null {
  const listed = (holidayJp.holidays as Record<CivilDate, Named>)[date];
  if (listed) return locale === 'ja' ? listed.name : listed.name_en;
  return isJapaneseHoliday(date) ? message(locale, 'holiday.yearEndClosure') : null;
}

function lastListedYear(): string {
  return Object.keys(holidayJp.holidays)
    .reduce((last, date) => (date > last ? date : last))
    .slice(0, 4);
}
