import { civilDateParts, dayOfWeek } from '../../core/time/civil-date';
import { parsePeriod } from '../../core/time/duration';
import { formatWareki } from '../../core/time/wareki';
import { localDate, localTimeOfDay } from '../../core/time/zone';
import { Locale, message } from './messages';

const WEEKDAYS = { ja: '日月火水木金土', en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] } as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** In which calendar a person reads years: 2026年, or 令和8年. English knows only the first. */
export const CALENDARS = ['GREGORIAN', 'JAPANESE'] as const;
export type Calendar = (typeof CALENDARS)[number];

/** `2026年11月23日（月）`, `令和8年11月23日（月）` or `Mon, 23 Nov 2026`. */
export function formatDate(locale: Locale, date: string, calendar: Calendar = 'GREGORIAN'): string {
  const { year, month, day } = civilDateParts(date);
  const weekday = WEEKDAYS[locale][dayOfWeek(date)];
  if (locale === 'en') return `${weekday}, ${day} ${MONTHS[month - 1]} ${year}`;
  return `${calendar === 'JAPANESE' ? formatWareki(date) : `${year}年${month}月${day}日`}（${weekday}）`;
}

/** A date with the time of day in `timeZone`. */
export function formatInstant(locale: Locale, instant: Date, timeZone: string, calendar?: Calendar): string {
  return `${formatDate(locale, localDate(instant, timeZone), calendar)} ${localTimeOfDay(instant, timeZone)}`;
}

/** Whole minutes as people say them: 90 -> 1時間30分, 1 h 30 min. */
export function formatDuration(locale: Locale, minutes: number): string {
  const parts = [
    ['day', Math.floor(minutes / 1440)],
    ['hour', Math.floor((minutes % 1440) / 60)],
    ['minute', minutes % 60],
  ] as const;
  return spoken(locale, parts);
}

/** A calendar period as people say it: `P1Y6M` -> 1年6か月, 1 y 6 mo. */
export function formatCalendarPeriod(locale: Locale, period: string): string {
  const { months, days } = parsePeriod(period);
  const parts = [
    ['year', Math.floor(months / 12)],
    ['month', months % 12],
    ['day', days],
  ] as const;
  return spoken(locale, parts);
}

const BYTES = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** An amount of bytes as people say it, in either language: 1_536_000 -> 1.5 MB. */
export function formatBytes(bytes: number): string {
  const size = (unit: number): number => Math.round(bytes / 1000 ** unit / 0.1) / 10;
  const unit = BYTES.findIndex((_, at) => size(at) < 1000);
  const shown = unit < 0 ? BYTES.length - 1 : unit;
  return `${size(shown)} ${BYTES[shown]}`;
}

/** The parts that are not zero, the last one when all are. */
function spoken(locale: Locale, parts: readonly (readonly [unit: string, count: number])[]): string {
  const shown = parts.filter(([, count]) => count > 0);
  return (shown.length > 0 ? shown : parts.slice(-1))
    .map(([unit, count]) => message(locale, `duration.${unit}`, { count }))
    .join(locale === 'ja' ? '' : ' ');
}
