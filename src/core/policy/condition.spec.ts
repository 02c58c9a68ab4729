import * as fc from 'fast-check';
import { packRule, systemFacts } from '../../../test/support/rules/duties';
import { TIERS, Tier } from '../importance/tier';
import { ConditionFacts, conditionsOf, follows, termsFor } from './condition';
import { Condition, Rule } from './rule';

const attest = (conditions: readonly Condition[], ofTier: readonly Condition[] = []): Rule => ({
  ...packRule('real-time-log-analysis'),
  conditions,
  tiers: { HIGH: { gating: false, cadence: 'P12M', conditions: ofTier } },
});

const asks = (rule: Rule, facts: Partial<ConditionFacts>, tier: Tier = 'HIGH'): boolean =>
  termsFor(rule, tier, systemFacts(facts)) !== null;

describe('the conditions of a rule', () => {
  it.each<[Condition, Partial<ConditionFacts>, boolean]>([
    [{ field: 'outsourced', equals: true }, { outsourced: true }, true],
    [{ field: 'outsourced', equals: true }, { outsourced: false }, false],
    [{ field: 'outsourced', equals: false }, { outsourced: false }, true],
    [{ field: 'publicFacing', equals: true }, { publicFacing: true }, true],
    [{ field: 'publicFacing', equals: true }, { publicFacing: false, outsourced: true }, false],
    [{ field: 'hosting', in: ['CLOUD', 'HYBRID'] }, { hosting: 'CLOUD' }, true],
    [{ field: 'hosting', in: ['CLOUD', 'HYBRID'] }, { hosting: 'HYBRID' }, true],
    [{ field: 'hosting', in: ['CLOUD', 'HYBRID'] }, { hosting: 'ON_PREMISES' }, false],
    [{ field: 'hosting', in: [] }, { hosting: 'CLOUD' }, false],
    [{ field: 'confidentiality', atLeast: 2 }, { confidentiality: 1 }, false],
    [{ field: 'confidentiality', atLeast: 2 }, { confidentiality: 2 }, true],
    [{ field: 'confidentiality', atLeast: 2 }, { confidentiality: 3 }, true],
  ])('%j of a system with %j: %s', (condition, facts, holds) => {
    expect(asks(attest([condition]), facts)).toBe(holds);
    expect(asks(attest([], [condition]), facts)).toBe(holds);
  });

  it.each([
    [true, true, true],
    [true, false, false],
    [false, true, false],
    [false, false, false],
  ])('of the rule (%s) and of the tier (%s) both have to hold', (outsourced, publicFacing, owed) => {
    const rule = attest([{ field: 'outsourced', equals: true }], [{ field: 'publicFacing', equals: true }]);
    expect(asks(rule, { outsourced, publicFacing })).toBe(owed);
    expect(conditionsOf(rule, rule.tiers.HIGH ?? { gating: false })).toHaveLength(2);
  });

  it.each<[string, Tier, Partial<ConditionFacts>, boolean]>([
    ['redundancy-and-anti-ddos', 'HIGH', { publicFacing: false }, true],
    ['redundancy-and-anti-ddos', 'MODERATE', { publicFacing: false }, false],
    ['redundancy-and-anti-ddos', 'MODERATE', { publicFacing: true }, true],
    ['redundancy-and-anti-ddos', 'LOW', { publicFacing: true }, false],
    ['backup-encrypted', 'HIGH', { confidentiality: 1 }, true],
    ['backup-encrypted', 'LOW', { confidentiality: 1 }, false],
    ['backup-encrypted', 'LOW', { confidentiality: 2 }, true],
    ['backup-offline-copy', 'MODERATE', {}, true],
    ['backup-offline-copy', 'LOW', {}, false],
    ['contractor-measures', 'LOW', { outsourced: true }, true],
    ['contractor-measures', 'HIGH', { outsourced: false }, false],
    ['cloud-service-selection', 'HIGH', { hosting: 'CLOUD', confidentiality: 1 }, false],
    ['cloud-service-selection', 'HIGH', { hosting: 'CLOUD', confidentiality: 2 }, true],
    ['cloud-service-selection', 'HIGH', { hosting: 'ON_PREMISES', confidentiality: 3 }, false],
  ])('%s of a %s system with %j: owed %s', (key, tier, facts, owed) => {
    expect(asks(packRule(key), facts, tier)).toBe(owed);
  });
});

const conditions: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ field: fc.constantFrom('outsourced' as const, 'publicFacing' as const), equals: fc.boolean() }),
  fc.record({ field: fc.constant('hosting' as const), in: fc.subarray(['ON_PREMISES', 'CLOUD', 'HYBRID']) }),
  fc.record({ field: fc.constant('confidentiality' as const), atLeast: fc.integer({ min: 1, max: 3 }) }),
);

describe('a condition that follows from another', () => {
  const facts = fc.record({
    outsourced: fc.boolean(),
    publicFacing: fc.boolean(),
    hosting: fc.constantFrom('ON_PREMISES', 'CLOUD', 'HYBRID'),
    confidentiality: fc.integer({ min: 1, max: 3 }),
  });

  it('holds for every system that the other holds for', () => {
    fc.assert(
      fc.property(conditions, conditions, facts, (condition, given, system) => {
        fc.pre(follows(condition, given) && asks(attest([given]), system));
        expect(asks(attest([condition]), system)).toBe(true);
      }),
    );
  });

  it('always is itself', () => {
    fc.assert(
      fc.property(conditions, (condition) => {
        expect(follows(condition, condition)).toBe(true);
      }),
    );
  });

  it.each<[Condition, Condition, boolean]>([
    [{ field: 'confidentiality', atLeast: 2 }, { field: 'confidentiality', atLeast: 3 }, true],
    [{ field: 'confidentiality', atLeast: 3 }, { field: 'confidentiality', atLeast: 2 }, false],
    [{ field: 'hosting', in: ['CLOUD', 'HYBRID'] }, { field: 'hosting', in: ['CLOUD'] }, true],
    [{ field: 'hosting', in: ['CLOUD'] }, { field: 'hosting', in: ['CLOUD', 'HYBRID'] }, false],
    [{ field: 'outsourced', equals: true }, { field: 'publicFacing', equals: true }, false],
    [{ field: 'outsourced', equals: true }, { field: 'outsourced', equals: false }, false],
    [{ field: 'outsourced', equals: true }, { field: 'confidentiality', atLeast: 2 }, false],
  ])('%j from %j: %s', (condition, given, expected) => {
    expect(follows(condition, given)).toBe(expected);
  });

  it('asks nothing of a tier the rule does not name', () => {
    expect(TIERS.map((tier) => asks(attest([]), {}, tier))).toEqual([true, false, false]);
  });
});
