import type { Rule, TierTerms } from '../policy/rule';
import { comparePeriods, parsePeriod } from '../time/duration';

/** How often a backup requirement itself wants its backups checked; null where the policy alone decides. */
export interface OwnCadences {
  verificationCadence: string | null;
  restoreTestCadence: string | null;
}

/**
 * The terms of a rule with the cadences of the requirements that it is owed for: of the policy's and theirs the shortest. So a requirement may
 * tighten what its tier asks and never loosen it (domain.md section 4).
 */
export function tightenedTerms(rule: Rule, terms: TierTerms, requirements: readonly OwnCadences[]): TierTerms {
  const cadence = [terms.cadence, ...requirements.map((requirement) => ownCadence(rule, requirement))]
    .filter((period): period is string => typeof period === 'string')
    .reduce<string | undefined>((shortest, period) => (isShorter(period, shortest) ? period : shortest), undefined);
  return cadence === terms.cadence ? terms : { ...terms, cadence };
}

function ownCadence({ kind }: Rule, { verificationCadence, restoreTestCadence }: OwnCadences): string | null {
  if (kind === 'VERIFICATION') return verificationCadence;
  return kind === 'RESTORE_TEST' ? restoreTestCadence : null;
}

function isShorter(period: string, than: string | undefined): boolean {
  return than === undefined || comparePeriods(parsePeriod(period), parsePeriod(than)) < 0;
}
