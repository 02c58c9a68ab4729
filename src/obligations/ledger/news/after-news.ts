import { EntityManager } from 'typeorm';
import type { Moment } from '../../../core/obligation/obligation';
import { assessNews, type Matter, matterOf, type News } from './assess-news';
import type { Assessment } from '../assess-system';
import {
  loadFacts,
  loadGlances,
  type PolicyInForce,
  type StoredObligation,
  type SystemInForce,
} from '../obligation-facts';

/** How a system was judged, and the rows that say how what was judged stood before. */
export interface Judged extends Assessment {
  stored: readonly StoredObligation[];
}

/**
 * Judges of locked systems what some news is about, by their ids, and loads no more than that takes. Systems that are left out are to be judged as a whole.
 */
export async function afterNews(
  m: EntityManager,
  news: News,
  systems: readonly SystemInForce[],
  policyOf: (system: SystemInForce) => PolicyInForce | null,
  moment: Required<Moment>,
): Promise<Map<string, Judged>> {
  const ids = systems.map(({ system }) => system.id);
  const glances = await loadGlances(m, ids, moment.asOf);
  const matters = new Map<string, { matter: Matter; inForce: PolicyInForce }>();
  for (const of of systems) {
    const inForce = policyOf(of);
    const matter = inForce && matterOf(news, of, glances.get(of.system.id) ?? [], inForce.rules);
    if (matter) matters.set(of.system.id, { matter, inForce });
  }
  const about = [...matters.values()].map(({ matter }) => matter);
  const facts = await loadFacts(
    m,
    systems.filter(({ system }) => matters.has(system.id)),
    moment.knownUntil,
    { stored: about.flatMap(({ asked }) => asked), kinds: [...new Set(about.flatMap(({ kinds }) => kinds))] },
  );
  const judged = new Map<string, Judged>();
  for (const of of facts) {
    const { matter, inForce } = matters.get(of.system.id)!;
    const assessment = assessNews(of, matter, inForce, moment);
    if (assessment) judged.set(of.system.id, { ...assessment, stored: of.stored });
  }
  return judged;
}
