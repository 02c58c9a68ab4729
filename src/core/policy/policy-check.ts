import { STRENGTHS } from '../evidence/evidence-strength';
import { Tier, TIERS } from '../importance/tier';
import { comparePeriods, parsePeriod } from '../time/duration';
import { PolicyRules, Rule, TierTerms } from './rule';

/** One offending cell of a policy: which rule, which tier, which field, and against what it fails. */
export interface PolicyFinding {
  code: 'RULE_MISSING' | 'LAXER_THAN_LOWER_TIER' | 'BELOW_FLOOR';
  ruleKey: string;
  tier: Tier;
  field: string;
  value: string;
  bound: string;
}

type Comparison = { field: string; laxer: boolean; value: string; bound: string };

const show = (value: unknown): string => (value === undefined || value === null ? '—' : String(value));

/** Every way in which `terms` ask less than `bound` does. Both belong to the same rule. */
function compareTerms(terms: TierTerms, bound: TierTerms): Comparison[] {
  const cell = (field: string, value: unknown, limit: unknown, laxer: boolean): Comparison => ({
    field,
    laxer,
    value: show(value),
    bound: show(limit),
  });
  const cadence =
    bound.cadence !== undefined &&
    (terms.cadence === undefined || comparePeriods(parsePeriod(terms.cadence), parsePeriod(bound.cadence)) > 0);
  const maximum = bound.maxMinutes !== undefined && (terms.maxMinutes ?? Infinity) > bound.maxMinutes;
  const wanted = bound.copies ?? {};
  const offered = terms.copies ?? {};
  return [
    cell('gating', terms.gating, bound.gating, bound.gating && !terms.gating),
    cell(
      'advisedOnly',
      terms.advisedOnly ?? false,
      bound.advisedOnly ?? false,
      !bound.advisedOnly && Boolean(terms.advisedOnly),
    ),
    cell('cadence', terms.cadence, bound.cadence, cadence),
    cell('maxMinutes', terms.maxMinutes, bound.maxMinutes, maximum),
    ...(['copies', 'offsite', 'offlineOrImmutable'] as const).map((aspect) =>
      cell(`copies.${aspect}`, offered[aspect], wanted[aspect], (offered[aspect] ?? 0) < (wanted[aspect] ?? 0)),
    ),
    cell('copies.encrypted', offered.encrypted, wanted.encrypted, Boolean(wanted.encrypted) && !offered.encrypted),
    cell('conditions', terms.conditions?.length ?? 0, bound.conditions?.length ?? 0, narrows(terms, bound)),
  ].filter((comparison) => comparison.laxer);
}

/** A condition that the bound does not have excuses systems that the bound holds to it. */
function narrows(terms: Pick<TierTerms, 'conditions'>, bound: Pick<TierTerms, 'conditions'>): boolean {
  const known = new Set((bound.conditions ?? []).map((condition) => JSON.stringify(condition)));
  return (terms.conditions ?? []).some((condition) => !known.has(JSON.stringify(condition)));
}

/** HIGH is never laxer than MODERATE, nor MODERATE than LOW (domain.md section 3). Empty when the policy is in order. */
export function checkMonotonic(policy: PolicyRules): PolicyFinding[] {
  return policy.rules.flatMap((rule) =>
    TIERS.slice(0, -1).flatMap((tier, index) => {
      const lower = TIERS[index + 1] as Tier;
      const bound = rule.tiers[lower];
      const terms = rule.tiers[tier];
      if (!bound) return [];
      if (!terms) return [missing(rule, tier)];
      return compareTerms(terms, bound).map(({ field, value, bound: limit }) => ({
        code: 'LAXER_THAN_LOWER_TIER' as const,
        ruleKey: rule.key,
        tier,
        field,
        value,
        bound: limit,
      }));
    }),
  );
}

/** No value of `policy` is laxer than the same value of the organisation above; optional rules may be left out (domain.md section 3). */
export function checkFloor(policy: PolicyRules, floor: PolicyRules): PolicyFinding[] {
  const own = new Map(policy.rules.map((rule) => [rule.key, rule]));
  return floor.rules.flatMap((bound) => {
    const rule = own.get(bound.key);
    const tiers = TIERS.filter((tier) => bound.tiers[tier]);
    if (!rule) return bound.optional ? [] : tiers.map((tier) => missing(bound, tier));
    return tiers.flatMap((tier) => {
      const terms = rule.tiers[tier];
      if (!terms) return [missing(bound, tier)];
      const below = (field: string, value: unknown, limit: unknown): PolicyFinding => ({
        code: 'BELOW_FLOOR',
        ruleKey: bound.key,
        tier,
        field,
        value: show(value),
        bound: show(limit),
      });
      const weaker =
        bound.minStrength !== undefined &&
        (rule.minStrength === undefined || STRENGTHS.indexOf(rule.minStrength) < STRENGTHS.indexOf(bound.minStrength));
      return [
        ...(weaker ? [below('minStrength', rule.minStrength, bound.minStrength)] : []),
        ...(narrows(rule, bound) ? [below('conditions', rule.conditions?.length, bound.conditions?.length)] : []),
        ...compareTerms(terms, bound.tiers[tier] as TierTerms).map(({ field, value, bound: limit }) =>
          below(field, value, limit),
        ),
      ];
    });
  });
}

const missing = (rule: Rule, tier: Tier): PolicyFinding => ({
  code: 'RULE_MISSING',
  ruleKey: rule.key,
  tier,
  field: 'tiers',
  value: show(undefined),
  bound: rule.key,
});
