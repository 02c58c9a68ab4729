import { type CivilDate, fromDayNumber, parseCivilDate } from './civil-date';
import { remembering } from './remembering';

const MILLIS_PER_MINUTE = 60_000;
const MILLIS_PER_HOUR = 60 * MILLIS_PER_MINUTE;
const MILLIS_PER_DAY = 24 * MILLIS_PER_HOUR;
const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * Zones whose offset has not changed since an instant: from then on the offset is known without asking Intl, which is
 * many times slower. Tokyo has had no summer time since 1951.
 */
const fixedOffsets = new Map([
  ['UTC', { since: -Infinity, offset: 0 }],
  ['Asia/Tokyo', { since: Date.UTC(1952, 0, 1), offset: 9 * MILLIS_PER_HOUR }],
]);

// A formatter takes far longer to build than to use, so each zone keeps its own.
const formatters = new Map<string, Intl.DateTimeFormat>();
const instants = remembering<number>(50_000);
const midnights = remembering<number>(50_000);

/** True for `UTC` and for names of places in the IANA database (`Asia/Tokyo`); abbreviations and offsets are refused. */
export function isTimeZone(value: unknown): boolean {
  if (typeof value !== 'string' || (value !== 'UTC' && !value.includes('/'))) return false;
  try {
    return formatterOf(value) !== undefined;
  } catch {
    return false;
  }
}

/** True for a time of day on the 24-hour clock, `00:00` to `23:59`. */
export function isTimeOfDay(value: unknown): boolean {
  return typeof value === 'string' && TIME_OF_DAY.test(value);
}

/** The civil date it is in the zone at the instant. Throws RangeError for an unknown zone or a year out of range. */
export function localDate(instant: Date, timeZone: string): CivilDate {
  return fromDayNumber(Math.floor(localMillis(instant, timeZone) / MILLIS_PER_DAY));
}

/** The time of day, `HH:mm`, that a clock in the zone shows at the instant. Throws RangeError for an unknown zone. */
export function localTimeOfDay(instant: Date, timeZone: string): string {
  return new Date(localMillis(instant, timeZone)).toISOString().slice(-13, -8);
}

/**
 * The first instant of a civil day in the zone. Where the clock jumps over midnight the day begins with the jump; where
 * midnight comes twice the first one counts. A day the zone left out begins with the next day.
 */
export function startOfDay(date: CivilDate, timeZone: string): Date {
  return new Date(midnights(date, () => millisAt(date, '00:00', timeZone), timeZone));
}

/**
 * The first instant at which a clock in the zone shows `timeOfDay` (`HH:mm`) on that day. A time the clock jumps over
 * gives the instant of the jump. Throws RangeError for a broken date, time or zone.
 */
export function atTimeOfDay(date: CivilDate, timeOfDay: string, timeZone: string): Date {
  return new Date(instants(date, () => millisAt(date, timeOfDay, timeZone), `${timeOfDay} ${timeZone}`));
}

function millisAt(date: CivilDate, timeOfDay: string, timeZone: string): number {
  if (!isTimeOfDay(timeOfDay))
    throw new RangeError(`${JSON.stringify(timeOfDay)} is not a time of day: expected HH:mm`);
  const local = Date.parse(`${parseCivilDate(date)}T${timeOfDay}:00Z`);
  // Offsets lie within 16 hours, so these are the ones in force well before and well after every candidate.
  const before = offsetAt(local - MILLIS_PER_DAY, timeZone);
  const after = offsetAt(local + MILLIS_PER_DAY, timeZone);
  const candidates = [local - Math.max(before, after), local - Math.min(before, after)] as const;
  const shown = candidates.find((millis) => millis + offsetAt(millis, timeZone) === local);
  return shown ?? changeBetween(...candidates, timeZone);
}

/**
 * The instants at which a clock in the zone shows `local` (the milliseconds of that reading taken as UTC), ascending: one, two where
 * the time comes twice, none where the clock jumps over it. Throws RangeError for an unknown zone.
 */
export function instantsShowing(local: number, timeZone: string): Date[] {
  const offsets = [offsetAt(local - MILLIS_PER_DAY, timeZone), offsetAt(local + MILLIS_PER_DAY, timeZone)];
  const candidates = [...new Set(offsets)].map((offset) => local - offset).sort((a, b) => a - b);
  return candidates.filter((millis) => millis + offsetAt(millis, timeZone) === local).map((millis) => new Date(millis));
}

/** The first millisecond with the new offset, when the offset changes once in (from, to]. */
function changeBetween(from: number, to: number, timeZone: string): number {
  const old = offsetAt(from, timeZone);
  let [same, changed] = [from, to];
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (offsetAt(middle, timeZone) === old) same = middle;
    else changed = middle;
  }
  return changed;
}

/** What calendar and clock show in the zone, as the milliseconds at which they show it in UTC. */
function localMillis(instant: Date, timeZone: string): number {
  const millis = instant.getTime();
  return millis + offsetAt(millis, timeZone);
}

/** Milliseconds to add to UTC to get local time. */
function offsetAt(millis: number, timeZone: string): number {
  const fixed = fixedOffsets.get(timeZone);
  if (fixed && millis >= fixed.since) return fixed.offset;
  const shown: Record<string, number> = {};
  for (const { type, value } of formatterOf(timeZone).formatToParts(millis)) shown[type] = Number(value);
  const { year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN, second = NaN } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(millis / 1000) * 1000;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const built = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(timeZone, built);
  return built;
}
