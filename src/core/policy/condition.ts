import { Tier } from '../importance/tier';
import { Condition, Rule, TierTerms } from './rule';

/** The fields of a system that a rule may ask about. */
export interface ConditionFacts {
  outsourced: boolean;
  publicFacing: boolean;
  hosting: string;
  confidentiality: number;
}

function holds(condition: Condition, facts: ConditionFacts): boolean {
  if ('equals' in condition) return facts[condition.field] === condition.equals;
  if ('in' in condition) return condition.in.includes(facts.hosting);
  return facts.confidentiality >= condition.atLeast;
}

/** Whether every system that `given` holds for also satisfies `condition`, so that adding it would excuse nobody. */
export function follows(condition: Condition, given: Condition): boolean {
  if ('equals' in condition)
    return 'equals' in given && given.field === condition.field && given.equals === condition.equals;
  if ('in' in condition) return 'in' in given && given.in.every((hosting) => condition.in.includes(hosting));
  return 'atLeast' in given && given.atLeast >= condition.atLeast;
}

/** All conditions under which `terms` of `rule` are owed: the rule's own and those of the tier. */
export function conditionsOf(rule: Rule, terms: TierTerms): readonly Condition[] {
  return [...(rule.conditions ?? []), ...(terms.conditions ?? [])];
}

/** The terms a system of `tier` owes under `rule`, or null when the rule asks nothing of it. */
export function termsFor(rule: Rule, tier: Tier, facts: ConditionFacts): TierTerms | null {
  const terms = rule.tiers[tier];
  if (!terms || terms.advisedOnly) return null;
  return conditionsOf(rule, terms).every((condition) => holds(condition, facts)) ? terms : null;
}
