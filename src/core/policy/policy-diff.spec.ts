import { loosenings, tightenings } from '../../../test/support/rules/policy-edits';
import { DEFAULT_POLICY } from './default-policy';
import { diffPolicies, isSamePolicy } from './policy-diff';

describe('the difference of two policies', () => {
  it('is none of a policy and itself, nor of what says nothing in another way', () => {
    const rules = DEFAULT_POLICY.rules.map((rule) => ({
      ...rule,
      conditions: rule.conditions ?? [],
      optional: rule.optional ?? false,
    }));
    expect(isSamePolicy(DEFAULT_POLICY, { ...DEFAULT_POLICY, rules })).toBe(true);
  });

  it('is none when the keys come back in another order, as they do from the database', () => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned);
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, part]) => [name, turned(part)]),
      );
    };
    expect(isSamePolicy(DEFAULT_POLICY, turned(DEFAULT_POLICY) as typeof DEFAULT_POLICY)).toBe(true);
  });

  it('of one edited cell is that cell, whichever it is', () => {
    for (const { ruleKey, tier, field, apply } of [...tightenings(DEFAULT_POLICY), ...loosenings(DEFAULT_POLICY)]) {
      const { cells, rules } = diffPolicies(DEFAULT_POLICY, apply(DEFAULT_POLICY));
      const changed = ruleKey === null ? cells : (rules[0]?.cells ?? []);
      expect([rules.map((rule) => rule.ruleKey), changed.map((cell) => [cell.tier, cell.field])]).toEqual([
        ruleKey === null ? [] : [ruleKey],
        [[tier, field]],
      ]);
    }
  });

  it('names rules that came and went, and a tier that no longer owes one', () => {
    const [first, second, ...rest] = DEFAULT_POLICY.rules as [never, (typeof DEFAULT_POLICY.rules)[number]];
    const { LOW: _LOW, ...tiers } = second.tiers;
    const after = { ...DEFAULT_POLICY, rules: [{ ...second, tiers }, ...rest] };
    expect(diffPolicies(DEFAULT_POLICY, after).rules).toEqual([
      expect.objectContaining({
        change: 'CHANGED',
        cells: [{ tier: 'LOW', field: 'tiers', before: 'true', after: null }],
      }),
      expect.objectContaining({ change: 'REMOVED', ruleKey: (first as { key: string }).key }),
    ]);
  });
});
