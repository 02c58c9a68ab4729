import * as fc from 'fast-check';
import { civilDates } from '../../../test/support/arbitrary-dates';
import { daysBetween } from './civil-date';
import {
  addPeriod,
  approximateDays,
  comparePeriods,
  formatMinutes,
  formatPeriod,
  parseMinutes,
  parsePeriod,
} from './duration';

const periods = fc.record({ months: fc.nat({ max: 600 }), days: fc.nat({ max: 18_000 }) });

describe('reading a period', () => {
  it.each([
    ['P1Y', 12, 0],
    ['P6M', 6, 0],
    ['P12M', 12, 0],
    ['P18M', 18, 0],
    ['P30D', 0, 30],
    ['P2W', 0, 14],
    ['P1Y6M', 18, 0],
    ['P1Y10D', 12, 10],
    ['P1M15D', 1, 15],
    ['P1Y2M3D', 14, 3],
    ['P0D', 0, 0],
    ['P007D', 0, 7],
    ['P100Y', 1200, 0],
    ['P1200M', 1200, 0],
    ['P36524D', 0, 36_524],
  ])('%s is %i months and %i days', (text, months, days) => expect(parsePeriod(text)).toEqual({ months, days }));

  it.each([
    ['PT4H', 'a period has no time part'],
    ['P1DT4H', 'a period has no time part'],
    ['P1DT', 'a period has no time part'],
    ['P101Y', 'it must not exceed 100 years'],
    ['P100Y1D', 'it must not exceed 100 years'],
    ['P36525D', 'it must not exceed 100 years'],
    [`P${'9'.repeat(400)}M`, 'it must not exceed 100 years'],
    ...['', 'P', '1Y', 'Y', 'p1y', 'P1y', '-P1Y', 'P-1Y', '+P1Y', 'P1.5Y', 'P1,5Y', 'P1M1Y', 'P1D1M', 'P1Y1Y'].map(
      (text): [string, string] => [text, 'expected whole years, months and days, or weeks, such as P1Y6M, P30D or P2W'],
    ),
    ...['P1W1D', 'P1Y1W', ' P1Y', 'P1Y ', 'P1Y\n', 'P 1Y', 'P１Y', 'monthly'].map((text): [string, string] => [
      text,
      'expected whole years, months and days, or weeks, such as P1Y6M, P30D or P2W',
    ]),
  ])('refuses %j because %s', (text, problem) => {
    expect(() => parsePeriod(text)).toThrow(new RangeError(`${JSON.stringify(text)} is not a period: ${problem}`));
  });
});

describe('writing a period', () => {
  it.each([
    ['P12M', 'P1Y'],
    ['P18M', 'P1Y6M'],
    ['P11M', 'P11M'],
    ['P24M', 'P2Y'],
    ['P2W', 'P14D'],
    ['P45D', 'P45D'],
    ['P365D', 'P365D'],
    ['P1Y0M0D', 'P1Y'],
    ['P13M1D', 'P1Y1M1D'],
    ['P0M', 'P0D'],
  ])('%s becomes %s', (text, canonical) => expect(formatPeriod(parsePeriod(text))).toBe(canonical));

  it('gives text that reads back as the same period', () => {
    fc.assert(fc.property(periods, (period) => expect(parsePeriod(formatPeriod(period))).toEqual(period)));
  });
});

describe('adding a period', () => {
  it.each([
    ['2026-01-31', 'P1M', '2026-02-28'],
    ['2024-01-31', 'P1M', '2024-02-29'],
    ['2026-01-31', 'P1M1D', '2026-03-01'],
    ['2026-01-30', 'P1M1D', '2026-03-01'],
    ['2026-02-28', 'P1M1D', '2026-03-29'],
    ['2024-02-29', 'P1Y', '2025-02-28'],
    ['2024-02-29', 'P4Y', '2028-02-29'],
    ['2026-08-31', 'P6M', '2027-02-28'],
    ['2026-03-31', 'P3M', '2026-06-30'],
    ['2026-02-22', 'P7D', '2026-03-01'],
    ['2026-12-31', 'P1W', '2027-01-07'],
    ['2026-05-03', 'P0D', '2026-05-03'],
  ])('%s + %s is %s', (date, text, expected) => expect(addPeriod(date, parsePeriod(text))).toBe(expected));

  it('never goes back, and goes further for a longer period of the same kind', () => {
    fc.assert(
      fc.property(civilDates('1950-01-01', '2050-12-31'), periods, (date, period) => {
        const reached = addPeriod(date, period);
        expect(reached >= date).toBe(true);
        expect(addPeriod(date, { ...period, days: period.days + 1 }) > reached).toBe(true);
        expect(addPeriod(date, { ...period, months: period.months + 1 }) > reached).toBe(true);
      }),
    );
  });
});

