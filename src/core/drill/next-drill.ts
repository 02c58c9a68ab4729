import { DrillType } from '../evidence/evidence';
import { isBusinessDay, IsHoliday } from '../time/business-days';
import { addDays, CivilDate, compareDates } from '../time/civil-date';

/** A drill obligation as far as its next drill is concerned. */
export interface DrillDuty {
  dueOn: CivilDate;
  /** The types that meet it, the least first. */
  types: readonly DrillType[];
}

/** How long before the due day a drill is proposed: what fails can be drilled once more. */
const LEAD_DAYS = 14;

/** When to hold the next drill of a duty: a working day two weeks before its due day, or the next working day when that is near or past. */
export function proposedDay(duty: DrillDuty, today: CivilDate, isHoliday: IsHoliday): CivilDate {
  let day = addDays(duty.dueOn, -LEAD_DAYS);
  while (!isBusinessDay(day, isHoliday)) day = addDays(day, -1);
  if (compareDates(day, today) > 0) return day;
  day = addDays(today, 1);
  while (!isBusinessDay(day, isHoliday)) day = addDays(day, 1);
  return day;
}

/** Whether a drill that is planned for a day would, if it succeeds, meet the duty in time. A plan itself meets nothing. */
export function isPlannedFor(duty: DrillDuty, planned: { type: DrillType; on: CivilDate }): boolean {
  return duty.types.includes(planned.type) && compareDates(planned.on, duty.dueOn) <= 0;
}
