/** Importance tiers, most important first. Cumulative: HIGH owes all that MODERATE owes, and more (domain.md section 2). */
export const TIERS = ['HIGH', 'MODERATE', 'LOW'] as const;
export type Tier = (typeof TIERS)[number];

/** How much more important `a` is than `b`: negative when `a` comes first. Sorts lists most important first. */
export function compareTiers(a: Tier, b: Tier): number {
  return TIERS.indexOf(a) - TIERS.indexOf(b);
}
