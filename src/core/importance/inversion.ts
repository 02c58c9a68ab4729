import { compareTiers, type Tier } from './tier';

/** What a dependency is judged by. */
export interface DependencyFacts {
  tier: Tier;
  rtoMinutes: number | null;
}

export const INVERSIONS = ['LOWER_TIER', 'LONGER_RTO'] as const;
export type Inversion = (typeof INVERSIONS)[number];

/**
 * How a system that another cannot do without is held to less than that other: a lower tier, or a longer RTO (domain.md section 5). A soft
 * dependency inverts nothing, and neither does a target that nobody has set.
 */
export function inversions(dependent: DependencyFacts, dependency: DependencyFacts, hard: boolean): Inversion[] {
  if (!hard) return [];
  const found: Inversion[] = [];
  if (compareTiers(dependency.tier, dependent.tier) > 0) found.push('LOWER_TIER');
  if (dependent.rtoMinutes !== null && dependency.rtoMinutes !== null && dependency.rtoMinutes > dependent.rtoMinutes)
    found.push('LONGER_RTO');
  return found;
}