describe('comparing periods', () => {
  it.each([
    ['P1D', 'P1W'],
    ['P7D', 'P1M'],
    ['P4W', 'P1M'],
    ['P30D', 'P1M'],
    ['P1M', 'P31D'],
    ['P60D', 'P2M'],
    ['P2M', 'P61D'],
    ['P90D', 'P3M'],
    ['P3M', 'P92D'],
    ['P3M', 'P6M'],
    ['P6M', 'P1Y'],
    ['P365D', 'P1Y'],
    ['P1Y', 'P366D'],
    ['P1Y', 'P1Y1D'],
    ['P4Y', 'P1461D'],
    ['P0D', 'P1D'],
  ])('%s is shorter than %s', (shorter, longer) => {
    expect(comparePeriods(parsePeriod(shorter), parsePeriod(longer))).toBe(-1);
    expect(comparePeriods(parsePeriod(longer), parsePeriod(shorter))).toBe(1);
  });

  it.each([
    ['P12M', 'P1Y'],
    ['P2W', 'P14D'],
    ['P0M', 'P0D'],
  ])('%s is as long as %s', (a, b) => expect(comparePeriods(parsePeriod(a), parsePeriod(b))).toBe(0));

  it('is a total order, in which only equal periods tie', () => {
    fc.assert(
      fc.property(periods, periods, periods, (a, b, c) => {
        expect(comparePeriods(a, b) + comparePeriods(b, a)).toBe(0);
        expect(comparePeriods(a, b) === 0).toBe(a.months === b.months && a.days === b.days);
        const [first, second, third] = [a, b, c].sort(comparePeriods);
        expect(comparePeriods(first!, second!)).toBeLessThanOrEqual(0);
        expect(comparePeriods(second!, third!)).toBeLessThanOrEqual(0);
        expect(comparePeriods(first!, third!)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('calls a period the shorter one only when from some first of a month it really is', () => {
    const firsts = Array.from({ length: 1200 }, (_, month) =>
      new Date(Date.UTC(2000, month, 1)).toISOString().slice(0, 10),
    );
    const short = fc.record({ months: fc.nat({ max: 24 }), days: fc.nat({ max: 70 }) });
    fc.assert(
      fc.property(short, short, (a, b) => {
        const [lesser, greater] = comparePeriods(a, b) < 0 ? [a, b] : [b, a];
        fc.pre(comparePeriods(a, b) !== 0);
        const gains = firsts.map((first) => daysBetween(addPeriod(first, lesser), addPeriod(first, greater)));
        expect(Math.max(...gains)).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['P7D', 7],
    ['P1M', 30],
    ['P2M', 61],
    ['P3M', 91],
    ['P6M', 183],
    ['P1Y', 365],
    ['P2Y', 731],
    ['P1M15D', 45],
    ['P0D', 0],
  ])('takes %s for about %i days', (text, days) => expect(approximateDays(parsePeriod(text))).toBe(days));
});

it('reports refusals as range errors', () => {
  expect(() => parsePeriod('PT4H')).toThrow(RangeError);
  expect(() => parseMinutes('P1M')).toThrow(RangeError);
  expect(() => formatMinutes(-1)).toThrow(RangeError);
});

describe('reading minutes', () => {
  it.each([
    ['PT4H', 240],
    ['PT12H', 720],
    ['PT24H', 1440],
    ['PT72H', 4320],
    ['P1D', 1440],
    ['P7D', 10_080],
    ['P1W', 10_080],
    ['PT90M', 90],
    ['P1DT12H', 2160],
    ['P1DT1M', 1441],
    ['PT1H30M', 90],
    ['PT60S', 1],
    ['PT1M120S', 3],
    ['PT1H0M0S', 60],
    ['PT0M', 0],
    ['P0D', 0],
    ['PT0S', 0],
    ['PT015M', 15],
    ['P36525D', 52_596_000],
  ])('%s is %i', (text, minutes) => expect(parseMinutes(text)).toBe(minutes));

  const shape = 'expected whole days, hours and minutes, or weeks, such as PT4H, P7D or P1DT12H';
  it.each([
    ['P1M', 'years and months have no fixed length; use days or hours'],
    ['P1Y', 'years and months have no fixed length; use days or hours'],
    ['P1Y6M', 'years and months have no fixed length; use days or hours'],
    ['P1MT4H', 'years and months have no fixed length; use days or hours'],
    ['PT90S', 'seconds must make whole minutes'],
    ['PT1H1S', 'seconds must make whole minutes'],
    ['P36526D', 'it must not exceed 36525 days'],
    ['P36525DT1M', 'it must not exceed 36525 days'],
    [`PT${'9'.repeat(400)}H`, 'it must not exceed 36525 days'],
    ...['', 'P', 'PT', 'P1DT', 'T4H', 'PT4', '4H', '240', 'pt4h', '-PT4H', 'PT-4H', 'PT0.5H', 'PT4H '].map(
      (text): [string, string] => [text, shape],
    ),
    ...['PT30M4H', 'PT4H4H', 'P1WT1H', 'P1W1D', 'P4H', 'PT1D', 'PT4H\n', 'PT４H', 'daily'].map(
      (text): [string, string] => [text, shape],
    ),
  ])('refuses %j because %s', (text, problem) => {
    expect(() => parseMinutes(text)).toThrow(new RangeError(`${JSON.stringify(text)} is not a duration: ${problem}`));
  });
});

describe('writing minutes', () => {
  it.each([
    [0, 'PT0M'],
    [1, 'PT1M'],
    [59, 'PT59M'],
    [60, 'PT1H'],
    [90, 'PT1H30M'],
    [240, 'PT4H'],
    [1439, 'PT23H59M'],
    [1440, 'P1D'],
    [1441, 'P1DT1M'],
    [2160, 'P1DT12H'],
    [4320, 'P3D'],
    [10_080, 'P7D'],
  ])('%i becomes %s', (minutes, text) => expect(formatMinutes(minutes)).toBe(text));

  it('gives text that reads back as the same minutes', () => {
    fc.assert(
      fc.property(fc.nat({ max: 52_596_000 }), (minutes) => expect(parseMinutes(formatMinutes(minutes))).toBe(minutes)),
    );
  });

  it.each([-1, 0.5, NaN, Infinity])('refuses %p', (minutes) => {
    expect(() => formatMinutes(minutes)).toThrow(new RangeError(`${minutes} is not a number of whole minutes`));
  });
});
