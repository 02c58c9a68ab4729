import { ObligationState } from '../obligation/obligation';

/** How many obligations of a system stand in each state. `applicable` leaves out NOT_APPLICABLE. */
export interface ObligationCounts {
  applicable: number;
  met: number;
  dueSoon: number;
  overdue: number;
  failed: number;
  unknown: number;
  waived: number;
}

const COUNTED: Partial<Record<ObligationState, Exclude<keyof ObligationCounts, 'applicable'>>> = {
  MET: 'met',
  DUE_SOON: 'dueSoon',
  OVERDUE: 'overdue',
  FAILED: 'failed',
  UNKNOWN: 'unknown',
  WAIVED: 'waived',
};

/** Counts obligations by state. Every applicable obligation is in exactly one of the other figures. */
export function countStates(states: readonly ObligationState[]): ObligationCounts {
  const counts: ObligationCounts = { applicable: 0, met: 0, dueSoon: 0, overdue: 0, failed: 0, unknown: 0, waived: 0 };
  for (const state of states) {
    const figure = COUNTED[state];
    if (!figure) continue;
    counts.applicable += 1;
    counts[figure] += 1;
  }
  return counts;
}

/**
 * Met ÷ applicable in whole percent, rounded down so that 100 means all of them; waived counts as not met, due soon is still met
 * (domain.md section 5). Null when nothing is applicable.
 */
export function percentMet({ applicable, met, dueSoon }: ObligationCounts): number | null {
  return applicable === 0 ? null : Math.floor((100 * (met + dueSoon)) / applicable);
}
