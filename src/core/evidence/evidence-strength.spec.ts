import { STRENGTHS, isStrongEnough } from './evidence-strength';

describe('evidence strength', () => {
  it('ascends from a claim to a restored system whose content was checked', () => {
    expect(STRENGTHS).toEqual([
      'DECLARED',
      'LISTED',
      'COMPLETED',
      'STRUCTURE_CHECKED',
      'DATA_CHECKED',
      'RESTORED',
      'VALIDATED',
    ]);
  });

  const pairs = STRENGTHS.flatMap((strength, i) =>
    STRENGTHS.map((minimum, j) => ({ strength, minimum, enough: i >= j })),
  );

  it.each(pairs)('$strength where $minimum is the minimum: $enough', ({ strength, minimum, enough }) => {
    expect(isStrongEnough(strength, minimum)).toBe(enough);
  });
});
