import { TIERS, compareTiers } from './tier';

describe('tiers', () => {
  it('are listed most important first', () => {
    expect(TIERS).toEqual(['HIGH', 'MODERATE', 'LOW']);
  });

  it('sort most important first from any order', () => {
    expect(['LOW', 'HIGH', 'MODERATE', 'HIGH', 'LOW'].sort(compareTiers as (a: string, b: string) => number)).toEqual([
      'HIGH',
      'HIGH',
      'MODERATE',
      'LOW',
      'LOW',
    ]);
  });

  it.each([
    ['HIGH', 'MODERATE', -1],
    ['HIGH', 'LOW', -1],
    ['MODERATE', 'LOW', -1],
    ['LOW', 'HIGH', 1],
    ['MODERATE', 'MODERATE', 0],
  ] as const)('%s against %s', (a, b, sign) => {
    expect(Math.sign(compareTiers(a, b))).toBe(sign);
  });
});
