import * as fc from 'fast-check';
import { civilDates } from '../../../test/support/arbitrary-dates';
import { addDays } from './civil-date';
import { fiscalQuarterOf, fiscalYearEnd, fiscalYearOf, fiscalYearStart, nextFiscalYearStart } from './fiscal-year';

describe('the fiscal year', () => {
  it.each([
    ['2026-03-31', 2025, 4, '2026-04-01'],
    ['2026-04-01', 2026, 1, '2027-04-01'],
    ['2026-06-30', 2026, 1, '2027-04-01'],
    ['2026-07-01', 2026, 2, '2027-04-01'],
    ['2026-09-30', 2026, 2, '2027-04-01'],
    ['2026-10-01', 2026, 3, '2027-04-01'],
    ['2026-12-31', 2026, 3, '2027-04-01'],
    ['2027-01-01', 2026, 4, '2027-04-01'],
    ['2028-02-29', 2027, 4, '2028-04-01'],
    ['1900-01-01', 1899, 4, '1900-04-01'],
  ])('of %s is %i, quarter %i, and the next begins on %s', (date, year, quarter, next) => {
    expect(fiscalYearOf(date)).toBe(year);
    expect(fiscalQuarterOf(date)).toBe(quarter);
    expect(nextFiscalYearStart(date)).toBe(next);
  });

  it('runs from 1 April to 31 March', () => {
    expect(fiscalYearStart(2026)).toBe('2026-04-01');
    expect(fiscalYearEnd(2026)).toBe('2027-03-31');
  });

  it('holds the day it belongs to, and the next one follows without a gap', () => {
    fc.assert(
      fc.property(civilDates('1900-04-01', '2199-12-31'), (date) => {
        const year = fiscalYearOf(date);
        expect(fiscalYearStart(year) <= date && date <= fiscalYearEnd(year)).toBe(true);
        expect(addDays(fiscalYearEnd(year), 1)).toBe(nextFiscalYearStart(date));
      }),
    );
  });

  it('refuses text that is no date, and years that are none', () => {
    expect(() => fiscalYearOf('2026-02-30')).toThrow(RangeError);
    expect(() => fiscalYearStart(2026.5)).toThrow(RangeError);
    expect(() => nextFiscalYearStart('2200-04-01')).toThrow('"2201-04-01" is not a date');
  });
});
