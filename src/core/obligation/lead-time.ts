import { approximateDays, parsePeriod } from '../time/duration';
import { RuleKind } from '../policy/rule';

/** Days before the due day on which its owner is reminded, by the length of the cadence (domain.md section 6). */
export function leadDays(kind: RuleKind, cadence: string | undefined, grace: string): readonly number[] {
  if (kind === 'RECOVERY_POINT') return [0];
  const days = approximateDays(parsePeriod(cadence ?? grace));
  const lead = leadDaysWithin(days);
  return kind === 'DRILL' && days > 100 ? [90, ...lead] : lead;
}

/** The same for what is to be done within so many days. */
export function leadDaysWithin(days: number): readonly number[] {
  if (days <= 7) return [0];
  if (days <= 31) return [3, 0];
  if (days <= 100) return [14, 7, 1, 0];
  return [60, 30, 14, 7, 0];
}
