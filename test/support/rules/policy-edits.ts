import { DRILL_TYPES, EVIDENCE_KINDS } from '../../../src/core/evidence/evidence';
import { STRENGTHS } from '../../../src/core/evidence/evidence-strength';
import { TIERS, type Tier } from '../../../src/core/importance/tier';
import type { PolicyRules, Rule, TierTerms } from '../../../src/core/policy/rule';
import { formatPeriod, parsePeriod } from '../../../src/core/time/duration';

/** One changed cell of a policy. `field` is what a finding calls it; null keys and tiers as in a finding. */
export interface PolicyEdit {
  ruleKey: string | null;
  tier: Tier | null;
  field: string;
  apply: (policy: PolicyRules) => PolicyRules;
}

/** A new value of one field, or null when the present one cannot go that way. */
type Change<T> = { field: string; to: (from: T) => T | null };

const shorter = (period: string): string | null => {
  const { months, days } = parsePeriod(period);
  if (months > 1) return formatPeriod({ months: months - 1, days });
  if (months === 1) return 'P27D';
  return days > 1 ? formatPeriod({ months, days: days - 1 }) : null;
};
const longer = (period: string): string => {
  const { months, days } = parsePeriod(period);
  return formatPeriod({ months, days: days + 1 });
};

const ASPECTS = ['copies', 'offsite', 'offlineOrImmutable'] as const;
const EXTRA = { field: 'publicFacing', equals: false } as const;

export const TIGHTER_TERMS: readonly Change<TierTerms>[] = [
  { field: 'gating', to: (terms) => (terms.gating ? null : { ...terms, gating: true }) },
  { field: 'advisedOnly', to: (terms) => (terms.advisedOnly ? { ...terms, advisedOnly: false } : null) },
  {
    field: 'cadence',
    to: (terms) => {
      const cadence = terms.cadence ? shorter(terms.cadence) : 'P3M';
      return cadence ? { ...terms, cadence } : null;
    },
  },
  {
    field: 'maxMinutes',
    to: (terms) => (terms.maxMinutes === 0 ? null : { ...terms, maxMinutes: (terms.maxMinutes ?? 10_000) - 1 }),
  },
  ...ASPECTS.map((aspect) => ({
    field: `copies.${aspect}`,
    to: (terms: TierTerms) => ({ ...terms, copies: { ...terms.copies, [aspect]: (terms.copies?.[aspect] ?? 0) + 1 } }),
  })),
  {
    field: 'copies.encrypted',
    to: (terms) => (terms.copies?.encrypted ? null : { ...terms, copies: { ...terms.copies, encrypted: true } }),
  },
  { field: 'conditions', to: (terms) => (terms.conditions?.length ? { ...terms, conditions: [] } : null) },
];

export const LOOSER_TERMS: readonly Change<TierTerms>[] = [
  { field: 'gating', to: (terms) => (terms.gating ? { ...terms, gating: false } : null) },
  { field: 'advisedOnly', to: (terms) => (terms.advisedOnly ? null : { ...terms, advisedOnly: true }) },
  { field: 'cadence', to: (terms) => (terms.cadence ? { ...terms, cadence: longer(terms.cadence) } : null) },
  { field: 'cadence', to: (terms) => (terms.cadence ? { ...terms, cadence: undefined } : null) },
  {
    field: 'maxMinutes',
    to: (terms) => (terms.maxMinutes === undefined ? null : { ...terms, maxMinutes: terms.maxMinutes + 1 }),
  },
  {
    field: 'maxMinutes',
    to: (terms) => (terms.maxMinutes === undefined ? null : { ...terms, maxMinutes: undefined }),
  },
  ...ASPECTS.map((aspect) => ({
    field: `copies.${aspect}`,
    to: (terms: TierTerms) =>
      terms.copies?.[aspect] ? { ...terms, copies: { ...terms.copies, [aspect]: terms.copies[aspect] - 1 } } : null,
  })),
  ...ASPECTS.map((aspect) => ({
    field: `copies.${aspect}`,
    to: (terms: TierTerms) =>
      terms.copies?.[aspect] ? { ...terms, copies: { ...terms.copies, [aspect]: undefined } } : null,
  })),
  {
    field: 'copies.encrypted',
    to: (terms) => (terms.copies?.encrypted ? { ...terms, copies: { ...terms.copies, encrypted: false } } : null),
  },
  { field: 'conditions', to: (terms) => ({ ...terms, conditions: [...(terms.conditions ?? []), EXTRA] }) },
];

