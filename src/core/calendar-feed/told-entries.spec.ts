import type { CalendarEntry } from './calendar-entry';
import { tell } from './told-entries';

const AT = new Date('2028-02-28T00:00:00Z');
const later = (days: number): Date => new Date(AT.getTime() + days * 86_400_000);
const entry = (more: Partial<CalendarEntry> = {}): CalendarEntry => ({
  ...{ uid: 'duty-1@sonae', time: { on: '2028-02-29' }, title: '見直し', description: '', url: 'https://s.example' },
  ...{ category: '期限', alarms: [] },
  ...more,
});
const never = (): boolean => false;
const first = tell([], [entry()], AT, never).told;

describe('what a feed tells of an entry', () => {
  it('begins at the sequence 0', () => {
    expect(first).toEqual([{ entry: entry(), sequence: 0, changedAt: AT, endedAt: null }]);
  });

  it('stays as it is while nothing changes', () => {
    expect(tell(first, [entry()], later(1), never)).toEqual({ told: first, changed: [] });
  });

  it('has a higher sequence and the same identity on another day', () => {
    const moved = tell(first, [entry({ time: { on: '2028-03-01' } })], later(1), never).told[0];
    expect(moved).toMatchObject({ sequence: 1, changedAt: later(1), entry: { uid: 'duty-1@sonae' } });
  });

  it('is cancelled for 90 days when it is missing, and goes on counting when it is back', () => {
    const ended = tell(first, [], later(1), never).told;
    expect(ended).toMatchObject([{ sequence: 1, endedAt: later(1) }]);
    expect(tell(ended, [], later(90.9), never).told).toEqual(ended);
    expect(tell(ended, [], later(91), never).told).toEqual([]);
    expect(tell(ended, [entry()], later(200), never).told).toMatchObject([{ sequence: 2, endedAt: null }]);
  });

  it('is not cancelled when it is only left out', () => {
    expect(tell(first, [], later(1), () => true)).toEqual({ told: [], changed: [] });
  });
});
