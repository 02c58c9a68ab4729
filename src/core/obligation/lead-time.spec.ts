import { RULE_KINDS } from '../policy/rule';
import { leadDays } from './lead-time';

const LONG = [60, 30, 14, 7, 0];

describe('lead times by cadence', () => {
  it.each([
    ['P1D', [0]],
    ['P7D', [0]],
    ['P1W', [0]],
    ['P8D', [3, 0]],
    ['P30D', [3, 0]],
    ['P1M', [3, 0]],
    ['P31D', [3, 0]],
    ['P32D', [14, 7, 1, 0]],
    ['P2M', [14, 7, 1, 0]],
    ['P3M', [14, 7, 1, 0]],
    ['P100D', [14, 7, 1, 0]],
    ['P101D', LONG],
    ['P4M', LONG],
    ['P6M', LONG],
    ['P12M', LONG],
    ['P24M', LONG],
  ])('every %s', (cadence, expected) => {
    expect(leadDays('REVIEW', cadence, 'P30D')).toEqual(expected);
  });

  it('of a drill begin 90 days before, when the cadence is long', () => {
    expect(leadDays('DRILL', 'P12M', 'P30D')).toEqual([90, ...LONG]);
    expect(leadDays('DRILL', 'P101D', 'P30D')).toEqual([90, ...LONG]);
    expect(leadDays('DRILL', 'P3M', 'P30D')).toEqual([14, 7, 1, 0]);
  });

  it.each([
    ['P30D', [3, 0]],
    ['P60D', [14, 7, 1, 0]],
    ['P90D', [14, 7, 1, 0]],
  ])('of what is owed once go by the grace of %s', (grace, expected) => {
    expect(leadDays('APPROVAL', undefined, grace)).toEqual(expected);
  });

  it('of a recovery point are the moment itself', () => {
    expect(leadDays('RECOVERY_POINT', undefined, 'P90D')).toEqual([0]);
  });

  it.each(RULE_KINDS)('of a %s fall and end with the due day', (kind) => {
    const days = leadDays(kind, 'P12M', 'P30D');
    expect([...days].sort((a, b) => b - a)).toEqual(days);
    expect(days.at(-1)).toBe(0);
    expect(new Set(days).size).toBe(days.length);
  });
});
