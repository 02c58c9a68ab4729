import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { Calendar, Locale } from '../../api/types';

/** The office's zone; civil dates of the service are days of this zone. */
export const TIME_ZONE = 'Asia/Tokyo';

const LANGUAGE: Record<Locale, string> = { ja: 'ja-JP', en: 'en-GB' };

const ERAS = 'ja-JP-u-ca-japanese';

/** In which the person reads years; around the pages behind the sign-in. */
export const CalendarContext = createContext<Calendar>('GREGORIAN');

function parts(at: Date, locale: Locale, zone: string, options: Intl.DateTimeFormatOptions): Record<string, string> {
  return partsIn(LANGUAGE[locale], at, zone, options);
}

function partsIn(language: string, at: Date, zone: string, options: Intl.DateTimeFormatOptions) {
  const format = new Intl.DateTimeFormat(language, { timeZone: zone, ...options });
  return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
}

/** `令和8年`, and 元年 for the first year of an era. */
function eraYear(at: Date, zone: string, era: 'long' | 'narrow'): string {
  const { era: name, year } = partsIn(ERAS, at, zone, { era, year: 'numeric' });
  return `${name}${year}`;
}

function longDate(at: Date, locale: Locale, zone: string, calendar: Calendar): string {
  const month = locale === 'ja' ? 'numeric' : 'short';
  const p = parts(at, locale, zone, { year: 'numeric', month, day: 'numeric', weekday: 'short' });
  if (locale === 'ja')
    return `${calendar === 'JAPANESE' ? eraYear(at, zone, 'long') : p.year}年${p.month?.replace('月', '')}月${p.day}日（${p.weekday}）`;
  // British English writes `Sept`; every month gets three letters.
  return `${p.weekday}, ${p.day} ${p.month?.slice(0, 3)} ${p.year}`;
}

// A civil date has no zone: it is read and written at midnight UTC so that no zone can move it to another day.
const civil = (date: string) => new Date(`${date}T00:00:00Z`);

/** `2026年11月23日（月）` or `令和8年11月23日（月）`, `Mon, 23 Nov 2026`. */
export function formatDate(date: string, locale: Locale, calendar: Calendar): string {
  return longDate(civil(date), locale, 'UTC', calendar);
}

const YEAR_MS = 365 * 86_400_000;

/** The shortest form for a narrow cell, `11/23` or `23 Nov`; a date more than a year from `asOf` shows its year and month. */
export function formatShortDate(date: string, locale: Locale, asOf: string, calendar: Calendar): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const near = Math.abs(civil(date).getTime() - Date.parse(asOf)) < YEAR_MS;
  if (locale === 'ja') {
    const yearShort = calendar === 'JAPANESE' ? eraYear(civil(date), 'UTC', 'narrow') : `'${year.slice(2)}`;
    return near ? `${Number(month)}/${Number(day)}` : `${yearShort}/${Number(month)}`;
  }
  const monthName = (parts(civil(date), 'en', 'UTC', { month: 'short' }).month ?? '').slice(0, 3);
  return near ? `${Number(day)} ${monthName}` : `${monthName} ’${year.slice(2)}`;
}

/** An instant as day and time of the office's zone. */
export function formatInstant(instant: string, locale: Locale, calendar: Calendar): string {
  const at = new Date(instant);
  const { hour, minute } = parts(at, locale, TIME_ZONE, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return `${longDate(at, locale, TIME_ZONE, calendar)} ${hour}:${minute}`;
}

/** The civil date of an instant in the office's zone. */
export function civilDateOf(instant: string): string {
  const p = parts(new Date(instant), 'en', TIME_ZONE, { year: 'numeric', month: '2-digit', day: '2-digit' });
  return `${p.year}-${p.month}-${p.day}`;
}

/** A `datetime-local` value (`2026-11-23T09:00`) read as wall clock of the office's zone, as an RFC 3339 instant. */
export function instantOf(wallClock: string): string {
  const asUtc = new Date(`${wallClock}:00Z`);
  const p = parts(asUtc, 'en', TIME_ZONE, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const shown = Date.parse(`${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}:00Z`);
  return new Date(asUtc.getTime() - (shown - asUtc.getTime())).toISOString();
}

/** An instant as the `datetime-local` value of the office's zone. */
export function wallClockOf(instant: string): string {
  const { hour, minute } = parts(new Date(instant), 'en', TIME_ZONE, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return `${civilDateOf(instant)}T${hour}:${minute}`;
}

/** Moves a civil date by whole days. */
export function plusDays(date: string, days: number): string {
  return new Date(civil(date).getTime() + days * 86_400_000).toISOString().slice(0, 10);
}

export function useFormat() {
  const { i18n } = useTranslation();
  const calendar = useContext(CalendarContext);
  const locale: Locale = i18n.language === 'en' ? 'en' : 'ja';
  return {
    locale,
    date: (date: string | null | undefined) => (date ? formatDate(date, locale, calendar) : '—'),
    shortDate: (date: string, asOf: string) => formatShortDate(date, locale, asOf, calendar),
    instant: (instant: string | null | undefined) => (instant ? formatInstant(instant, locale, calendar) : '—'),
    number: (value: number) => value.toLocaleString(LANGUAGE[locale]),
    percent: (value: number | null | undefined) =>
      value === null || value === undefined ? '—' : `${Math.floor(value)}%`,
    /** The name a reader of English knows, when there is one. */
    name: (named: { name: string; nameEn?: string | null }) =>
      locale === 'en' && named.nameEn ? named.nameEn : named.name,
  };
}
