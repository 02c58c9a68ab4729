import { CivilDate } from '../time/civil-date';
import { atTimeOfDay, localDate } from '../time/zone';

/**
 * The instant that stands for the civil day on which something was done: `now` for today, noon for an earlier day, so that it stays that day in
 * every zone near by. Null for a day still to come: proof is never dated ahead (domain.md section 4).
 */
export function performedAt(performedOn: CivilDate, now: Date, timeZone: string): Date | null {
  const today = localDate(now, timeZone);
  if (performedOn > today) return null;
  return performedOn === today ? now : atTimeOfDay(performedOn, '12:00', timeZone);
}