const TIGHTER_RULE: readonly Change<Rule>[] = [
  { field: 'scope', to: (rule) => (rule.scope === 'SYSTEM' ? { ...rule, scope: 'BACKUP_REQUIREMENT' } : null) },
  {
    field: 'minStrength',
    to: (rule) => {
      const minStrength = STRENGTHS[rule.minStrength ? STRENGTHS.indexOf(rule.minStrength) + 1 : 0];
      return minStrength ? { ...rule, minStrength } : null;
    },
  },
  {
    field: 'metBy.kinds',
    to: (rule) =>
      rule.metBy && rule.metBy.kinds.length > 1
        ? { ...rule, metBy: { ...rule.metBy, kinds: rule.metBy.kinds.slice(1) } }
        : null,
  },
  {
    field: 'metBy.drillTypes',
    to: (rule) =>
      rule.metBy?.drillTypes && rule.metBy.drillTypes.length > 1
        ? { ...rule, metBy: { ...rule.metBy, drillTypes: rule.metBy.drillTypes.slice(1) } }
        : null,
  },
  {
    field: 'metBy.sharedDrills',
    to: (rule) => (rule.metBy?.sharedDrills ? { ...rule, metBy: { ...rule.metBy, sharedDrills: false } } : null),
  },
  { field: 'conditions', to: (rule) => (rule.conditions?.length ? { ...rule, conditions: [] } : null) },
  { field: 'optional', to: (rule) => (rule.optional ? { ...rule, optional: false } : null) },
  { field: 'anchor', to: (rule) => (rule.anchor === 'FISCAL_YEAR' ? { ...rule, anchor: 'LAST_DONE' } : null) },
];

const LOOSER_RULE: readonly Change<Rule>[] = [
  { field: 'kind', to: (rule) => ({ ...rule, kind: rule.kind === 'REVIEW' ? 'ATTESTATION' : 'REVIEW' }) },
  { field: 'target', to: (rule) => (rule.target ? { ...rule, target: undefined } : null) },
  { field: 'scope', to: (rule) => (rule.scope === 'BACKUP_REQUIREMENT' ? { ...rule, scope: 'SYSTEM' } : null) },
  {
    field: 'minStrength',
    to: (rule) =>
      rule.minStrength ? { ...rule, minStrength: STRENGTHS[STRENGTHS.indexOf(rule.minStrength) - 1] } : null,
  },
  {
    field: 'metBy.kinds',
    to: (rule) => {
      const extra = EVIDENCE_KINDS.find((kind) => !rule.metBy?.kinds.includes(kind));
      return rule.metBy && extra ? { ...rule, metBy: { ...rule.metBy, kinds: [...rule.metBy.kinds, extra] } } : null;
    },
  },
  {
    field: 'metBy.subject',
    to: (rule) => (rule.metBy?.subject ? { ...rule, metBy: { ...rule.metBy, subject: undefined } } : null),
  },
  {
    field: 'metBy.drillTypes',
    to: (rule) => {
      const { metBy } = rule;
      const extra = DRILL_TYPES.find((type) => metBy?.drillTypes && !metBy.drillTypes.includes(type));
      return metBy?.drillTypes && extra
        ? { ...rule, metBy: { ...metBy, drillTypes: [...metBy.drillTypes, extra] } }
        : null;
    },
  },
  {
    field: 'metBy.drillTypes',
    to: (rule) => (rule.metBy?.drillTypes ? { ...rule, metBy: { ...rule.metBy, drillTypes: undefined } } : null),
  },
  {
    field: 'metBy.sharedDrills',
    to: (rule) =>
      rule.metBy?.drillTypes && !rule.metBy.sharedDrills
        ? { ...rule, metBy: { ...rule.metBy, sharedDrills: true } }
        : null,
  },
  { field: 'optional', to: (rule) => (rule.optional ? null : { ...rule, optional: true }) },
  { field: 'anchor', to: (rule) => (rule.anchor === 'FISCAL_YEAR' ? null : { ...rule, anchor: 'FISCAL_YEAR' }) },
];

const replaced = (policy: PolicyRules, rule: Rule): PolicyRules => ({
  ...policy,
  rules: policy.rules.map((other) => (other.key === rule.key ? rule : other)),
});

function edits(
  policy: PolicyRules,
  ofRule: readonly Change<Rule>[],
  ofTerms: readonly Change<TierTerms>[],
  period: (period: string) => string | null,
): PolicyEdit[] {
  const found: PolicyEdit[] = [];
  const review = period(policy.reviewAfterChange);
  if (review)
    found.push({
      ruleKey: null,
      tier: null,
      field: 'reviewAfterChange',
      apply: (old) => ({ ...old, reviewAfterChange: review }),
    });
  for (const tier of TIERS) {
    const grace = period(policy.grace[tier]);
    if (grace)
      found.push({
        ruleKey: null,
        tier,
        field: 'grace',
        apply: (old) => ({ ...old, grace: { ...old.grace, [tier]: grace } }),
      });
  }
  for (const rule of policy.rules) {
    for (const { field, to } of ofRule) {
      const changed = to(rule);
      if (changed) found.push({ ruleKey: rule.key, tier: null, field, apply: (old) => replaced(old, changed) });
    }
    for (const tier of TIERS) {
      const terms = rule.tiers[tier];
      for (const { field, to } of terms ? ofTerms : []) {
        const changed = terms && to(terms);
        if (!changed) continue;
        const tiers = { ...rule.tiers, [tier]: changed };
        found.push({ ruleKey: rule.key, tier, field, apply: (old) => replaced(old, { ...rule, tiers }) });
      }
    }
  }
  return found;
}

/** Every single cell of the policy made stricter by one step. */
export const tightenings = (policy: PolicyRules): PolicyEdit[] => edits(policy, TIGHTER_RULE, TIGHTER_TERMS, shorter);

/** Every single cell of the policy made laxer by one step. */
export const loosenings = (policy: PolicyRules): PolicyEdit[] => edits(policy, LOOSER_RULE, LOOSER_TERMS, longer);
