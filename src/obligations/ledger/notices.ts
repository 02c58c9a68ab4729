import { nextReminderOn } from '../../core/reminder/reminder-plan';
import { addDays } from '../../core/time/civil-date';
import { startOfDay } from '../../core/time/zone';
import { isJapaneseHoliday } from '../../platform/calendar/japanese-holidays';
import type { Obligation } from '../obligation.entity';

const BEGINNING = '1900-01-01';

/** When somebody is next to be told of an obligation; what has been told of the same occurrence is not told again. */
export function noticesOf(
  occasion: Obligation['occasion'],
  stored: Obligation | undefined,
  timeZone: string,
): Pick<Obligation, 'occasion' | 'notifiedThroughOn' | 'notifyAt'> {
  const sameOccasion = stored?.occasion?.occurrence === occasion?.occurrence;
  const notifiedThroughOn = sameOccasion ? (stored?.notifiedThroughOn ?? null) : null;
  return { occasion, notifiedThroughOn, notifyAt: occasion && nextNoticeAt(occasion, notifiedThroughOn, timeZone) };
}

/** The first instant of the day of the next notice that has not been written yet. */
export function nextNoticeAt(
  occasion: NonNullable<Obligation['occasion']>,
  notifiedThroughOn: string | null,
  timeZone: string,
): Date {
  const earliest = addDays(occasion.dueOn, -Math.max(0, ...occasion.leadDays) - 1);
  const after = notifiedThroughOn ?? (earliest > BEGINNING ? earliest : BEGINNING);
  return startOfDay(nextReminderOn(occasion, after, isJapaneseHoliday), timeZone);
}
