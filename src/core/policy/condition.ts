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

/** The terms a system of `tier` owes under `rule`, or null when the rule asks nothing of it. */
export function termsFor(rule: Rule, tier: Tier, facts: ConditionFacts): TierTerms | null {
  const terms = rule.tiers[tier];
  if (!terms || terms.advisedOnly) return null;
  const conditions = [...(rule.conditions ?? []), ...(terms.conditions ?? [])];
  return conditions.every((condition) => holds(condition, facts)) ? terms : null;
}
