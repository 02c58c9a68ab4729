import { formatBytes, formatDate, formatInstant } from './format';

describe('a date in words', () => {
  it.each([
    ['ja', '2026-11-26', 'GREGORIAN', '2026年11月26日（木）'],
    ['ja', '2026-11-26', 'JAPANESE', '令和8年11月26日（木）'],
    ['ja', '2019-05-01', 'JAPANESE', '令和元年5月1日（水）'],
    ['ja', '2019-04-30', 'JAPANESE', '平成31年4月30日（火）'],
    ['en', '2026-11-26', 'GREGORIAN', 'Thu, 26 Nov 2026'],
    ['en', '2026-11-26', 'JAPANESE', 'Thu, 26 Nov 2026'],
  ] as const)('in %s of %s in the calendar %s is %s', (locale, date, calendar, expected) => {
    expect(formatDate(locale, date, calendar)).toBe(expected);
  });

  it('is Gregorian where nobody has chosen', () => {
    expect(formatDate('ja', '2026-11-26')).toBe('2026年11月26日（木）');
  });

  it('with a time of day is that of the zone, on the day that it is there', () => {
    const at = new Date('2019-04-30T15:30:00Z');
    expect(formatInstant('ja', at, 'Asia/Tokyo', 'JAPANESE')).toBe('令和元年5月1日（水） 00:30');
    expect(formatInstant('ja', at, 'UTC', 'JAPANESE')).toBe('平成31年4月30日（火） 15:30');
  });
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [999.96e3, '1 MB'],
  [1_536_000, '1.5 MB'],
  [48_112_773_120, '48.1 GB'],
  [5e21, '5000 EB'],
])('%d bytes are %s', (bytes, expected) => {
  expect(formatBytes(bytes)).toBe(expected);
});
