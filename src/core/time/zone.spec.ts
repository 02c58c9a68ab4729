import * as fc from 'fast-check';
import { civilDates } from '../../../test/support/arbitrary-dates';
import { addDays } from './civil-date';
import { atTimeOfDay, instantsShowing, isTimeOfDay, isTimeZone, localDate, localTimeOfDay, startOfDay } from './zone';

const zones = fc.constantFrom('UTC', ...Intl.supportedValuesOf('timeZone').filter(isTimeZone));
const instants = (first: string, last: string) =>
  fc.date({ min: new Date(first), max: new Date(last), noInvalidDate: true });
const timesOfDay = fc.nat({ max: 1439 }).map((minute) => new Date(minute * 60_000).toISOString().slice(11, 16));

describe('a time zone', () => {
  it.each(['UTC', 'Asia/Tokyo', 'America/Argentina/Buenos_Aires', 'Etc/GMT+9', 'Asia/Calcutta', 'Pacific/Apia'])(
    'is named %s',
    (name) => expect(isTimeZone(name)).toBe(true),
  );

  it.each([
    '',
    'JST',
    'EST',
    'Z',
    '+09:00',
    'Asia/Nowhere',
    'Asia/',
    '/',
    'Asia/Tokyo ',
    'Asia/東京',
    9,
    null,
    undefined,
  ])('is not named %p', (name) => expect(isTimeZone(name)).toBe(false));
});

describe('a time of day', () => {
  it.each(['00:00', '08:30', '19:59', '20:00', '23:59'])('is %s', (text) => expect(isTimeOfDay(text)).toBe(true));

  it.each(['24:00', '8:30', '08:60', '08:30:00', '0830', '', ' 08:30', '08:30\n', 830, null])('is not %p', (text) =>
    expect(isTimeOfDay(text)).toBe(false),
  );
});

describe('the local date and time', () => {
  it.each([
    ['2026-05-02T14:59:59.999Z', 'Asia/Tokyo', '2026-05-02', '23:59'],
    ['2026-05-02T15:00:00.000Z', 'Asia/Tokyo', '2026-05-03', '00:00'],
    ['2026-03-31T15:00:00Z', 'Asia/Tokyo', '2026-04-01', '00:00'],
    ['2026-12-31T23:59:59.999Z', 'UTC', '2026-12-31', '23:59'],
    ['1951-07-01T14:30:00Z', 'Asia/Tokyo', '1951-07-02', '00:30'],
    ['1951-12-31T15:00:00Z', 'Asia/Tokyo', '1952-01-01', '00:00'],
    ['2026-03-08T06:59:59Z', 'America/New_York', '2026-03-08', '01:59'],
    ['2026-03-08T07:00:00Z', 'America/New_York', '2026-03-08', '03:00'],
    ['2026-11-01T05:59:59Z', 'America/New_York', '2026-11-01', '01:59'],
    ['2026-11-01T06:00:00Z', 'America/New_York', '2026-11-01', '01:00'],
    ['2026-01-01T00:00:00Z', 'Asia/Kathmandu', '2026-01-01', '05:45'],
    ['2026-01-01T10:00:00Z', 'Pacific/Kiritimati', '2026-01-02', '00:00'],
    ['2026-01-01T11:59:59Z', 'Etc/GMT+12', '2025-12-31', '23:59'],
    ['1969-12-31T23:59:59.500Z', 'Europe/London', '1970-01-01', '00:59'],
    ['2011-12-30T09:59:59.999Z', 'Pacific/Apia', '2011-12-29', '23:59'],
    ['2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-31', '00:00'],
  ])('at %s in %s is %s %s', (instant, zone, date, time) => {
    expect(localDate(new Date(instant), zone)).toBe(date);
    expect(localTimeOfDay(new Date(instant), zone)).toBe(time);
  });

  it.each(['Asia/Tokyo', 'UTC'])('in %s, where Intl is not asked, is what Intl says', (timeZone) => {
    const intl = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
    fc.assert(
      fc.property(instants('1951-12-31T15:00:00Z', '2200-12-31T14:59:59Z'), (instant) => {
        expect(`${localDate(instant, timeZone)} ${localTimeOfDay(instant, timeZone)}`).toBe(intl.format(instant));
      }),
      { numRuns: 2000 },
    );
  });

  it('is what Intl says in every other zone', () => {
    fc.assert(
      fc.property(instants('1920-01-01', '2100-01-01'), zones, (instant, timeZone) => {
        const intl = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
        expect(`${localDate(instant, timeZone)} ${localTimeOfDay(instant, timeZone)}`).toBe(intl.format(instant));
      }),
      { numRuns: 500 },
    );
  });

  it('refuses an unknown zone, a broken instant and a year out of range', () => {
    expect(() => localDate(new Date('2026-01-01T00:00:00Z'), 'Asia/Nowhere')).toThrow(RangeError);
    expect(() => localDate(new Date(NaN), 'Asia/Tokyo')).toThrow(RangeError);
    expect(() => localDate(new Date(NaN), 'Europe/Berlin')).toThrow(RangeError);
    expect(() => localDate(new Date('2200-12-31T15:00:00Z'), 'Asia/Tokyo')).toThrow('"2201-01-01" is not a date');
  });
});

