import { changedDependents, topTier, type Dependent } from './dependents';
import type { Tier } from './tier';

const of = (systems: Record<string, Tier>): Dependent[] =>
  Object.entries(systems).map(([systemId, tier]) => ({ systemId, tier }));

describe('the dependents that an assessment was made with', () => {
  it('differ when one came, went or changed its tier, weightiest first', () => {
    expect(
      changedDependents(of({ a: 'LOW', b: 'LOW', c: 'MODERATE' }), of({ b: 'HIGH', c: 'MODERATE', d: 'MODERATE' })),
    ).toEqual([
      { systemId: 'b', from: 'LOW', to: 'HIGH' },
      { systemId: 'd', from: null, to: 'MODERATE' },
      { systemId: 'a', from: 'LOW', to: null },
    ]);
  });

  it('count a lowering by the tier that it had', () => {
    expect(
      changedDependents(of({ a: 'HIGH', b: 'LOW' }), of({ a: 'LOW', b: 'MODERATE' })).map(({ systemId }) => systemId),
    ).toEqual(['a', 'b']);
  });

  it('do not differ by their order', () => {
    expect(changedDependents(of({ a: 'LOW', b: 'HIGH' }), of({ b: 'HIGH', a: 'LOW' }))).toEqual([]);
  });
});

describe('the top tier', () => {
  it('is the most important one, or none', () => {
    expect(topTier(of({ a: 'LOW', b: 'MODERATE' }))).toBe('MODERATE');
    expect(topTier([])).toBeNull();
  });
});
