import { ObligationState } from '../obligation/obligation';

/** Readiness of a system, worst first (domain.md section 5). */
export const VERDICTS = ['NOT_READY', 'UNKNOWN', 'AT_RISK', 'READY_WITH_WAIVERS', 'READY'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One obligation as far as a verdict looks at it. */
export interface ObligationView {
  state: ObligationState;
  gating: boolean;
}

/**
 * The worst that any one obligation makes of its system: a gating one decides, a non-gating one can only put it at risk
 * once it is overdue or failed. What is not applicable says nothing.
 */
export function verdictOf({ state, gating }: ObligationView): Verdict {
  if (gating) {
    if (state === 'FAILED' || state === 'OVERDUE') return 'NOT_READY';
    if (state === 'UNKNOWN') return 'UNKNOWN';
    if (state === 'DUE_SOON') return 'AT_RISK';
    if (state === 'WAIVED') return 'READY_WITH_WAIVERS';
    return 'READY';
  }
  return state === 'FAILED' || state === 'OVERDUE' ? 'AT_RISK' : 'READY';
}

/** The verdict of a system = the worst of its obligations (domain.md section 5). Without any duty nothing is known. */
export function systemVerdict(obligations: readonly ObligationView[]): Verdict {
  const applicable = obligations.filter(({ state }) => state !== 'NOT_APPLICABLE');
  if (applicable.length === 0) return 'UNKNOWN';
  return applicable.reduce<Verdict>((worst, obligation) => worseOf(worst, verdictOf(obligation)), 'READY');
}

export function worseOf(a: Verdict, b: Verdict): Verdict {
  return VERDICTS.indexOf(a) <= VERDICTS.indexOf(b) ? a : b;
}
