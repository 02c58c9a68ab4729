import type { PolicyFinding } from '../../core/policy/policy-check';
import type { PolicyRules } from '../../core/policy/rule';
import { FieldProblem, Problem } from '../../platform/http/problem';
import type { Locale } from '../../platform/messages/messages';
import { findingWords } from './finding-words';

/** A policy that is laxer than it may be: 422 with one error for each offending cell, worded for the caller. */
export function policyRefused(findings: readonly PolicyFinding[], { rules }: PolicyRules, locale: Locale): Problem {
  const errors = findings.map((finding) => errorOf(finding, rules, locale));
  return new Problem(422, 'POLICY_REFUSED', { errors });
}

function errorOf(finding: PolicyFinding, rules: PolicyRules['rules'], locale: Locale): FieldProblem {
  const { code, ruleKey, tier, field } = finding;
  const index = rules.findIndex(({ key }) => key === ruleKey);
  const place = index < 0 ? (ruleKey ? ['rules'] : []) : [`rules[${index}]`];
  const path = [
    ...place,
    ...(tier && index >= 0 ? [`tiers.${tier}`] : []),
    ...(code === 'RULE_MISSING' ? [] : [field]),
  ];
  const inTier = tier && ruleKey === null ? [tier] : [];
  return { field: [...path, ...inTier].join('.'), code, params: { ...findingWords(finding, rules[index], locale) } };
}
