import type { Tier } from '../importance/tier';
import { addDays, type CivilDate } from '../time/civil-date';
import type { Audience } from './reminder-plan';

/** For how many days the reminders of one obligation may be held back at a time (domain.md section 6). */
const LONGEST_DAYS: Record<Tier, number> = { HIGH: 7, MODERATE: 14, LOW: 30 };

/** The last day through which reminders may be held back, when asked for on `today`. */
export function latestSnooze(tier: Tier, today: CivilDate): CivilDate {
  return addDays(today, LONGEST_DAYS[tier]);
}

/** What was snoozed: one occurrence of an obligation, through the day `untilOn`. */
export interface Snoozed {
  occurrence: string;
  untilOn: CivilDate;
}

/**
 * Whether a notice that falls due on `today` is held back: that of the owner and the deputy, about the occurrence that was snoozed. What escalates
 * is never held back, nor what has happened since, such as another failure.
 */
export function isHeldBack(
  snoozed: Snoozed | undefined,
  notice: { audience: Audience; occurrence: string },
  today: CivilDate,
): boolean {
  return (
    snoozed !== undefined &&
    notice.audience === 'OWNER' &&
    notice.occurrence === snoozed.occurrence &&
    today <= snoozed.untilOn
  );
}
