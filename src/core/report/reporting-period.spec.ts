import { isRunning, periodBefore, periodOf, periodsToReport } from './reporting-period';

const days = ({ startsOn, endsOn }: { startsOn: string; endsOn: string }): string => `${startsOn}/${endsOn}`;

describe('the period a day lies in', () => {
  it('is the calendar month, to its last day', () => {
    expect(days(periodOf('MONTH', '2026-11-23'))).toBe('2026-11-01/2026-11-30');
    expect(days(periodOf('MONTH', '2028-02-29'))).toBe('2028-02-01/2028-02-29');
    expect(days(periodOf('MONTH', '2026-12-31'))).toBe('2026-12-01/2026-12-31');
  });

  it('is the quarter of the fiscal year, the last of which lies in the next calendar year', () => {
    expect(days(periodOf('QUARTER', '2026-04-01'))).toBe('2026-04-01/2026-06-30');
    expect(days(periodOf('QUARTER', '2026-12-31'))).toBe('2026-10-01/2026-12-31');
    expect(days(periodOf('QUARTER', '2027-03-31'))).toBe('2027-01-01/2027-03-31');
  });

  it('is the fiscal year from 1 April to 31 March', () => {
    expect(days(periodOf('FISCAL_YEAR', '2027-03-31'))).toBe('2026-04-01/2027-03-31');
    expect(days(periodOf('FISCAL_YEAR', '2027-04-01'))).toBe('2027-04-01/2028-03-31');
  });

  it('runs to the end of its last day', () => {
    const november = periodOf('MONTH', '2026-11-01');
    expect([isRunning(november, '2026-11-30'), isRunning(november, '2026-12-01')]).toEqual([true, false]);
  });

  it('follows the one before without a gap', () => {
    expect(days(periodBefore(periodOf('MONTH', '2026-01-15')))).toBe('2025-12-01/2025-12-31');
    expect(days(periodBefore(periodOf('QUARTER', '2026-04-15')))).toBe('2026-01-01/2026-03-31');
    expect(days(periodBefore(periodOf('FISCAL_YEAR', '2026-04-15')))).toBe('2025-04-01/2026-03-31');
  });
});

describe('the periods to report on', () => {
  const months = (today: string, reported: string | null): string[] =>
    periodsToReport('MONTH', today, reported, 12).map(({ startsOn }) => startsOn);

  it('are the last one where nothing has been reported', () => {
    expect(months('2026-12-01', null)).toEqual(['2026-11-01']);
    expect(months('2026-11-30', null)).toEqual(['2026-10-01']);
  });

  it('are none while the one that follows the last report runs', () => {
    expect(months('2026-12-31', '2026-11-01')).toEqual([]);
    expect(months('2027-01-01', '2026-11-01')).toEqual(['2026-12-01']);
  });

  it('are all that were missed, the oldest first, and no more than the limit', () => {
    expect(months('2027-02-10', '2026-10-01')).toEqual(['2026-11-01', '2026-12-01', '2027-01-01']);
    expect(periodsToReport('MONTH', '2027-02-10', '2020-01-01', 2).map(({ startsOn }) => startsOn)).toEqual([
      '2026-12-01',
      '2027-01-01',
    ]);
  });
});
