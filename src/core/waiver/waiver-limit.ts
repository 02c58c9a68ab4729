import type { Tier } from '../importance/tier';
import { addMonths, type CivilDate } from '../time/civil-date';

/** How long a waiver may last at most, in months (domain.md section 4). */
const LONGEST_MONTHS: Record<Tier, number> = { HIGH: 6, MODERATE: 12, LOW: 12 };

/** The last day on which a waiver asked for on `today` may end. */
export function latestExpiry(tier: Tier, today: CivilDate): CivilDate {
  return addMonths(today, LONGEST_MONTHS[tier]);
}

/** Days before the end of a waiver on which its end is announced (domain.md section 4). */
export const EXPIRY_NOTICE_DAYS = [30, 14, 7, 0] as const;
