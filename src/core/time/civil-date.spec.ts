import * as fc from 'fast-check';
import { civilDates } from '../../../test/support/arbitrary-dates';
import {
  addDays,
  addMonths,
  civilDateOf,
  civilDateParts,
  compareDates,
  dayOfWeek,
  daysBetween,
  daysInMonth,
  earlierOf,
  isCivilDate,
  laterOf,
  parseCivilDate,
} from './civil-date';

describe('a civil date', () => {
  it.each(['1900-01-01', '2200-12-31', '2024-02-29', '2000-02-29', '2026-02-28', '2026-04-30', '2026-12-31'])(
    'accepts %s',
    (text) => {
      expect(isCivilDate(text)).toBe(true);
      expect(parseCivilDate(text)).toBe(text);
    },
  );

  it.each([
    ['2026-02-29', 'the day must be 01 to 28'],
    ['2026-02-30', 'the day must be 01 to 28'],
    ['2024-02-30', 'the day must be 01 to 29'],
    ['1900-02-29', 'the day must be 01 to 28'],
    ['2100-02-29', 'the day must be 01 to 28'],
    ['2026-04-31', 'the day must be 01 to 30'],
    ['2026-01-32', 'the day must be 01 to 31'],
    ['2026-01-00', 'the day must be 01 to 31'],
    ['2026-00-10', 'the month must be 01 to 12'],
    ['2026-13-10', 'the month must be 01 to 12'],
    ['1899-12-31', 'the year must be 1900 to 2200'],
    ['2201-01-01', 'the year must be 1900 to 2200'],
    ['0000-00-00', 'the year must be 1900 to 2200'],
    ['', 'expected YYYY-MM-DD'],
    ['2026-1-1', 'expected YYYY-MM-DD'],
    ['2026/01/01', 'expected YYYY-MM-DD'],
    ['20260101', 'expected YYYY-MM-DD'],
    [' 2026-01-01', 'expected YYYY-MM-DD'],
    ['2026-01-01\n', 'expected YYYY-MM-DD'],
    ['2026-01-01T00:00:00Z', 'expected YYYY-MM-DD'],
    ['２０２６-01-01', 'expected YYYY-MM-DD'],
    ['+002026-01-01', 'expected YYYY-MM-DD'],
  ])('refuses %j because %s', (text, problem) => {
    expect(isCivilDate(text)).toBe(false);
    expect(() => parseCivilDate(text)).toThrow(new RangeError(`${JSON.stringify(text)} is not a date: ${problem}`));
  });

  it.each([undefined, null, 20260101, new Date(0), ['2026-01-01'], {}])('is not %p', (value) => {
    expect(isCivilDate(value)).toBe(false);
  });

  it('reports refusals as range errors', () => expect(() => parseCivilDate('2026-02-30')).toThrow(RangeError));

  it('is the same after being taken apart and put together', () => {
    fc.assert(fc.property(civilDates(), (date) => expect(civilDateOf(civilDateParts(date))).toBe(date)));
  });

  it('cannot be put together from pieces of no day', () => {
    expect(() => civilDateOf({ year: 2026, month: 2, day: 29 })).toThrow('"2026-02-29" is not a date');
    expect(() => civilDateOf({ year: 2026, month: 1.5, day: 1 })).toThrow(RangeError);
    expect(() => civilDateOf({ year: NaN, month: 1, day: 1 })).toThrow(RangeError);
  });
});

describe('adding days', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-01'],
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2024-02-29', 1, '2024-03-01'],
    ['2100-02-28', 1, '2100-03-01'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2024-03-01', -1, '2024-02-29'],
    ['1970-01-01', -1, '1969-12-31'],
    ['2026-05-03', 0, '2026-05-03'],
    ['2026-01-01', 365, '2027-01-01'],
    ['2024-01-01', 366, '2025-01-01'],
    ['1900-01-01', 109937, '2200-12-31'],
  ])('%s %+i days is %s', (date, days, expected) => expect(addDays(date, days)).toBe(expected));

  it('is undone by subtracting them, and moves by just as many days', () => {
    fc.assert(
      fc.property(civilDates('1950-01-01', '2150-12-31'), fc.integer({ min: -18000, max: 18000 }), (date, days) => {
        const moved = addDays(date, days);
        expect(addDays(moved, -days)).toBe(date);
        expect(daysBetween(date, moved)).toBe(days);
        expect(Math.sign(compareDates(moved, date))).toBe(Math.sign(days));
      }),
    );
  });

  it('refuses to leave the supported years', () => {
    expect(() => addDays('2200-12-31', 1)).toThrow('"2201-01-01" is not a date: the year must be 1900 to 2200');
    expect(() => addDays('1900-01-01', -1)).toThrow(RangeError);
    expect(() => addDays('2026-01-01', Number.MAX_SAFE_INTEGER)).toThrow(RangeError);
  });

  it.each([0.5, NaN, Infinity])('refuses %p days', (days) => {
    expect(() => addDays('2026-01-01', days)).toThrow(new RangeError(`${days} is not a whole number of days`));
  });
});

