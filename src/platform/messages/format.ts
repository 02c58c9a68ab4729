import { civilDateParts, dayOfWeek } from '../../core/time/civil-date';
import { localDate, localTimeOfDay } from '../../core/time/zone';
import { Locale, message } from './messages';

const WEEKDAYS = { ja: '日月火水木金土', en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] } as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `2026年11月23日（月）` or `Mon, 23 Nov 2026`. */
export function formatDate(locale: Locale, date: string): string {
  const { year, month, day } = civilDateParts(date);
  const weekday = WEEKDAYS[locale][dayOfWeek(date)];
  return locale === 'ja'
    ? `${year}年${month}月${day}日（${weekday}）`
    : `${weekday}, ${day} ${MONTHS[month - 1]} ${year}`;
}

/** A date with the time of day in `timeZone`. */
export function formatInstant(locale: Locale, instant: Date, timeZone: string): string {
  return `${formatDate(locale, localDate(instant, timeZone))} ${localTimeOfDay(instant, timeZone)}`;
}

/** Whole minutes as people say them: 90 -> 1時間30分, 1 h 30 min. */
export function formatDuration(locale: Locale, minutes: number): string {
  const parts = [
    ['day', Math.floor(minutes / 1440)],
    ['hour', Math.floor((minutes % 1440) / 60)],
    ['minute', minutes % 60],
  ] as const;
  const shown = parts.filter(([, count]) => count > 0);
  const words = (shown.length > 0 ? shown : [parts[2]]).map(([unit, count]) =>
    message(locale, `duration.${unit}`, { count }),
  );
  return words.join(locale === 'ja' ? '' : ' ');
}
