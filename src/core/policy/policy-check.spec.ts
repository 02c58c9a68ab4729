import * as fc from 'fast-check';
import { LOOSER_TERMS, TIGHTER_TERMS, loosenings, tightenings } from '../../../test/support/rules/policy-edits';
import { packRule } from '../../../test/support/rules/duties';
import { TIERS, Tier } from '../importance/tier';
import { DEFAULT_POLICY } from './default-policy';
import { checkFloor, checkMonotonic } from './policy-check';
import { PolicyRules, Rule, TierTerms } from './rule';

const without = (key: string, tiers: readonly Tier[] = TIERS): PolicyRules => ({
  ...DEFAULT_POLICY,
  rules: DEFAULT_POLICY.rules.flatMap((rule) => {
    if (rule.key !== key) return [rule];
    const left = Object.fromEntries(Object.entries(rule.tiers).filter(([tier]) => !tiers.includes(tier as Tier)));
    return Object.keys(left).length > 0 ? [{ ...rule, tiers: left }] : [];
  }),
});

/** The policy after some of the steps that make one of its cells stricter. */
const tightened = fc.array(fc.nat(), { maxLength: 12 }).map((picks) =>
  picks.reduce((policy: PolicyRules, pick) => {
    const steps = tightenings(policy);
    return steps[pick % steps.length]?.apply(policy) ?? policy;
  }, DEFAULT_POLICY),
);

