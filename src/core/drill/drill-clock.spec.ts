import { achievedMinutes, elapsedMs, lostMinutes, type RunTimes } from './drill-clock';

const at = (time: string): Date => new Date(`2026-11-23T${time}Z`);
const RUN: RunTimes = { startedAt: at('01:00:00'), pausedAt: null, pausedSeconds: 0, finishedAt: null };
const minutes = (times: Partial<RunTimes>, asOf: string): number => elapsedMs({ ...RUN, ...times }, at(asOf)) / 60_000;

describe('the clock of a run', () => {
  it('stands at nothing while it is prepared', () => {
    expect(minutes({ startedAt: null }, '05:00:00')).toBe(0);
  });

  it('runs, stands while it is paused, and leaves pauses out afterwards', () => {
    expect(minutes({}, '01:30:00')).toBe(30);
    expect(minutes({ pausedAt: at('01:30:00') }, '03:00:00')).toBe(30);
    expect(minutes({ pausedSeconds: 90 * 60 }, '03:10:00')).toBe(40);
    expect(minutes({ pausedSeconds: 90 * 60, pausedAt: at('03:10:00') }, '09:00:00')).toBe(40);
  });

  it('stands still once it has finished', () => {
    expect(minutes({ finishedAt: at('02:00:00') }, '09:00:00')).toBe(60);
  });
});

describe('what was achieved', () => {
  it('counts a begun minute as a whole one', () => {
    expect(achievedMinutes('FUNCTIONAL', { ...RUN, finishedAt: at('05:00:00') }, at('09:00:00'))).toBe(240);
    expect(achievedMinutes('FULL_SCALE', { ...RUN, finishedAt: at('05:00:01') }, at('09:00:00'))).toBe(241);
    expect(achievedMinutes(null, { ...RUN, finishedAt: at('05:00:00') }, at('09:00:00'))).toBe(240);
  });

  it.each(['TABLETOP', 'NOTIFICATION'] as const)('is nothing for a %s, which recovers nothing', (type) => {
    expect(achievedMinutes(type, { ...RUN, finishedAt: at('05:00:00') }, at('09:00:00'))).toBeNull();
  });

  it('is the age of the restored data when the service was lost', () => {
    expect(lostMinutes(at('01:00:00'), at('00:15:30'))).toBe(45);
    expect(lostMinutes(at('01:00:00'), null)).toBeNull();
    expect(lostMinutes(null, at('00:15:00'))).toBeNull();
  });
});
