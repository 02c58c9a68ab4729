import { inversions } from './inversion';
import type { Tier } from './tier';

const system = (tier: Tier, rtoMinutes: number | null = null) => ({ tier, rtoMinutes });

describe('a dependency', () => {
  it.each([
    ['HIGH', 'MODERATE', ['LOWER_TIER']],
    ['HIGH', 'LOW', ['LOWER_TIER']],
    ['MODERATE', 'LOW', ['LOWER_TIER']],
    ['HIGH', 'HIGH', []],
    ['LOW', 'HIGH', []],
  ] as const)('of a %s system on a %s one: %j', (dependent, dependency, found) => {
    expect(inversions(system(dependent), system(dependency), true)).toEqual(found);
  });

  it.each([
    [240, 241, ['LONGER_RTO']],
    [240, 240, []],
    [240, 60, []],
    [null, 240, []],
    [240, null, []],
  ] as const)('with an RTO of %s minutes on one of %s: %j', (own, other, found) => {
    expect(inversions(system('LOW', own), system('LOW', other), true)).toEqual(found);
  });

  it('is inverted in both ways at once, and never when it is soft', () => {
    expect(inversions(system('HIGH', 60), system('LOW', 600), true)).toEqual(['LOWER_TIER', 'LONGER_RTO']);
    expect(inversions(system('HIGH', 60), system('LOW', 600), false)).toEqual([]);
  });
});
