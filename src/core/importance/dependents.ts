import { compareTiers, type Tier } from './tier';

/** A system that cannot do without another, directly or through others, with its tier. */
export interface Dependent {
  systemId: string;
  tier: Tier;
}

/** What became of a dependent: `from` is null for one that came, `to` is null for one that went. */
export interface ChangedDependent {
  systemId: string;
  from: Tier | null;
  to: Tier | null;
}

/** The most important tier among the dependents; null when there are none. */
export function topTier(dependents: readonly Dependent[]): Tier | null {
  return dependents.map(({ tier }) => tier).sort(compareTiers)[0] ?? null;
}

/**
 * In what the dependents of now differ from those that an assessment was made with, weightiest first. A suggestion is outdated as soon as
 * they differ in anything, also when it would come out alike (domain.md section 7).
 */
export function changedDependents(assessed: readonly Dependent[], now: readonly Dependent[]): ChangedDependent[] {
  const before = new Map(assessed.map(({ systemId, tier }) => [systemId, tier]));
  const after = new Map(now.map(({ systemId, tier }) => [systemId, tier]));
  const weight = ({ from, to }: ChangedDependent): Tier => topTier(ends(from, to)) as Tier;
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((systemId) => ({ systemId, from: before.get(systemId) ?? null, to: after.get(systemId) ?? null }))
    .filter(({ from, to }) => from !== to)
    .sort((a, b) => compareTiers(weight(a), weight(b)) || (a.systemId < b.systemId ? -1 : 1));
}

function ends(...tiers: (Tier | null)[]): Dependent[] {
  return tiers.flatMap((tier) => (tier ? [{ systemId: '', tier }] : []));
}