describe('the start of a day', () => {
  it.each([
    ['2026-05-03', 'Asia/Tokyo', '2026-05-02T15:00:00.000Z', 'an ordinary day'],
    ['1952-01-01', 'Asia/Tokyo', '1951-12-31T15:00:00.000Z', 'the first day of the fixed offset'],
    ['1950-05-07', 'Asia/Tokyo', '1950-05-06T15:00:00.000Z', 'summer time begins at midnight'],
    ['2026-05-03', 'UTC', '2026-05-03T00:00:00.000Z', 'no offset'],
    ['2026-05-03', 'Asia/Kathmandu', '2026-05-02T18:15:00.000Z', 'an offset of 5:45'],
    ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00.000Z', 'the clock jumps later that day'],
    ['2026-03-09', 'America/New_York', '2026-03-09T04:00:00.000Z', 'the day after the jump'],
    ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00.000Z', 'the clock goes back later that day'],
    ['2026-11-02', 'America/New_York', '2026-11-02T05:00:00.000Z', 'the day after it went back'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z', 'midnight is skipped, the day begins at 01:00'],
    ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00.000Z', 'the last hour of the day before comes twice'],
    ['2022-03-27', 'Asia/Beirut', '2022-03-26T22:00:00.000Z', 'midnight is skipped'],
    ['2026-03-08', 'America/Havana', '2026-03-08T05:00:00.000Z', 'midnight is skipped'],
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z', 'midnight comes twice'],
    ['1919-03-31', 'America/Toronto', '1919-03-31T04:30:00.000Z', 'the clock jumps from 23:30 to 00:30'],
    ['2010-11-07', 'America/St_Johns', '2010-11-07T02:30:00.000Z', 'midnight comes twice, a minute of the day between'],
    ['1972-01-07', 'Africa/Monrovia', '1972-01-07T00:44:30.000Z', 'the clock jumps 44 minutes and 30 seconds'],
    ['2011-12-29', 'Pacific/Apia', '2011-12-29T10:00:00.000Z', 'the last day east of the date line'],
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', 'the zone left that day out'],
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', 'the first day west of the date line'],
  ])('%s in %s is %s: %s', (date, zone, expected) => {
    expect(startOfDay(date, zone).toISOString()).toBe(expected);
  });

  it('is on that day, and the millisecond before it is not', () => {
    fc.assert(
      fc.property(civilDates('1952-01-01', '2100-12-31'), zones, (date, zone) => {
        const start = startOfDay(date, zone);
        expect(localDate(start, zone) >= date).toBe(true);
        expect(localDate(new Date(start.getTime() - 1), zone) < date).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('comes in the order of days', () => {
    fc.assert(
      fc.property(civilDates('1952-01-01', '2100-12-30'), zones, (date, zone) => {
        const length = startOfDay(addDays(date, 1), zone).getTime() - startOfDay(date, zone).getTime();
        expect(length).toBeGreaterThanOrEqual(0);
        expect(length).toBeLessThanOrEqual(48 * 3_600_000);
      }),
    );
  });
});

describe('a time of day on a date', () => {
  it.each([
    ['2026-05-03', '08:30', 'Asia/Tokyo', '2026-05-02T23:30:00.000Z', 'an ordinary day'],
    ['2026-03-08', '01:59', 'America/New_York', '2026-03-08T06:59:00.000Z', 'just before the jump'],
    ['2026-03-08', '02:00', 'America/New_York', '2026-03-08T07:00:00.000Z', 'jumped over'],
    ['2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:00:00.000Z', 'jumped over'],
    ['2026-03-08', '03:00', 'America/New_York', '2026-03-08T07:00:00.000Z', 'where the jump ends'],
    ['2026-03-08', '03:01', 'America/New_York', '2026-03-08T07:01:00.000Z', 'just after the jump'],
    ['2026-11-01', '01:30', 'America/New_York', '2026-11-01T05:30:00.000Z', 'comes twice, the first counts'],
    ['2026-11-01', '02:00', 'America/New_York', '2026-11-01T07:00:00.000Z', 'after the repeated hour'],
    ['2026-04-05', '01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z', 'the clock goes back by half an hour'],
    ['2011-12-30', '09:00', 'Pacific/Apia', '2011-12-30T10:00:00.000Z', 'the zone left that day out'],
  ])('%s %s in %s is %s: %s', (date, time, zone, expected) => {
    expect(atTimeOfDay(date, time, zone).toISOString()).toBe(expected);
  });

  it('is what the clock shows there, or later where the clock jumps', () => {
    fc.assert(
      fc.property(civilDates('1952-01-01', '2100-12-31'), timesOfDay, zones, (date, time, zone) => {
        const instant = atTimeOfDay(date, time, zone);
        const shown = `${localDate(instant, zone)} ${localTimeOfDay(instant, zone)}`;
        expect(shown >= `${date} ${time}`).toBe(true);
        const justBefore = new Date(instant.getTime() - 1);
        expect(`${localDate(justBefore, zone)} ${localTimeOfDay(justBefore, zone)}` < `${date} ${time}`).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses broken dates, times and zones', () => {
    expect(() => atTimeOfDay('2026-05-03', '24:00', 'Asia/Tokyo')).toThrow(
      new RangeError('"24:00" is not a time of day: expected HH:mm'),
    );
    expect(() => atTimeOfDay('2026-02-30', '08:30', 'Asia/Tokyo')).toThrow('"2026-02-30" is not a date');
    expect(() => atTimeOfDay('2026-05-03', '08:30', 'Asia/Nowhere')).toThrow(RangeError);
  });
});

describe('the instants that show a local time', () => {
  it.each([
    ['once', 'Asia/Tokyo', '2026-11-23T10:41:57', ['2026-11-23T01:41:57.000Z']],
    ['once, with half an hour in the offset', 'America/St_Johns', '2026-11-22T22:17:14', ['2026-11-23T01:47:14.000Z']],
    [
      'twice, where the clock goes back',
      'America/New_York',
      '2026-11-01T01:30:00',
      ['2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z'],
    ],
    ['never, where the clock jumps over it', 'America/New_York', '2026-03-08T02:30:00', []],
    ['once right before the jump', 'America/New_York', '2026-03-08T01:59:59', ['2026-03-08T06:59:59.000Z']],
  ])('come %s', (_, zone, local, instants) => {
    const shown = instantsShowing(Date.parse(`${local}Z`), zone);
    expect(shown.map((instant) => instant.toISOString())).toEqual(instants);
  });

  it('are those whose clock shows it, for every zone and time', () => {
    fc.assert(
      fc.property(zones, instants('1950-01-01', '2050-01-01'), (zone, instant) => {
        const whole = new Date(Math.floor(instant.getTime() / 60_000) * 60_000);
        const local = Date.parse(`${localDate(whole, zone)}T${localTimeOfDay(whole, zone)}:00Z`);
        const shown = instantsShowing(local, zone);
        for (const one of shown) {
          expect(localDate(one, zone)).toBe(localDate(whole, zone));
          expect(localTimeOfDay(one, zone)).toBe(localTimeOfDay(whole, zone));
        }
      }),
      { numRuns: 300 },
    );
  });
});
