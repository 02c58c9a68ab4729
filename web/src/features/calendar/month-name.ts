import { useContext } from 'react';
import { CalendarContext, useFormat } from '../../ui/format/format';
import { firstOf, type Month } from './months';

/** `2026年12月`, `令和8年12月` or `December 2026`. */
export function useMonthName(): (month: Month) => string {
  const { locale } = useFormat();
  const era = useContext(CalendarContext) === 'JAPANESE' && locale === 'ja';
  const language = locale === 'ja' ? (era ? 'ja-JP-u-ca-japanese' : 'ja-JP') : 'en-GB';
  const format = new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    ...(era && { era: 'long' }),
  });
  return (month) => format.format(new Date(`${firstOf(month)}T00:00:00Z`));
}
