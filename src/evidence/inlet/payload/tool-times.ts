import { instantsShowing } from '../../../core/time/zone';
import type { Json } from './exact-json';

const OFFSET_TIME =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d+))? ?(?:(Z|UTC|GMT)|([+-]\d{2}):?(\d{2})(?: [A-Z]{2,5}| [+-]\d{2,4})?)$/i;
const LOCAL_TIME = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d+))?$/;
const OFFSET = /^([+-])(0\d|1[0-4]):?([0-5]\d)$/;
const COMPACT_TIME = /^(\d{4})(\d{2})(\d{2})[T-]?(\d{2})(\d{2})(\d{2})$/;
const C_TIME = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (\w{3}) +(\d{1,2}) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Far enough for any backup, and well inside what a database stores. */
const LATEST_MILLIS = Date.UTC(9999, 0, 1);

/** An instant with its offset, as RFC 3339 and the languages of tools write it; cut to milliseconds. Null for anything else, the year 1 of Go included. */
export function offsetTime(value: Json | undefined): Date | null {
  const [, day, time, fraction = '', , hours, minutes] = (typeof value === 'string' && OFFSET_TIME.exec(value)) || [];
  if (!day || !time) return null;
  const seconds = time.length === 5 ? `${time}:00` : time;
  return inRange(Date.parse(`${day}T${seconds}.${millisOf(fraction)}${hours ? `${hours}:${minutes}` : 'Z'}`));
}

/** Seconds since 1970, as number or text, with or without a fraction; cut to milliseconds. Null for 0, by which tools mean never. */
export function epochTime(value: Json | undefined): Date | null {
  if (typeof value === 'object' || typeof value === 'boolean') return null;
  const seconds = typeof value === 'string' && !/^\d{1,12}(\.\d+)?$/.test(value) ? NaN : Number(value ?? NaN);
  if (!(seconds > 0)) return null;
  // Over microseconds, or .28 of a second would be 279 milliseconds.
  return inRange(Math.floor(Math.round(seconds * 1e6) / 1000));
}

/** Whether a text is an offset from UTC, such as `+0900` or `-03:30`: all that some machines know of their zone. */
export const isOffset = (text: string): boolean => OFFSET.test(text);

/** Instants at which clocks of a zone, or of an offset, show a local time. */
function instantsIn(zone: string, local: number): Date[] {
  const [, sign, hours, minutes] = OFFSET.exec(zone) ?? [];
  if (!sign) return instantsShowing(local, zone);
  const ahead = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return [new Date(local - (sign === '-' ? -ahead : ahead))];
}

/**
 * Reads local times in the zone that the source declares, and keeps what there is to say of them as flags. The zone of this
 * process is never used: without a declared zone a local time is unknown.
 */
export class SourceClock {
  readonly flags = new Set<string>();

  constructor(private readonly timeZone: string | null) {}

  /**
   * `2026-11-23 10:41:57`, `20261123T104157` or `Mon Nov 23 10:41:57 2026`. Of a time that comes twice the earlier instant, since a recovery
   * point must not be younger than it may be; null for a time that the zone leaves out.
   */
  read(value: Json | undefined): Date | null {
    const local = typeof value === 'string' ? localMillis(value) : null;
    if (local === null) return null;
    if (!this.timeZone) {
      this.flags.add('SOURCE_TZ_MISSING');
      return null;
    }
    this.flags.add('SOURCE_TZ_USED');
    const instants = instantsIn(this.timeZone, local);
    if (instants.length !== 1) this.flags.add('AMBIGUOUS_LOCAL_TIME');
    return instants[0] ?? null;
  }
}

/** The local time as if it were UTC; null for a text that is none, such as 30 February. */
function localMillis(text: string): number | null {
  const [, month, dayOfMonth, hours, minutes, seconds, year] = C_TIME.exec(text) ?? [];
  const parts = year
    ? [year, String(MONTHS.indexOf(month ?? '') + 1), dayOfMonth, hours, minutes, seconds]
    : (LOCAL_TIME.exec(text) ?? COMPACT_TIME.exec(text))?.slice(1);
  if (!parts) return null;
  const [y = NaN, mo = NaN, d = NaN, h = NaN, mi = NaN, s = NaN] = parts.slice(0, 6).map(Number);
  const millis = Date.UTC(y, mo - 1, d, h, mi, s, Number(millisOf(parts[6] ?? '')));
  const shown = new Date(millis);
  const isThere = shown.getUTCMonth() === mo - 1 && shown.getUTCDate() === d && h < 24 && mi < 60 && s < 60;
  return isThere ? (inRange(millis)?.getTime() ?? null) : null;
}

const millisOf = (fraction: string): string => fraction.slice(0, 3).padEnd(3, '0');

const inRange = (millis: number): Date | null => (millis > 0 && millis < LATEST_MILLIS ? new Date(millis) : null);
