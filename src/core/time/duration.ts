import { addDays, addMonths, type CivilDate } from './civil-date';
import { remembering } from './remembering';

/**
 * A calendar length such as a cadence, a grace or a lead: whole months and whole days, neither negative, together at
 * most 100 years. Months are kept apart from days because a month has no fixed length.
 */
export interface Period {
  months: number;
  days: number;
}

const PERIOD = /^P(?:(\d+)W|(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?)$/;
const MINUTES = /^P(?:(\d+)W|(?=[\dT])(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?)$/;

const MINUTES_PER_DAY = 1440;
const MOST_MONTHS = 1200;
const MOST_DAYS = 36_525;
const MOST_MINUTES = MOST_DAYS * MINUTES_PER_DAY;

// The Gregorian calendar repeats every 4,800 months, which hold exactly 146,097 days.
const CYCLE_MONTHS = 4800;
const CYCLE_DAYS = 146_097;

const periods = remembering<Readonly<Period>>(1_000);
const later = remembering<CivilDate>(50_000);

/**
 * Reads an ISO 8601 duration of years, months and days, or of weeks alone: `P1Y`, `P6M`, `P30D`, `P2W`, `P1Y6M`.
 * Throws RangeError naming the text when it has a time part, a sign, a fraction, or exceeds 100 years.
 */
export function parsePeriod(text: string): Readonly<Period> {
  return periods(text, () => Object.freeze(readPeriod(text)));
}

function readPeriod(text: string): Period {
  const match = PERIOD.exec(text);
  if (!match) throw refusal(text, 'a period', periodProblem(text));
  const [weeks, years, months, days] = numbers(match);
  const period = { months: years * 12 + months, days: weeks * 7 + days };
  if (meanLength(period) > meanLength({ months: MOST_MONTHS, days: 0 })) {
    throw refusal(text, 'a period', 'it must not exceed 100 years');
  }
  return period;
}

/** The one canonical text of a period: years, then months below 12, then days; never weeks; `P0D` when empty. */
export function formatPeriod({ months, days }: Period): string {
  const text = `P${part(Math.floor(months / 12), 'Y')}${part(months % 12, 'M')}${part(days, 'D')}`;
  return text === 'P' ? 'P0D' : text;
}

/** The day a period after `date`: months first, clamped to the end of the month, then days (domain.md section 4). */
export function addPeriod(date: CivilDate, { months, days }: Period): CivilDate {
  // Another number for each period, since none has more days.
  return later(date, () => addDays(addMonths(date, months), days), months * (MOST_DAYS + 1) + days);
}

/**
 * Orders periods by mean length: a month counts as 146,097 / 4,800 days (30.436875), the mean of the Gregorian cycle,
 * compared in whole numbers, so nothing is rounded. This is a total order (zero only for equal periods) which never
 * contradicts the calendar: a period that is shorter from every first of a month is the lesser one.
 * So `P30D < P1M < P31D`, `P365D < P1Y < P366D`, `P90D < P3M < P92D`.
 */
export function comparePeriods(a: Period, b: Period): -1 | 0 | 1 {
  const difference = meanLength(a) - meanLength(b);
  if (difference === 0) return 0;
  return difference < 0 ? -1 : 1;
}

/** Rough length in days (a month as 30.44), fit for choosing lead times and for nothing that decides a date. */
export function approximateDays({ months, days }: Period): number {
  return Math.round(months * 30.44 + days);
}

/**
 * Reads an ISO 8601 duration of fixed length as whole minutes: `PT4H`, `P7D`, `PT90M`, `P1DT12H`, `P2W`. A day is
 * 24 hours. Throws RangeError naming the text when it has years or months (no fixed length), seconds that do not make
 * whole minutes, a sign, a fraction, or exceeds 36,525 days.
 */
export function parseMinutes(text: string): number {
  const match = MINUTES.exec(text);
  if (!match) throw refusal(text, 'a duration', minutesProblem(text));
  const [weeks, days, hours, minutes, seconds] = numbers(match);
  if (seconds % 60 !== 0) throw refusal(text, 'a duration', 'seconds must make whole minutes');
  const total = (weeks * 7 + days) * MINUTES_PER_DAY + hours * 60 + minutes + seconds / 60;
  if (total > MOST_MINUTES) throw refusal(text, 'a duration', 'it must not exceed 36525 days');
  return total;
}

/**
 * The one canonical text of whole minutes: days, hours below 24, minutes below 60; `PT0M` when zero. So 240 is
 * `PT4H` and 1440 is `P1D`. Throws RangeError for a negative or broken number.
 */
export function formatMinutes(minutes: number): string {
  if (!Number.isSafeInteger(minutes) || minutes < 0)
    throw new RangeError(`${minutes} is not a number of whole minutes`);
  const time = `${part(Math.floor((minutes % MINUTES_PER_DAY) / 60), 'H')}${part(minutes % 60, 'M')}`;
  const text = `P${part(Math.floor(minutes / MINUTES_PER_DAY), 'D')}${time && `T${time}`}`;
  return text === 'P' ? 'PT0M' : text;
}

/** Mean length in units of 1/4,800 day. */
function meanLength({ months, days }: Period): number {
  return months * CYCLE_DAYS + days * CYCLE_MONTHS;
}

/** The captured groups as numbers, absent ones as 0. */
function numbers(match: RegExpExecArray): [number, number, number, number, number] {
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0] = match.slice(1).map((digits) => Number(digits ?? 0));
  return [first, second, third, fourth, fifth];
}

function part(amount: number, unit: string): string {
  return amount === 0 ? '' : `${amount}${unit}`;
}

function periodProblem(text: string): string {
  return /^P[^T]*T/.test(text)
    ? 'a period has no time part'
    : 'expected whole years, months and days, or weeks, such as P1Y6M, P30D or P2W';
}

function minutesProblem(text: string): string {
  return /^P[^T]*\d[YM]/.test(text)
    ? 'years and months have no fixed length; use days or hours'
    : 'expected whole days, hours and minutes, or weeks, such as PT4H, P7D or P1DT12H';
}

function refusal(text: string, what: string, problem: string): RangeError {
  return new RangeError(`${JSON.stringify(text)} is not ${what}: ${problem}`);
}
