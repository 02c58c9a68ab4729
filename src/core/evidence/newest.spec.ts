import * as fc from 'fast-check';
import { dutyOf, proofOf, tokyo } from '../../../test/support/rules/duties';
import { newest } from './newest';

describe('the newest record', () => {
  const duty = dutyOf('restore-test');

  it('is none of none', () => {
    expect(newest([])).toBeNull();
  });

  it('is the one performed last, not the one recorded last', () => {
    const late = proofOf(duty, tokyo('2026-05-02'));
    const early = proofOf(duty, tokyo('2026-05-01'));
    expect(newest([late, early])).toBe(late);
  });

  it('is the one recorded later of two performed at the same instant', () => {
    const first = proofOf(duty, tokyo('2026-05-01'));
    const second = proofOf(duty, tokyo('2026-05-01'));
    expect(newest([first, second])).toBe(second);
    expect(newest([second, first])).toBe(second);
  });

  it('does not depend on the order of the list', () => {
    const records = fc
      .array(fc.integer({ min: 0, max: 5 }))
      .map((days) => days.map((day) => proofOf(duty, new Date(day * 86_400_000))));
    fc.assert(
      fc.property(
        records.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          expect(newest(shuffled)).toBe(newest(list));
        },
      ),
    );
  });
});
