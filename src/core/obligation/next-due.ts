import { CivilDate, earlierOf } from '../time/civil-date';
import { addPeriod, parsePeriod } from '../time/duration';
import { fiscalYearEnd, fiscalYearOf } from '../time/fiscal-year';

/**
 * The last day on which proof given on `performedOn` still counts (domain.md section 4): the day performed + cadence with
 * clamped months, or, for a rule anchored to the fiscal year, the end of the fiscal year after the one it was performed in.
 */
export function nextDue(
  performedOn: CivilDate,
  cadence: string,
  anchor: 'LAST_DONE' | 'FISCAL_YEAR' = 'LAST_DONE',
): CivilDate {
  if (anchor === 'FISCAL_YEAR') return fiscalYearEnd(fiscalYearOf(performedOn) + 1);
  return addPeriod(performedOn, parsePeriod(cadence));
}

/** A change of what was reviewed brings the review forward to `grace` after the change, and never puts it off. */
export function reopenedDue(
  dueOn: CivilDate | null,
  performedOn: CivilDate,
  changedOn: CivilDate | null,
  grace: string,
): CivilDate | null {
  if (!changedOn || changedOn <= performedOn) return dueOn;
  const reopened = addPeriod(changedOn, parsePeriod(grace));
  return dueOn ? earlierOf(dueOn, reopened) : reopened;
}