describe('adding months', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-01-30', 1, '2026-02-28'],
    ['2026-01-29', 1, '2026-02-28'],
    ['2026-01-28', 1, '2026-02-28'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2026-03-31', 1, '2026-04-30'],
    ['2026-05-31', -3, '2026-02-28'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2096-02-29', 48, '2100-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-11-30', 0, '2026-11-30'],
    ['2026-11-30', 13, '2027-12-30'],
    ['2026-01-01', -25, '2023-12-01'],
  ])('%s %+i months is %s', (date, months, expected) => expect(addMonths(date, months)).toBe(expected));

  it('keeps the day of the month, or ends on the last day of a shorter month', () => {
    fc.assert(
      fc.property(civilDates('1950-01-01', '2150-12-31'), fc.integer({ min: -600, max: 600 }), (date, months) => {
        const from = civilDateParts(date);
        const to = civilDateParts(addMonths(date, months));
        expect(to.year * 12 + to.month - (from.year * 12 + from.month)).toBe(months);
        expect(to.day).toBe(Math.min(from.day, daysInMonth(to.year, to.month)));
      }),
    );
  });

  it('keeps the order of dates', () => {
    fc.assert(
      fc.property(
        civilDates('1950-01-01', '2149-12-31'),
        fc.nat({ max: 40 }),
        fc.nat({ max: 600 }),
        (date, days, months) => {
          expect(addMonths(date, months) <= addMonths(addDays(date, days), months)).toBe(true);
          expect(addMonths(date, months) >= date).toBe(true);
        },
      ),
    );
  });

  it('refuses to leave the supported years, and broken numbers', () => {
    expect(() => addMonths('2200-12-01', 1)).toThrow('"2201-01-01" is not a date');
    expect(() => addMonths('1900-01-01', -1)).toThrow('"1899-12-01" is not a date');
    expect(() => addMonths('2026-01-01', -30_000)).toThrow(RangeError);
    expect(() => addMonths('2026-01-01', Number.MAX_SAFE_INTEGER)).toThrow(RangeError);
    expect(() => addMonths('2026-01-01', 1.5)).toThrow(new RangeError('1.5 is not a whole number of months'));
    expect(() => addMonths('2026-02-30', 1)).toThrow('"2026-02-30" is not a date');
  });
});

describe('days between', () => {
  it.each([
    ['2026-05-03', '2026-05-03', 0],
    ['2026-05-03', '2026-05-04', 1],
    ['2026-05-04', '2026-05-03', -1],
    ['2026-01-01', '2027-01-01', 365],
    ['2024-01-01', '2025-01-01', 366],
    ['2000-02-28', '2000-03-01', 2],
    ['2100-02-28', '2100-03-01', 1],
  ])('%s and %s are %i', (from, to, expected) => expect(daysBetween(from, to)).toBe(expected));

  it('refuses text that is no date on either side', () => {
    expect(() => daysBetween('2026-02-30', '2026-03-01')).toThrow('"2026-02-30"');
    expect(() => daysBetween('2026-03-01', 'tomorrow')).toThrow('"tomorrow"');
  });
});

describe('comparing dates', () => {
  it('sorts earliest first', () => {
    expect(['2027-01-01', '2026-12-31', '2026-02-01', '2026-10-01'].sort(compareDates)).toEqual([
      '2026-02-01',
      '2026-10-01',
      '2026-12-31',
      '2027-01-01',
    ]);
  });

  it('agrees with the days between them', () => {
    fc.assert(
      fc.property(civilDates(), civilDates(), (a, b) => {
        expect(compareDates(a, b)).toBe(Math.sign(daysBetween(b, a)));
      }),
    );
  });

  it('gives the earliest and the latest of any number', () => {
    expect(earlierOf('2026-05-03')).toBe('2026-05-03');
    expect(earlierOf('2026-05-03', '2026-05-02', '2026-05-04')).toBe('2026-05-02');
    expect(laterOf('2026-05-03')).toBe('2026-05-03');
    expect(laterOf('2026-05-03', '2026-05-02', '2026-05-04')).toBe('2026-05-04');
  });
});

describe('the day of the week', () => {
  it.each([
    ['1900-01-01', 1],
    ['1969-12-31', 3],
    ['1970-01-01', 4],
    ['2024-02-29', 4],
    ['2026-05-03', 0],
    ['2026-05-09', 6],
    ['2200-12-31', 3],
  ])('of %s is %i', (date, expected) => expect(dayOfWeek(date)).toBe(expected));

  it('moves on by one a day', () => {
    fc.assert(
      fc.property(civilDates('1900-01-01', '2200-12-30'), (date) => {
        expect(dayOfWeek(addDays(date, 1))).toBe((dayOfWeek(date) + 1) % 7);
      }),
    );
  });
});

describe('the length of a month', () => {
  it.each([
    [2026, 1, 31],
    [2026, 2, 28],
    [2024, 2, 29],
    [2000, 2, 29],
    [2100, 2, 28],
    [2026, 4, 30],
    [2026, 12, 31],
  ])('%i-%i has %i days', (year, month, expected) => expect(daysInMonth(year, month)).toBe(expected));
});
