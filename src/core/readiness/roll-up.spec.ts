import * as fc from 'fast-check';
import { ObligationState, STATES } from '../obligation/obligation';
import { ObligationCounts, countStates, percentMet } from './roll-up';

const NONE: ObligationCounts = { applicable: 0, met: 0, dueSoon: 0, overdue: 0, failed: 0, unknown: 0, waived: 0 };
const counts = (figures: Partial<ObligationCounts>): ObligationCounts => ({ ...NONE, ...figures });

describe('counts of obligations by state', () => {
  it.each<[ObligationState, Partial<ObligationCounts>]>([
    ['MET', { applicable: 1, met: 1 }],
    ['DUE_SOON', { applicable: 1, dueSoon: 1 }],
    ['OVERDUE', { applicable: 1, overdue: 1 }],
    ['FAILED', { applicable: 1, failed: 1 }],
    ['UNKNOWN', { applicable: 1, unknown: 1 }],
    ['WAIVED', { applicable: 1, waived: 1 }],
    ['NOT_APPLICABLE', {}],
  ])('%s counts as %j', (state, figures) => {
    expect(countStates([state])).toEqual(counts(figures));
  });

  it('are all zero for no obligation', () => {
    expect(countStates([])).toEqual(NONE);
  });

  it('sum up to the applicable ones', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STATES)), (states) => {
        const { applicable, ...figures } = countStates(states);
        expect(Object.values(figures).reduce((sum, figure) => sum + figure, 0)).toBe(applicable);
        expect(applicable).toBe(states.filter((state) => state !== 'NOT_APPLICABLE').length);
      }),
    );
  });

  it('of two lists add up to those of both together', () => {
    const lists = fc.array(fc.constantFrom(...STATES));
    fc.assert(
      fc.property(lists, lists, (a, b) => {
        const [left, right, both] = [countStates(a), countStates(b), countStates([...a, ...b])];
        for (const figure of Object.keys(NONE) as (keyof ObligationCounts)[])
          expect(both[figure]).toBe(left[figure] + right[figure]);
      }),
    );
  });
});

describe('the percentage met', () => {
  it.each<[Partial<ObligationCounts>, number | null]>([
    [{}, null],
    [{ applicable: 1, met: 1 }, 100],
    [{ applicable: 1, dueSoon: 1 }, 100],
    [{ applicable: 1, waived: 1 }, 0],
    [{ applicable: 1, unknown: 1 }, 0],
    [{ applicable: 3, met: 1, dueSoon: 1, failed: 1 }, 66],
    [{ applicable: 3, met: 1, failed: 2 }, 33],
    [{ applicable: 200, met: 199, waived: 1 }, 99],
    [{ applicable: 1000, met: 999, overdue: 1 }, 99],
    [{ applicable: 100, met: 29, overdue: 71 }, 29],
    [{ applicable: 100, met: 57, overdue: 43 }, 57],
  ])('of %j is %s', (figures, percent) => {
    expect(percentMet(counts(figures))).toBe(percent);
  });

  it('is a whole number from 0 to 100, and 100 only when every applicable obligation is met', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...STATES), { minLength: 1, maxLength: 300 }), (states) => {
        const figures = countStates(states);
        fc.pre(figures.applicable > 0);
        const percent = percentMet(figures) as number;
        expect(Number.isInteger(percent)).toBe(true);
        expect(percent).toBeGreaterThanOrEqual(0);
        expect(percent).toBeLessThanOrEqual(100);
        expect(percent === 100).toBe(figures.met + figures.dueSoon === figures.applicable);
      }),
    );
  });
});
