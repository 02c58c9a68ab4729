import { type Verdict, VERDICTS } from './system-verdict';

/** A system in operation: its own verdict, and the systems it cannot do without. */
export interface DependentSystem {
  id: string;
  verdict: Verdict | null;
  needs: readonly string[];
}

/** The worst verdict along hard dependencies, and the way to the system that has it. */
export interface EffectiveVerdict {
  verdict: Verdict;
  /** From the first system needed to the one that decides; empty when nothing needed is worse than the system itself. */
  chain: string[];
}

/**
 * What the verdict of a system comes to with everything it cannot do without, directly or further on (domain.md section 5). Of several that are
 * equally bad the nearest decides, and of those the first in the order of `needs`.
 * @param systems the system and all that it reaches; a need that is not among them, as one not in operation, says nothing.
 * @returns null when the system itself has no verdict.
 */
export function effectiveVerdict(systemId: string, systems: readonly DependentSystem[]): EffectiveVerdict | null {
  const known = new Map(systems.map((system) => [system.id, system]));
  const own = known.get(systemId)?.verdict;
  if (!own) return null;
  let worst: EffectiveVerdict = { verdict: own, chain: [] };
  const reached = new Set([systemId]);
  let nearest: { id: string; chain: string[] }[] = [{ id: systemId, chain: [] }];
  while (nearest.length > 0) {
    const next: typeof nearest = [];
    for (const { id, chain } of nearest) {
      for (const needed of known.get(id)?.needs ?? []) {
        const system = known.get(needed);
        if (!system || reached.has(needed)) continue;
        reached.add(needed);
        const way = { id: needed, chain: [...chain, needed] };
        next.push(way);
        if (system.verdict && VERDICTS.indexOf(system.verdict) < VERDICTS.indexOf(worst.verdict))
          worst = { verdict: system.verdict, chain: way.chain };
      }
    }
    nearest = next;
  }
  return worst;
}
