import { addDays, type CivilDate, daysBetween } from '../time/civil-date';

/** How many days before the last day of a secret its holder is told. */
const NOTICE_DAYS = [30, 14, 7] as const;
/** How long after it they are told that it is over, when nobody could do so at once. */
const TOLD_AFTER_DAYS = 7;

/** Which notice of an expiry is due: so many days before, or `OVER`. */
export type ExpiryNotice = (typeof NOTICE_DAYS)[number] | 'OVER';

/**
 * The notice that is due on `today` about a secret that was made on `madeOn` and works through `lastOn`: of the days missed in an outage only the
 * latest. One that lay before the secret was made is left out; null when there is none (domain.md section 6).
 */
export function dueExpiryNotice(madeOn: CivilDate, lastOn: CivilDate, today: CivilDate): ExpiryNotice | null {
  const left = daysBetween(today, lastOn);
  if (left < 0) return -left <= TOLD_AFTER_DAYS ? 'OVER' : null;
  const due = NOTICE_DAYS.filter((days) => left <= days && addDays(lastOn, -days) >= madeOn);
  return due.at(-1) ?? null;
}