describe('the floor of the organisation above', () => {
  it('is met by the default pack itself', () => {
    expect(checkFloor(DEFAULT_POLICY, DEFAULT_POLICY)).toEqual([]);
  });

  const looser = loosenings(DEFAULT_POLICY).map((edit) => ({ ...edit, of: edit.ruleKey ?? 'the policy' }));

  it.each(looser)('is broken when $field of $of is laxer for tier $tier', ({ apply, ruleKey, tier, field }) => {
    const findings = checkFloor(apply(DEFAULT_POLICY), DEFAULT_POLICY);
    expect(findings).toEqual([
      { code: 'BELOW_FLOOR', ruleKey, tier, field, value: expect.any(String), bound: expect.any(String) },
    ]);
    expect(findings[0]?.value).not.toBe(findings[0]?.bound);
  });

  const stricter = tightenings(DEFAULT_POLICY).map((edit) => ({ ...edit, of: edit.ruleKey ?? 'the policy' }));

  it.each(stricter)('is met when $field of $of is stricter for tier $tier', ({ apply }) => {
    expect(checkFloor(apply(DEFAULT_POLICY), DEFAULT_POLICY)).toEqual([]);
  });

  it('is met after any number of steps that only tighten', () => {
    fc.assert(
      fc.property(tightened, (policy) => {
        expect(checkFloor(policy, DEFAULT_POLICY)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('is broken by one laxer cell, whatever the floor', () => {
    fc.assert(
      fc.property(tightened, fc.nat(), (floor, pick) => {
        const steps = loosenings(floor);
        const step = steps[pick % steps.length];
        const { apply, ruleKey, field } = step as NonNullable<typeof step>;
        expect(checkFloor(apply(floor), floor)).toContainEqual(
          expect.objectContaining({ code: 'BELOW_FLOOR', ruleKey, field }),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('names value and bound as they would be typed', () => {
    const review = packRule('procedure-review');
    const lax = { ...review, tiers: { ...review.tiers, HIGH: { gating: true, cadence: 'P7M' } } };
    const rules = DEFAULT_POLICY.rules.map((rule) => (rule.key === review.key ? lax : rule));
    expect(checkFloor({ ...DEFAULT_POLICY, rules }, DEFAULT_POLICY)).toEqual([
      { code: 'BELOW_FLOOR', ruleKey: 'procedure-review', tier: 'HIGH', field: 'cadence', value: 'P7M', bound: 'P6M' },
    ]);
  });

  it('does not mind how the same length is written', () => {
    const review = packRule('drill-tabletop');
    const tiers = Object.fromEntries(TIERS.map((tier) => [tier, { gating: false, cadence: 'P1Y' }]));
    const rules = DEFAULT_POLICY.rules.map((rule) => (rule.key === review.key ? { ...review, tiers } : rule));
    expect(checkFloor({ ...DEFAULT_POLICY, rules }, DEFAULT_POLICY)).toEqual([]);
  });

  it('does not mind rules of one’s own', () => {
    const own: Rule = { ...packRule('administrator-mfa'), key: 'own-measure' };
    expect(checkFloor({ ...DEFAULT_POLICY, rules: [...DEFAULT_POLICY.rules, own] }, DEFAULT_POLICY)).toEqual([]);
  });

  it.each(DEFAULT_POLICY.rules.map(({ key, optional }) => ({ key, optional: optional ?? false })))(
    'lets $key be left out: $optional',
    ({ key, optional }) => {
      const codes = checkFloor(without(key), DEFAULT_POLICY).map(({ code, tier }) => `${code} ${tier}`);
      const tiers = TIERS.filter((tier) => packRule(key).tiers[tier]);
      expect(codes).toEqual(optional ? [] : tiers.map((tier) => `RULE_MISSING ${tier}`));
    },
  );

  it('holds every tier of a rule that is not left out as a whole', () => {
    expect(checkFloor(without('vulnerability-assessment', ['LOW']), DEFAULT_POLICY)).toEqual([
      expect.objectContaining({ code: 'RULE_MISSING', ruleKey: 'vulnerability-assessment', tier: 'LOW' }),
    ]);
  });

  it('lets the condition of a tier be asked of the whole rule', () => {
    const encrypted = packRule('backup-encrypted');
    const terms = (tier: Tier): TierTerms => ({ ...(encrypted.tiers[tier] as TierTerms), conditions: [] });
    const conditions = encrypted.tiers.LOW?.conditions;
    const moved = { ...encrypted, conditions, tiers: { LOW: terms('LOW') } };
    const floor: PolicyRules = { ...DEFAULT_POLICY, rules: [{ ...encrypted, tiers: { LOW: encrypted.tiers.LOW } }] };
    expect(checkFloor({ ...DEFAULT_POLICY, rules: [moved] }, floor)).toEqual([]);
  });
});

describe('the order of the tiers', () => {
  it('is kept by the default pack', () => {
    expect(checkMonotonic(DEFAULT_POLICY)).toEqual([]);
  });

  const policyOf = (tiers: Rule['tiers']): PolicyRules => ({
    ...DEFAULT_POLICY,
    rules: [{ ...packRule('restore-test'), tiers }],
  });

  const base: TierTerms = {
    gating: true,
    cadence: 'P6M',
    maxMinutes: 60,
    copies: { copies: 2, offsite: 1, offlineOrImmutable: 1, encrypted: true },
    conditions: [{ field: 'outsourced', equals: true }],
  };
  const pairs = [
    ['HIGH', 'MODERATE'],
    ['MODERATE', 'LOW'],
  ] as const;

  describe.each(pairs)('%s over %s', (tier, lower) => {
    it.each(LOOSER_TERMS)('is broken by a laxer $field', ({ field, to }) => {
      const laxer = to(base) as TierTerms;
      const tiers = { HIGH: base, MODERATE: base, LOW: base, [tier]: laxer };
      const policy = policyOf(tier === 'HIGH' ? tiers : { ...tiers, HIGH: base });
      expect(checkMonotonic(policy)).toEqual([
        expect.objectContaining({ code: 'LAXER_THAN_LOWER_TIER', ruleKey: 'restore-test', tier, field }),
      ]);
    });

    it.each(TIGHTER_TERMS)('is kept by a stricter $field', ({ to }) => {
      const start = { ...base, advisedOnly: false, gating: false, copies: { ...base.copies, encrypted: false } };
      const stricter = to(start) ?? to({ ...start, advisedOnly: true }) ?? start;
      const tiers = tier === 'HIGH' ? { HIGH: stricter } : { HIGH: stricter, MODERATE: stricter };
      expect(checkMonotonic(policyOf({ MODERATE: start, LOW: start, ...tiers }))).toEqual([]);
    });

    it('is broken by a rule that only the lower tier owes', () => {
      expect(checkMonotonic(policyOf({ [lower]: base, ...(tier === 'MODERATE' && { HIGH: base }) }))).toEqual([
        expect.objectContaining({ code: 'RULE_MISSING', ruleKey: 'restore-test', tier }),
      ]);
    });

    it('is broken by a longer grace', () => {
      const grace = { HIGH: 'P30D', MODERATE: 'P30D', LOW: 'P30D', [tier]: 'P31D' };
      const policy = { ...policyOf({}), grace: tier === 'HIGH' ? grace : { ...grace, HIGH: 'P30D' } };
      expect(checkMonotonic(policy)).toEqual([
        { code: 'LAXER_THAN_LOWER_TIER', ruleKey: null, tier, field: 'grace', value: 'P31D', bound: 'P30D' },
      ]);
    });
  });

  it('is kept by a rule that only the upper tiers owe', () => {
    expect(checkMonotonic(policyOf({ HIGH: base }))).toEqual([]);
    expect(checkMonotonic(policyOf({ HIGH: base, MODERATE: base }))).toEqual([]);
  });

  it('is kept when each tier owes what the one below owes and more', () => {
    const steps = fc.array(fc.constantFrom(...TIGHTER_TERMS), { maxLength: 6 });
    const stricter = (terms: TierTerms, changes: typeof TIGHTER_TERMS): TierTerms =>
      changes.reduce((old, { to }) => to(old) ?? old, terms);
    fc.assert(
      fc.property(steps, steps, (first, second) => {
        const MODERATE = stricter({ gating: false, cadence: 'P12M' }, first);
        const HIGH = stricter(MODERATE, second);
        expect(checkMonotonic(policyOf({ HIGH, MODERATE, LOW: { gating: false, cadence: 'P12M' } }))).toEqual([]);
      }),
    );
  });
});
