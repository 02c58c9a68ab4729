import type { ScheduleKind } from '../inlet.entity';
import { isSchedule, nextSlot, type Schedule } from './next-slot';

const schedule = (kind: ScheduleKind, expression: string, timeZone = 'Asia/Tokyo'): Schedule => ({
  kind,
  expression,
  timeZone,
});
const next = (each: Schedule, after: string): string => nextSlot(each, new Date(after)).toISOString();

describe('the next run', () => {
  it.each([
    ['an interval', schedule('INTERVAL', 'PT24H'), '2026-11-23T01:02:03Z', '2026-11-24T01:02:03.000Z'],
    ['crontab in Tokyo', schedule('CRON', '30 2 * * *'), '2026-11-23T00:00:00Z', '2026-11-23T17:30:00.000Z'],
    ['every night', schedule('CALENDAR', '02:30'), '2026-11-23T00:00:00Z', '2026-11-23T17:30:00.000Z'],
    ['on working days', schedule('CALENDAR', 'Mon..Fri 02:30'), '2026-11-27T18:00:00Z', '2026-11-29T17:30:00.000Z'],
    ['monthly', schedule('CALENDAR', '*-*-01 04:00'), '2026-11-23T00:00:00Z', '2026-11-30T19:00:00.000Z'],
    ['weekly', schedule('CALENDAR', 'weekly', 'UTC'), '2026-11-26T00:00:00Z', '2026-11-30T00:00:00.000Z'],
  ])('by %s', (_, each, after, slot) => {
    expect(next(each, after)).toBe(slot);
  });

  it('that falls into the hour that summer time leaves out comes after it', () => {
    const nightly = schedule('CRON', '30 2 * * *', 'America/New_York');
    expect(next(nightly, '2026-03-07T12:00:00Z')).toBe('2026-03-08T07:30:00.000Z');
  });

  it('that falls into the hour that comes twice is one', () => {
    const nightly = schedule('CRON', '30 1 * * *', 'America/New_York');
    expect(next(nightly, '2026-10-31T12:00:00Z')).toBe('2026-11-01T05:30:00.000Z');
    expect(next(nightly, '2026-11-01T05:30:00Z')).toBe('2026-11-02T06:30:00.000Z');
  });
});

describe('what is no schedule', () => {
  it.each([
    ['CRON', '30 2 * *'],
    ['CRON', '* * 30 2 * *'],
    ['CRON', '0 0 30 2 *'],
    ['CRON', '61 2 * * *'],
    ['CALENDAR', 'now and then'],
    ['CALENDAR', '25:00'],
    ['INTERVAL', 'PT0S'],
    ['INTERVAL', 'daily'],
  ] as const)('%s %s', (kind, expression) => {
    expect(isSchedule(schedule(kind, expression))).toBe(false);
  });

  it.each([
    ['CRON', '30 2 * * *'],
    ['CALENDAR', 'daily'],
    ['INTERVAL', 'PT1H'],
  ] as const)('unlike %s %s', (kind, expression) => {
    expect(isSchedule(schedule(kind, expression))).toBe(true);
  });
});
