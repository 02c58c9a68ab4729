import { CronExpressionParser } from 'cron-parser';
import { parseMinutes } from '../../../core/time/duration';
import type { ScheduleKind } from '../inlet.entity';
import { cronOfCalendar } from './calendar-expression';

/** When the runs of a source are to begin. */
export interface Schedule {
  kind: ScheduleKind;
  /** `PT24H`, `30 2 * * *` or `Mon..Fri 02:30`. */
  expression: string;
  /** IANA zone that cron and calendar expressions are read in. */
  timeZone: string;
}

const MINUTE_MS = 60_000;

/**
 * The first instant after `after` at which a run is to begin. An interval counts from `after`; the others are civil times in their zone, with
 * its summer time: a time that does not exist moves behind the gap, one that occurs twice counts once.
 * @throws Error for an expression that is none, or names no time at all.
 */
export function nextSlot({ kind, expression, timeZone }: Schedule, after: Date): Date {
  if (kind === 'INTERVAL') return new Date(after.getTime() + parseMinutes(expression) * MINUTE_MS);
  const cron = kind === 'CRON' ? expression : cronOfCalendar(expression);
  return CronExpressionParser.parse(cron, { tz: timeZone, currentDate: after }).next().toDate();
}

/** Five fields, as in crontab: seconds are for machines, and what starts a backup each second is a mistake. */
const FIVE_FIELDS = /^\S+( +\S+){4}$/;

/** Whether an expression is one of its kind, and names a time. */
export function isSchedule(schedule: Schedule): boolean {
  try {
    if (schedule.kind === 'CRON' && !FIVE_FIELDS.test(schedule.expression.trim())) return false;
    if (schedule.kind === 'INTERVAL' && parseMinutes(schedule.expression) === 0) return false;
    return !Number.isNaN(nextSlot(schedule, new Date(0)).getTime());
  } catch {
    return false;
  }
}
