import { DEFAULT_POLICY } from '../../core/policy/default-policy';
import { checkMonotonic, type PolicyFinding } from '../../core/policy/policy-check';
import type { Rule, TierTerms } from '../../core/policy/rule';
import { findingWords } from './finding-words';

const packRule = (key: string): Rule => DEFAULT_POLICY.rules.find((rule) => rule.key === key) as Rule;

/** What is found when HIGH has other terms. */
function found(key: string, terms: Partial<TierTerms>): { finding: PolicyFinding; rule: Rule } {
  const rule = packRule(key);
  const HIGH = { ...rule.tiers.HIGH, ...terms } as TierTerms;
  const edited = { ...rule, tiers: { ...rule.tiers, HIGH } };
  const [finding] = checkMonotonic({ ...DEFAULT_POLICY, rules: [edited] });
  return { finding: finding as PolicyFinding, rule: edited };
}

describe('a finding in words', () => {
  it.each([
    ['restore-test', { cadence: 'P1Y1M2D' }, 'cadence', '13 mo 2 d', '6 mo'],
    ['rto-maximum', { maxMinutes: 1500 }, 'maximum', '1 d 1 h', '12 h'],
    ['restore-test', { gating: false }, 'decides readiness', 'no', 'yes'],
    ['backup-copies', { copies: { copies: 2, offsite: 1 } }, 'number of copies', '2', '3'],
    ['backup-encrypted', { copies: {} }, 'encryption', '—', 'yes'],
    [
      'restore-test',
      {
        conditions: [
          { field: 'publicFacing', equals: true },
          { field: 'hosting', in: ['CLOUD', 'HYBRID'] },
          { field: 'confidentiality', atLeast: 2 },
        ],
      },
      'conditions',
      'publicFacing = true, hosting = CLOUD | HYBRID, confidentiality >= 2',
      '—',
    ],
  ] as const)('of %s with %j names the cell and both values', (key, terms, field, value, bound) => {
    const { finding, rule } = found(key, terms);
    expect(findingWords(finding, rule, 'en')).toEqual({
      where: `${rule.title.en} / tier High / ${field}`,
      value,
      bound,
    });
  });

  it('of a value of the policy itself has no rule', () => {
    const grace = { HIGH: 'P90D', MODERATE: 'P60D', LOW: 'P90D' };
    const [finding] = checkMonotonic({ ...DEFAULT_POLICY, grace });
    expect(findingWords(finding as PolicyFinding, undefined, 'ja')).toEqual({
      where: '重要度 高 / 猶予期間',
      value: '90日',
      bound: '60日',
    });
  });
});
