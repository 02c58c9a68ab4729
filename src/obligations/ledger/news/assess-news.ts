import type { EvidenceKind } from '../../../core/evidence/evidence';
import type { Moment } from '../../../core/obligation/obligation';
import type { PolicyRules } from '../../../core/policy/rule';
import { actionFor } from '../../../core/readiness/next-action';
import { type Assessment, owedByItems, owedByPolicy, readinessOf } from '../assess-system';
import type { FactsOfSystem, Glance, PolicyInForce, Standing, SystemInForce } from '../obligation-facts';
import { type RulesAbout, rulesAbout, rulesNamed } from './rules-about';

/** What has happened to systems since their rows were stored, where nothing else has: evidence of some kinds has come in of each, or the hour of some of its duties. */
export type News = { evidence: (systemId: string) => readonly EvidenceKind[] } | 'HOUR';

/** What some news of a system is about. */
export interface Matter extends RulesAbout {
  /** The ids of the duties to be judged. */
  asked: string[];
  /** The duties that stay as they are. */
  rest: Standing[];
}

/**
 * What some news of a system is about. Null when every duty is to be judged, since the stored rows are not what they were derived to be: another policy
 * is in force, or another duty waits for the clock.
 */
export function matterOf(
  news: News,
  { system: { id }, policyId }: SystemInForce,
  glances: readonly Glance[],
  policy: PolicyRules,
): Matter | null {
  const owed = glances.filter(isOfPolicy);
  const about =
    news === 'HOUR'
      ? rulesNamed(policy, [...new Set(owed.filter(({ due }) => due).map(({ ruleKey }) => ruleKey))].sort())
      : rulesAbout(policy, news.evidence(id));
  const others = owed.filter(({ ruleKey }) => !about.keys.has(ruleKey));
  if (owed.some((row) => row.policyId !== policyId) || others.some(({ due }) => due)) return null;
  const rest: Standing[] = [];
  for (const row of others) {
    const known = about.all.get(row.ruleKey);
    if (!known) return null;
    rest.push({ ...row, action: actionFor(known.rule, row.backupRequirementId, row.proven) });
  }
  const asked = glances.filter((row) => !isOfPolicy(row) || about.keys.has(row.ruleKey));
  return { ...about, rest, asked: asked.map(({ id }) => id) };
}

/**
 * Judges what some news is about and the verdict that follows; of the facts it takes the stored rows that were asked for, and evidence of the kinds of the
 * matter. Null when there are more or fewer duties than were stored, so that every duty is to be judged.
 */
export function assessNews(
  facts: FactsOfSystem,
  { rules, rest, all }: Matter,
  inForce: PolicyInForce,
  moment: Moment,
): Assessment | null {
  const known = new Set(facts.stored.filter(isOfPolicy).map(({ id }) => id));
  const judged = owedByPolicy(facts, { ...inForce, rules }, moment);
  if (judged.length !== known.size || !judged.every(({ id }) => known.has(id))) return null;
  const items = owedByItems(facts, moment);
  const place = ({ ruleKey }: Standing): number => all.get(ruleKey)?.place ?? -1;
  const standing: Standing[] = [...rest, ...judged];
  standing.sort((a, b) => place(a) - place(b) || (a.dutyOf < b.dutyOf ? -1 : 1));
  return { obligations: [...judged, ...items], readiness: readinessOf(facts, [...standing, ...items]) };
}

const isOfPolicy = ({ kind }: Pick<Standing, 'kind'>): boolean => kind !== 'IMPROVEMENT';
