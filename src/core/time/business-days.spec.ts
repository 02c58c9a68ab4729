import * as fc from 'fast-check';
import { civilDates } from '../../../test/support/arbitrary-dates';
import { addBusinessDays, businessDaysBetween, isBusinessDay } from './business-days';
import { addDays, type CivilDate } from './civil-date';

// Friday 1 May 2026 is followed by a weekend and three holidays; the next business day is Thursday 7 May.
const goldenWeek = new Set(['2026-05-03', '2026-05-04', '2026-05-05', '2026-05-06']);
const inGoldenWeek = (date: CivilDate): boolean => goldenWeek.has(date);

const dates = civilDates('2020-01-01', '2040-12-31');
const counts = fc.integer({ min: -60, max: 60 });
const holidayRules = fc
  .uniqueArray(fc.nat({ max: 30 }), { maxLength: 12 })
  .map((days) => (date: CivilDate) => days.includes(Number(date.slice(8))));

describe('a business day', () => {
  it.each([
    ['2026-05-01', true],
    ['2026-05-02', false],
    ['2026-05-03', false],
    ['2026-05-04', false],
    ['2026-05-06', false],
    ['2026-05-07', true],
    ['2026-05-08', true],
    ['2026-05-09', false],
    ['2026-05-10', false],
    ['2026-05-11', true],
  ])('%s: %p', (date, expected) => expect(isBusinessDay(date, inGoldenWeek)).toBe(expected));
});

describe('adding business days', () => {
  it.each([
    ['2026-05-01', 0, '2026-05-01'],
    ['2026-05-02', 0, '2026-05-07'],
    ['2026-05-06', 0, '2026-05-07'],
    ['2026-05-01', 1, '2026-05-07'],
    ['2026-05-02', 1, '2026-05-07'],
    ['2026-05-04', 1, '2026-05-07'],
    ['2026-05-07', 1, '2026-05-08'],
    ['2026-05-08', 1, '2026-05-11'],
    ['2026-05-01', 3, '2026-05-11'],
    ['2026-04-27', 5, '2026-05-07'],
    ['2026-05-07', -1, '2026-05-01'],
    ['2026-05-06', -1, '2026-05-01'],
    ['2026-05-02', -1, '2026-05-01'],
    ['2026-05-01', -1, '2026-04-30'],
    ['2026-05-11', -3, '2026-05-01'],
  ])('%s %+i is %s', (date, count, expected) => expect(addBusinessDays(date, count, inGoldenWeek)).toBe(expected));

  it('ends on a business day, on the right side of the start', () => {
    fc.assert(
      fc.property(dates, counts, holidayRules, (date, count, isHoliday) => {
        const reached = addBusinessDays(date, count, isHoliday);
        expect(isBusinessDay(reached, isHoliday)).toBe(true);
        if (count > 0) expect(reached > date).toBe(true);
        else if (count < 0) expect(reached < date).toBe(true);
        else expect(reached >= date).toBe(true);
      }),
    );
  });

  it('adds up, and is undone by subtracting, from a business day', () => {
    fc.assert(
      fc.property(dates, counts, counts, holidayRules, (date, first, second, isHoliday) => {
        const start = addBusinessDays(date, 0, isHoliday);
        const there = addBusinessDays(start, first, isHoliday);
        expect(addBusinessDays(there, second, isHoliday)).toBe(addBusinessDays(start, first + second, isHoliday));
        expect(addBusinessDays(there, -first, isHoliday)).toBe(start);
      }),
    );
  });

  it('keeps the order of days', () => {
    fc.assert(
      fc.property(dates, fc.nat({ max: 20 }), counts, holidayRules, (date, days, count, isHoliday) => {
        const later = addDays(date, days);
        expect(addBusinessDays(date, count, isHoliday) <= addBusinessDays(later, count, isHoliday)).toBe(true);
      }),
    );
  });

  it('refuses broken counts, and gives up where the calendar ends', () => {
    expect(() => addBusinessDays('2026-05-01', 1.5, inGoldenWeek)).toThrow(
      new RangeError('1.5 is not a whole number of business days'),
    );
    expect(() => addBusinessDays('2200-12-30', 3, () => false)).toThrow(RangeError);
    expect(() => addBusinessDays('2199-01-01', 0, () => true)).toThrow(RangeError);
  });
});

describe('business days between', () => {
  it.each([
    ['2026-05-01', '2026-05-01', 0],
    ['2026-05-01', '2026-05-06', 0],
    ['2026-05-01', '2026-05-07', 1],
    ['2026-05-01', '2026-05-11', 3],
    ['2026-05-02', '2026-05-07', 1],
    ['2026-05-08', '2026-05-10', 0],
    ['2026-05-04', '2026-05-10', 2],
    ['2026-05-07', '2026-05-01', -1],
    ['2026-05-06', '2026-05-02', 0],
    ['2026-05-10', '2026-05-04', -2],
  ])('%s and %s are %i', (from, to, expected) => {
    expect(businessDaysBetween(from, to, inGoldenWeek)).toBe(expected);
  });

  it('are as many as were added', () => {
    fc.assert(
      fc.property(dates, counts, holidayRules, (date, count, isHoliday) => {
        fc.pre(count !== 0);
        expect(businessDaysBetween(date, addBusinessDays(date, count, isHoliday), isHoliday)).toBe(count);
      }),
    );
  });

  it('refuses text that is no date on either side', () => {
    expect(() => businessDaysBetween('2026-02-30', '2026-03-01', inGoldenWeek)).toThrow('"2026-02-30"');
    expect(() => businessDaysBetween('2026-03-01', 'someday', inGoldenWeek)).toThrow('"someday"');
  });
});
