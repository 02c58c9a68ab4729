import { isStrongEnough } from '../evidence/evidence-strength';
import { Tier, TIERS } from '../importance/tier';
import { comparePeriods, parsePeriod } from '../time/duration';
import { conditionsOf, follows } from './condition';
import { Condition, PolicyRules, ProofWanted, Rule, TierTerms } from './rule';

/** One offending cell of a policy: which rule, which tier, which field, and against what it fails. */
export interface PolicyFinding {
  code: 'RULE_MISSING' | 'LAXER_THAN_LOWER_TIER' | 'BELOW_FLOOR';
  /** Null for a value of the policy itself. */
  ruleKey: string | null;
  /** Null for a value that holds for every tier. */
  tier: Tier | null;
  field: string;
  value: string;
  bound: string;
}

type Cell = Pick<PolicyFinding, 'field' | 'value' | 'bound'>;

const show = (value: unknown): string => {
  if (value === undefined) return '—';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** The cell as a list of one when it is laxer than its bound, else empty. */
const when = (laxer: boolean, field: string, value: unknown, bound: unknown): Cell[] =>
  laxer ? [{ field, value: show(value), bound: show(bound) }] : [];

/** Whether a period is longer than its bound; none at all is the longest. */
export const isLonger = (period: string | undefined, bound: string | undefined): boolean =>
  bound !== undefined && (period === undefined || comparePeriods(parsePeriod(period), parsePeriod(bound)) > 0);

/** Undefined admits everything. */
const admitsMore = <T>(list: readonly T[] | undefined, bound: readonly T[] | undefined): boolean =>
  bound !== undefined && (list === undefined || list.some((item) => !bound.includes(item)));

/** A condition that does not follow from the bound's own excuses systems that the bound holds to it. */
const excuses = (conditions: readonly Condition[], bound: readonly Condition[]): boolean =>
  conditions.some((condition) => !bound.some((given) => follows(condition, given)));

/** Every way in which `terms` ask less than `bound` does. Both belong to the same rule, which may have changed in between. */
function laxerTerms([rule, terms]: [Rule, TierTerms], [boundRule, bound]: [Rule, TierTerms]): Cell[] {
  const offered = terms.copies ?? {};
  const wanted = bound.copies ?? {};
  const conditions = conditionsOf(rule, terms);
  const known = conditionsOf(boundRule, bound);
  return [
    ...when(bound.gating && !terms.gating, 'gating', terms.gating, bound.gating),
    ...when(!bound.advisedOnly && Boolean(terms.advisedOnly), 'advisedOnly', terms.advisedOnly, false),
    ...when(isLonger(terms.cadence, bound.cadence), 'cadence', terms.cadence, bound.cadence),
    ...when(
      (terms.maxMinutes ?? Infinity) > (bound.maxMinutes ?? Infinity),
      'maxMinutes',
      terms.maxMinutes,
      bound.maxMinutes,
    ),
    ...(['copies', 'offsite', 'offlineOrImmutable'] as const).flatMap((aspect) =>
      when((offered[aspect] ?? 0) < (wanted[aspect] ?? 0), `copies.${aspect}`, offered[aspect], wanted[aspect]),
    ),
    ...when(Boolean(wanted.encrypted) && !offered.encrypted, 'copies.encrypted', offered.encrypted, wanted.encrypted),
    ...when(excuses(conditions, known), 'conditions', conditions, known),
  ];
}

/** Every way in which `rule`, whatever the tier, is met by less than `bound` is. */
function laxerRule(rule: Rule, bound: Rule): Cell[] {
  const proof: ProofWanted = rule.metBy ?? { kinds: [] };
  const wanted = bound.metBy;
  const weaker =
    bound.minStrength !== undefined &&
    (rule.minStrength === undefined || !isStrongEnough(rule.minStrength, bound.minStrength));
  return [
    ...when(rule.kind !== bound.kind, 'kind', rule.kind, bound.kind),
    ...when(rule.target !== bound.target, 'target', rule.target, bound.target),
    ...when(bound.scope === 'BACKUP_REQUIREMENT' && rule.scope === 'SYSTEM', 'scope', rule.scope, bound.scope),
    ...when(weaker, 'minStrength', rule.minStrength, bound.minStrength),
    ...when(admitsMore(proof.kinds, wanted?.kinds), 'metBy.kinds', proof.kinds, wanted?.kinds),
    ...when(
      wanted?.subject !== undefined && proof.subject !== wanted.subject,
      'metBy.subject',
      proof.subject,
      wanted?.subject,
    ),
    ...when(admitsMore(proof.drillTypes, wanted?.drillTypes), 'metBy.drillTypes', proof.drillTypes, wanted?.drillTypes),
    ...when(
      Boolean(proof.sharedDrills) && !wanted?.sharedDrills,
      'metBy.sharedDrills',
      proof.sharedDrills,
      wanted?.sharedDrills ?? false,
    ),
    // The end of the fiscal year is never earlier than the same cadence counted from the day performed.
    ...when(
      rule.anchor === 'FISCAL_YEAR' && bound.anchor !== 'FISCAL_YEAR',
      'anchor',
      rule.anchor,
      bound.anchor ?? 'LAST_DONE',
    ),
    ...when(Boolean(rule.optional) && !bound.optional, 'optional', rule.optional, bound.optional ?? false),
  ];
}

/** The fields in which `was` asked less of a tier than `now` does, with its terms; both are versions of one rule. */
export function laxerFields(was: [Rule, TierTerms], now: [Rule, TierTerms]): string[] {
  return [...laxerRule(was[0], now[0]), ...laxerTerms(was, now)].map(({ field }) => field);
}

/** HIGH is never laxer than MODERATE, nor MODERATE than LOW (domain.md section 3). Empty when the policy is in order. */
export function checkMonotonic(policy: PolicyRules): PolicyFinding[] {
  const laxer = (ruleKey: string | null, tier: Tier, cells: readonly Cell[]): PolicyFinding[] =>
    cells.map((cell) => ({ code: 'LAXER_THAN_LOWER_TIER', ruleKey, tier, ...cell }));
  return TIERS.slice(0, -1).flatMap((tier, index) => {
    const lower = TIERS[index + 1] as Tier;
    const [grace, bound] = [policy.grace[tier], policy.grace[lower]];
    return [
      ...laxer(null, tier, when(isLonger(grace, bound), 'grace', grace, bound)),
      ...policy.rules.flatMap((rule) => {
        const [terms, lowerTerms] = [rule.tiers[tier], rule.tiers[lower]];
        if (!lowerTerms) return [];
        if (!terms) return [missing(rule, tier)];
        return laxer(rule.key, tier, laxerTerms([rule, terms], [rule, lowerTerms]));
      }),
    ];
  });
}

/** No value of `policy` is laxer than the same value of the organisation above; optional rules may be left out (domain.md section 3). */
export function checkFloor(policy: PolicyRules, floor: PolicyRules): PolicyFinding[] {
  const below = (ruleKey: string | null, tier: Tier | null, cells: readonly Cell[]): PolicyFinding[] =>
    cells.map((cell) => ({ code: 'BELOW_FLOOR', ruleKey, tier, ...cell }));
  const own = new Map(policy.rules.map((rule) => [rule.key, rule]));
  const [reviewed, reviewFloor] = [policy.reviewAfterChange, floor.reviewAfterChange];
  return [
    ...below(null, null, when(isLonger(reviewed, reviewFloor), 'reviewAfterChange', reviewed, reviewFloor)),
    ...TIERS.flatMap((tier) => {
      const [grace, bound] = [policy.grace[tier], floor.grace[tier]];
      return below(null, tier, when(isLonger(grace, bound), 'grace', grace, bound));
    }),
    ...floor.rules.flatMap((bound) => {
      const rule = own.get(bound.key);
      if (!rule && bound.optional) return [];
      return [
        ...(rule ? below(bound.key, null, laxerRule(rule, bound)) : []),
        ...TIERS.flatMap((tier) => {
          const [terms, boundTerms] = [rule?.tiers[tier], bound.tiers[tier]];
          if (!boundTerms) return [];
          if (!rule || !terms) return [missing(bound, tier)];
          return below(bound.key, tier, laxerTerms([rule, terms], [bound, boundTerms]));
        }),
      ];
    }),
  ];
}

const missing = (rule: Rule, tier: Tier): PolicyFinding => ({
  code: 'RULE_MISSING',
  ruleKey: rule.key,
  tier,
  field: 'tiers',
  value: show(undefined),
  bound: rule.key,
});
