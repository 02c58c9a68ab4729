import { addDays, type CivilDate, dayOfWeek, daysBetween } from './civil-date';

/** Says whether offices are closed on a day for another reason than the weekend. */
export type IsHoliday = (date: CivilDate) => boolean;

/** True from Monday to Friday, holidays excepted. */
export function isBusinessDay(date: CivilDate, isHoliday: IsHoliday): boolean {
  const weekday = dayOfWeek(date);
  return weekday !== 0 && weekday !== 6 && !isHoliday(date);
}

/**
 * The `count`-th business day after `date`, which itself is not counted (before it when negative). Zero gives the day
 * itself, or the next business day when it is none; so from a Saturday both 0 and 1 give Monday.
 * Throws RangeError when the calendar ends before enough business days are found.
 */
export function addBusinessDays(date: CivilDate, count: number, isHoliday: IsHoliday): CivilDate {
  if (!Number.isSafeInteger(count)) throw new RangeError(`${count} is not a whole number of business days`);
  if (count === 0) return isBusinessDay(date, isHoliday) ? date : addBusinessDays(date, 1, isHoliday);
  const step = Math.sign(count);
  let day = date;
  let left = Math.abs(count);
  while (left > 0) {
    day = addDays(day, step);
    if (isBusinessDay(day, isHoliday)) left -= 1;
  }
  return day;
}

/**
 * Business days met on the way from `from` to `to`: `from` is not counted, `to` is; negative when `to` is earlier.
 * The inverse of `addBusinessDays` for every count but zero.
 */
export function businessDaysBetween(from: CivilDate, to: CivilDate, isHoliday: IsHoliday): number {
  const distance = daysBetween(from, to);
  const step = Math.sign(distance);
  let met = 0;
  for (let passed = 1; passed <= Math.abs(distance); passed += 1) {
    if (isBusinessDay(addDays(from, passed * step), isHoliday)) met += step;
  }
  return met;
}
