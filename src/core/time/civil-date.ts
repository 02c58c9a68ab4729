/**
 * A day on the calendar, `YYYY-MM-DD`, years 1900 to 2200: no time of day, no zone. Text order is date order, so
 * civil dates may be compared and sorted as they are.
 */
export type CivilDate = string;

/** The pieces of a civil date; `month` counts from 1 (January). */
export interface CivilDateParts {
  year: number;
  month: number;
  day: number;
}

export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2200;

const MILLIS_PER_DAY = 86_400_000;
const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The dates met so far and their day numbers, at most those of 301 years: finding one is many times faster than reading it. */
const numbers = new Map<CivilDate, number>();
const dates = new Map<number, CivilDate>();

/** True when the value is text naming a real day within the supported years. */
export function isCivilDate(value: unknown): boolean {
  return typeof value === 'string' && problemOf(value) === undefined;
}

/** Gives the text back when it is a civil date. Throws RangeError naming the text and what is wrong with it. */
export function parseCivilDate(text: string): CivilDate {
  const problem = problemOf(text);
  if (problem !== undefined) throw new RangeError(`${JSON.stringify(text)} is not a date: ${problem}`);
  return text;
}

/** Year, month and day of a civil date. Throws RangeError when it is none. */
export function civilDateParts(date: CivilDate): CivilDateParts {
  return split(parseCivilDate(date));
}

/** The civil date of these pieces. Throws RangeError when there is no such day. */
export function civilDateOf({ year, month, day }: CivilDateParts): CivilDate {
  return parseCivilDate(`${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`);
}

/** The day `days` later (earlier when negative). Throws RangeError when it leaves the supported years. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return fromDayNumber(dayNumber(date) + whole(days, 'days'));
}

/**
 * The same day of the month, `months` later (earlier when negative), clamped to the end of a shorter month:
 * 31 January + 1 is 28 or 29 February. Throws RangeError when it leaves the supported years.
 */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const { year, month, day } = civilDateParts(date);
  const monthIndex = year * 12 + (month - 1) + whole(months, 'months');
  const target = { year: Math.floor(monthIndex / 12), month: (monthIndex % 12) + 1 };
  return civilDateOf({ ...target, day: Math.min(day, daysInMonth(target.year, target.month)) });
}

/** Days from `from` to `to`: positive when `to` is later. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** Negative, zero or positive, for sorting earliest first. */
export function compareDates(a: CivilDate, b: CivilDate): -1 | 0 | 1 {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Day of the week: 0 is Sunday, 6 is Saturday. */
export function dayOfWeek(date: CivilDate): number {
  return new Date(dayNumber(date) * MILLIS_PER_DAY).getUTCDay();
}

/** The earliest of the dates. */
export function earlierOf(first: CivilDate, ...others: CivilDate[]): CivilDate {
  return others.reduce((earliest, date) => (date < earliest ? date : earliest), first);
}

/** The latest of the dates. */
export function laterOf(first: CivilDate, ...others: CivilDate[]): CivilDate {
  return others.reduce((latest, date) => (date > latest ? date : latest), first);
}

/** Days of a month (1 to 12) of a year. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function problemOf(text: string): string | undefined {
  if (numbers.has(text)) return undefined;
  if (!PATTERN.test(text)) return 'expected YYYY-MM-DD';
  const { year, month, day } = split(text);
  if (year < FIRST_YEAR || year > LAST_YEAR) return `the year must be ${FIRST_YEAR} to ${LAST_YEAR}`;
  if (month < 1 || month > 12) return 'the month must be 01 to 12';
  const length = daysInMonth(year, month);
  return day < 1 || day > length ? `the day must be 01 to ${length}` : undefined;
}

function split(date: CivilDate): CivilDateParts {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

/** Days since 1970-01-01. */
function dayNumber(date: CivilDate): number {
  const known = numbers.get(date);
  if (known !== undefined) return known;
  const { year, month, day } = civilDateParts(date);
  return remember(date, Date.UTC(year, month - 1, day) / MILLIS_PER_DAY).number;
}

/** The day so many days after 1970-01-01. Throws RangeError when it leaves the supported years. */
export function fromDayNumber(days: number): CivilDate {
  const known = dates.get(days);
  if (known !== undefined) return known;
  const moved = new Date(days * MILLIS_PER_DAY);
  const parts = { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
  return remember(civilDateOf(parts), days).date;
}

function remember(date: CivilDate, number: number): { date: CivilDate; number: number } {
  numbers.set(date, number);
  dates.set(number, date);
  return { date, number };
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function whole(value: number, unit: string): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number of ${unit}`);
  return value;
}
