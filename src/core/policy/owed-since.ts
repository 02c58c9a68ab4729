import { TIERS } from '../importance/tier';
import { CivilDate } from '../time/civil-date';
import { PolicyRules } from './rule';

/** The day from which each tier has owed each rule, by `ruleKey:TIER`. */
export type OwedSince = Readonly<Record<string, CivilDate>>;

/** What came before a policy: the rules that were in force and since when each had been owed. */
export interface PolicyBefore {
  rules: PolicyRules;
  owedSince: OwedSince;
}

export function owedSinceKey(ruleKey: string, tier: string): string {
  return `${ruleKey}:${tier}`;
}

/**
 * Since when the rules of a policy have been owed, if it comes into force on `effectiveOn`. First due = the day a duty began + grace (domain.md
 * section 4); a new version is the beginning only of what it adds, or publishing it would excuse whatever was overdue.
 */
export function owedSinceOf(
  policy: PolicyRules,
  effectiveOn: CivilDate,
  before: PolicyBefore | null = null,
): OwedSince {
  const owedBefore = new Set(before ? owedKeys(before.rules) : []);
  return Object.fromEntries(
    owedKeys(policy).map((key) => [key, (owedBefore.has(key) && before?.owedSince[key]) || effectiveOn]),
  );
}

function owedKeys(policy: PolicyRules): string[] {
  return policy.rules.flatMap((rule) =>
    TIERS.filter((tier) => rule.tiers[tier] && !rule.tiers[tier].advisedOnly).map((tier) =>
      owedSinceKey(rule.key, tier),
    ),
  );
}
