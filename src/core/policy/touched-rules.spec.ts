import { loosenings, tightenings } from '../../../test/support/rules/policy-edits';
import { DEFAULT_POLICY } from './default-policy';
import { dated } from './grace';
import type { PolicyRules, Rule } from './rule';
import { onlyRules, touchedRules } from './touched-rules';

const before = dated(DEFAULT_POLICY, '2026-04-01');
const touched = (rules: PolicyRules): string[] => [...touchedRules(before, dated(rules, '2026-11-23', before))];
const keysOf = (keep: (rule: Rule) => boolean): string[] => DEFAULT_POLICY.rules.filter(keep).map(({ key }) => key);
const withRule = (key: string, change: (rule: Rule) => Rule): PolicyRules => ({
  ...DEFAULT_POLICY,
  rules: DEFAULT_POLICY.rules.map((rule) => (rule.key === key ? change(rule) : rule)),
});

describe('the rules that a policy touches', () => {
  it('are none when only words, clauses and empty lists differ', () => {
    const reworded = DEFAULT_POLICY.rules.map((rule) => ({
      ...rule,
      title: { ja: '別名', en: 'other' },
      clause: '6.2',
      conditions: rule.conditions ?? [],
    }));
    expect(touched({ ...DEFAULT_POLICY, rules: reworded })).toEqual([]);
  });

  it('are all of them when there was no policy', () => {
    expect([...touchedRules(null, before)]).toEqual(keysOf(() => true));
  });

  it('are those of a tier whose grace changes', () => {
    const grace = { ...DEFAULT_POLICY.grace, LOW: 'P80D' };
    expect(touched({ ...DEFAULT_POLICY, grace })).toEqual(keysOf(({ tiers }) => tiers.LOW !== undefined));
  });

  it('are the reviews when what a change gives them changes', () => {
    expect(touched({ ...DEFAULT_POLICY, reviewAfterChange: 'P7D' })).toEqual(keysOf(({ kind }) => kind === 'REVIEW'));
  });

  it('are the recovery points too when the largest RPO changes, and not when another target does', () => {
    const lower = (rule: Rule): Rule => ({ ...rule, tiers: { HIGH: { gating: false, maxMinutes: 5 } } });
    expect(touched(withRule('rpo-maximum', lower))).toEqual(['rpo-maximum', 'recovery-point-fresh']);
    expect(touched(withRule('rto-maximum', lower))).toEqual(['rto-maximum']);
  });

  it('are those that go and those that come', () => {
    const [first, ...rest] = DEFAULT_POLICY.rules;
    const come: Rule = { ...(first as Rule), key: 'new-one' };
    expect(touched({ ...DEFAULT_POLICY, rules: [...rest, come] }).sort()).toEqual(['new-one', first?.key].sort());
  });

  it('are the one rule that is edited, whatever is edited of it', () => {
    const edits = [...tightenings(DEFAULT_POLICY), ...loosenings(DEFAULT_POLICY)];
    for (const { ruleKey, field, apply } of edits)
      if (ruleKey && ruleKey !== 'rpo-maximum')
        expect([ruleKey, field, touched(apply(DEFAULT_POLICY))]).toEqual([
          ruleKey,
          field,
          field === 'optional' ? [] : [ruleKey],
        ]);
  });

  it('stay judged by the targets when they stand alone', () => {
    expect(onlyRules(DEFAULT_POLICY, new Set(['restore-test'])).rules.map(({ key }) => key)).toEqual([
      ...keysOf(({ kind }) => kind === 'TARGET'),
      'restore-test',
    ]);
  });
});
