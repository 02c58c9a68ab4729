import * as fc from 'fast-check';
import { civilDates } from '../../../test/support/arbitrary-dates';
import { addDays, daysBetween } from '../time/civil-date';
import { fiscalYearEnd, fiscalYearOf } from '../time/fiscal-year';
import { dueBy, nextDue, reopenedDue } from './next-due';

describe('the next due day counted from the day performed', () => {
  it.each([
    ['2026-01-31', 'P1M', '2026-02-28'],
    ['2028-01-31', 'P1M', '2028-02-29'],
    ['2026-01-30', 'P1M', '2026-02-28'],
    ['2026-02-28', 'P1M', '2026-03-28'],
    ['2026-03-31', 'P1M', '2026-04-30'],
    ['2026-05-31', 'P1M', '2026-06-30'],
    ['2026-12-31', 'P1M', '2027-01-31'],
    ['2028-02-29', 'P12M', '2029-02-28'],
    ['2028-02-29', 'P1Y', '2029-02-28'],
    ['2028-02-29', 'P48M', '2032-02-29'],
    ['2027-02-28', 'P12M', '2028-02-28'],
    ['2026-08-31', 'P6M', '2027-02-28'],
    ['2026-11-30', 'P3M', '2027-02-28'],
    ['2026-05-01', 'P7D', '2026-05-08'],
    ['2028-02-26', 'P7D', '2028-03-04'],
    ['2026-04-01', 'P24M', '2028-04-01'],
  ])('%s + %s is %s', (performedOn, cadence, dueOn) => {
    expect(nextDue(performedOn, cadence)).toBe(dueOn);
  });

  it('is never earlier for proof given later', () => {
    const days = civilDates('2000-01-01', '2100-12-31');
    fc.assert(
      fc.property(days, days, fc.constantFrom('P7D', 'P1M', 'P3M', 'P6M', 'P12M', 'P24M'), (a, b, cadence) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        for (const anchor of ['LAST_DONE', 'FISCAL_YEAR'] as const)
          expect(nextDue(early, cadence, anchor) <= nextDue(late, cadence, anchor)).toBe(true);
      }),
    );
  });
});

describe('the next due day anchored to the fiscal year', () => {
  it.each([
    ['2026-04-01', 'P12M', '2028-03-31'],
    ['2026-12-10', 'P12M', '2028-03-31'],
    ['2027-03-31', 'P12M', '2028-03-31'],
    ['2027-04-01', 'P12M', '2029-03-31'],
    ['2026-04-01', 'P6M', '2027-03-31'],
    ['2026-09-30', 'P6M', '2027-03-31'],
    ['2026-10-01', 'P6M', '2027-09-30'],
    ['2026-03-31', 'P6M', '2026-09-30'],
    ['2026-05-15', 'P3M', '2026-09-30'],
    ['2026-12-31', 'P3M', '2027-03-31'],
    ['2026-01-31', 'P1M', '2026-02-28'],
    ['2028-01-05', 'P1M', '2028-02-29'],
    ['2026-06-01', 'P24M', '2029-03-31'],
    ['2026-06-01', 'P18M', '2028-03-31'],
    ['2026-05-01', 'P7D', '2026-05-08'],
    ['2026-05-01', 'P2W', '2026-05-15'],
  ])('%s + %s is %s', (performedOn, cadence, dueOn) => {
    expect(nextDue(performedOn, cadence, 'FISCAL_YEAR')).toBe(dueOn);
  });

  it('is the end of the following fiscal year for a yearly duty', () => {
    fc.assert(
      fc.property(civilDates('2000-01-01', '2100-12-31'), (day) => {
        expect(nextDue(day, 'P12M', 'FISCAL_YEAR')).toBe(fiscalYearEnd(fiscalYearOf(day) + 1));
      }),
    );
  });

  it('is never earlier than counted from the day, and later by less than the cadence', () => {
    const months = fc.constantFrom(1, 2, 3, 4, 6, 12, 24);
    fc.assert(
      fc.property(civilDates('2000-01-01', '2100-12-31'), months, (day, count) => {
        const counted = nextDue(day, `P${count}M`);
        const anchored = nextDue(day, `P${count}M`, 'FISCAL_YEAR');
        expect(daysBetween(counted, anchored)).toBeGreaterThanOrEqual(0);
        expect(daysBetween(counted, anchored)).toBeLessThan(31 * count);
        expect(addDays(anchored, 1).slice(8)).toBe('01');
      }),
    );
  });
});

describe('a change of what was reviewed', () => {
  it.each([
    ['never happened', '2026-12-01', '2026-06-01', null, '2026-12-01'],
    ['before the review', '2026-12-01', '2026-06-01', '2026-05-31', '2026-12-01'],
    ['on the day of the review', '2026-12-01', '2026-06-01', '2026-06-01', '2026-12-01'],
    ['the day after', '2026-12-01', '2026-06-01', '2026-06-02', '2026-07-02'],
    ['so late that the due day comes first', '2026-12-01', '2026-06-01', '2026-11-15', '2026-12-01'],
    ['exactly thirty days before the due day', '2026-12-01', '2026-06-01', '2026-11-01', '2026-12-01'],
    ['thirty-one days before the due day', '2026-12-01', '2026-06-01', '2026-10-31', '2026-11-30'],
    ['of what is reviewed only once', null, '2026-06-01', '2026-08-01', '2026-08-31'],
    ['of what is reviewed only once, before it', null, '2026-06-01', '2026-05-01', null],
  ])('%s', (_, dueOn, performedOn, changedOn, expected) => {
    expect(reopenedDue(dueOn, performedOn, changedOn, 'P30D')).toBe(expected);
  });
});

describe('a day set for the next proof', () => {
  it.each([
    ['2027-11-26', '2026-11-26', '2027-05-26', '2027-05-26'],
    ['2027-03-01', '2026-11-26', '2027-05-26', '2027-03-01'],
    [null, '2026-11-26', '2027-05-26', '2027-05-26'],
    ['2028-05-26', '2027-05-26', '2027-05-26', '2028-05-26'],
    ['2027-11-26', '2026-11-26', null, '2027-11-26'],
  ] as const)('due %s, proven %s, set %s: %s', (dueOn, performedOn, byOn, expected) => {
    expect(dueBy(dueOn, performedOn, byOn)).toBe(expected);
  });
});
