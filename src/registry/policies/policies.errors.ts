import type { PolicyFinding } from '../../core/policy/policy-check';
import type { PolicyRules } from '../../core/policy/rule';
import { FieldProblem, Problem } from '../../platform/http/problem';

/** A policy that is laxer than it may be: 422 with one error for each offending cell. */
export function policyRefused(findings: readonly PolicyFinding[], { rules }: PolicyRules): Problem {
  return new Problem(422, 'POLICY_REFUSED', { errors: findings.map((finding) => errorOf(finding, rules)) });
}

function errorOf(
  { code, ruleKey, tier, field, value, bound }: PolicyFinding,
  rules: PolicyRules['rules'],
): FieldProblem {
  const index = rules.findIndex(({ key }) => key === ruleKey);
  const place = index < 0 ? (ruleKey ? ['rules'] : []) : [`rules[${index}]`];
  const path = [
    ...place,
    ...(tier && index >= 0 ? [`tiers.${tier}`] : []),
    ...(code === 'RULE_MISSING' ? [] : [field]),
  ];
  const inTier = tier && ruleKey === null ? [tier] : [];
  const where = [ruleKey, tier, field].filter(Boolean).join(' / ');
  return { field: [...path, ...inTier].join('.'), code, params: { where, value, bound } };
}
