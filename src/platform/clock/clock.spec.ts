import { SettableClock } from '../../../test/support/clock';
import { SystemClock } from './clock';

describe('the system clock', () => {
  it('tells the time of the machine', () => {
    const before = Date.now();
    const now = new SystemClock().now().getTime();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });
});

describe('the settable clock', () => {
  it('stands still', () => {
    const clock = new SettableClock('2026-05-03T00:00:00+09:00');
    expect(clock.now().toISOString()).toBe('2026-05-02T15:00:00.000Z');
    expect(clock.now()).toEqual(clock.now());
  });

  it('advances by days of 24 hours, hours and minutes', () => {
    const clock = new SettableClock(new Date('2026-02-28T23:00:00Z'));
    clock.advance({ days: 1, hours: 1, minutes: 30 });
    expect(clock.now().toISOString()).toBe('2026-03-02T00:30:00.000Z');
    clock.advance({ minutes: 1 });
    expect(clock.now().toISOString()).toBe('2026-03-02T00:31:00.000Z');
  });

  it('is set to an instant, also an earlier one', () => {
    const clock = new SettableClock('2026-05-03T00:00:00Z');
    clock.set('2026-01-01T00:00:00Z');
    expect(clock.now().toISOString()).toBe('2026-01-01T00:00:00.000Z');
  });

  it('is not moved through the instant it gave out', () => {
    const clock = new SettableClock('2026-05-03T00:00:00Z');
    clock.now().setUTCFullYear(1999);
    expect(clock.now().toISOString()).toBe('2026-05-03T00:00:00.000Z');
  });

  it('refuses text that is no instant', () => {
    expect(() => new SettableClock('tomorrow')).toThrow(new RangeError('tomorrow is not an instant'));
  });
});
