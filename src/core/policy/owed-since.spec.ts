import { DEFAULT_POLICY } from './default-policy';
import { owedSinceOf } from './owed-since';
import { PolicyRules } from './rule';

const without = (policy: PolicyRules, key: string): PolicyRules => ({
  ...policy,
  rules: policy.rules.filter((rule) => rule.key !== key),
});

describe('since when the rules of a policy are owed', () => {
  const first = owedSinceOf(DEFAULT_POLICY, '2026-04-01');

  it('is the day of the first policy', () => {
    expect(new Set(Object.values(first))).toEqual(new Set(['2026-04-01']));
    expect(first['restore-test:HIGH']).toBe('2026-04-01');
    expect(first['drill-full-scale:LOW']).toBeUndefined();
  });

  it('stays what it was when a new version repeats the rule, so that nothing overdue is excused', () => {
    const second = owedSinceOf(DEFAULT_POLICY, '2026-10-01', { rules: DEFAULT_POLICY, owedSince: first });
    expect(second).toEqual(first);
  });

  it('is the day of the version that adds the rule', () => {
    const before = without(DEFAULT_POLICY, 'drill-notification');
    const owed = owedSinceOf(DEFAULT_POLICY, '2026-10-01', {
      rules: before,
      owedSince: owedSinceOf(before, '2026-04-01'),
    });
    expect(owed['drill-notification:HIGH']).toBe('2026-10-01');
    expect(owed['restore-test:HIGH']).toBe('2026-04-01');
  });

  it('is the day on which advice becomes a duty', () => {
    const required: PolicyRules = {
      ...DEFAULT_POLICY,
      rules: DEFAULT_POLICY.rules.map((rule) =>
        rule.key === 'backup-offline-copy'
          ? { ...rule, tiers: { ...rule.tiers, LOW: { gating: true, copies: { offlineOrImmutable: 1 } } } }
          : rule,
      ),
    };
    const owed = owedSinceOf(required, '2026-10-01', { rules: DEFAULT_POLICY, owedSince: first });
    expect(owed['backup-offline-copy:LOW']).toBe('2026-10-01');
    expect(owed['backup-offline-copy:HIGH']).toBe('2026-04-01');
  });
});
