import type { CalendarEntry } from './calendar-entry';
import { icalLine, icalText } from './ical-text';
import { renderFeed } from './render-feed';

const AT = new Date('2028-02-28T01:02:03.456Z');
const entry: CalendarEntry = {
  ...{ uid: 'duty-1@sonae', time: { on: '2028-02-29' }, title: 'a,b;c\\d', description: 'one\r\ntwo' },
  ...{ url: 'https://s.example/名', category: '期限', alarms: ['PT9H'] },
};
const text = (more: Partial<CalendarEntry> = {}, endedAt: Date | null = null): string =>
  renderFeed({
    ...{ name: '期限', description: '', refresh: 'PT4H' },
    told: [{ entry: { ...entry, ...more }, sequence: 3, changedAt: AT, endedAt }],
  });

describe('a feed', () => {
  it('has whole days that end before the next, over a leap day too', () => {
    expect(text()).toContain('DTSTART;VALUE=DATE:20280229\r\nDTEND;VALUE=DATE:20280301\r\n');
  });

  it('has drills in UTC, over a change of the clocks of a zone too', () => {
    const drill = text({ time: { startsAt: '2027-03-28T00:30:00.000Z', minutes: 90 } });
    expect(drill).toContain('DTSTART:20270328T003000Z\r\nDTEND:20270328T020000Z\r\n');
  });

  it('reminds of what goes on and not of what has ended', () => {
    expect(text()).toContain('STATUS:CONFIRMED\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:PT9H\r\n');
    expect(text({}, AT)).toContain('STATUS:CANCELLED\r\nEND:VEVENT\r\n');
  });

  it('says when and how often an entry changed', () => {
    expect(text()).toContain('DTSTAMP:20280228T010203Z\r\nLAST-MODIFIED:20280228T010203Z\r\nSEQUENCE:3\r\n');
  });

  it('escapes what would be read as something else', () => {
    expect(text()).toContain('SUMMARY:a\\,b\\;c\\\\d\r\nDESCRIPTION:one\\ntwo\r\n');
    expect(text({ title: 'x\r\nEND:VEVENT' })).toContain('SUMMARY:x\\nEND：VEVENT\r\n');
  });
});

describe('a text', () => {
  it('has no control characters, and every kind of line end as one', () => {
    expect(icalText('a\u0000b\u0007c\u0085d\u2028e\rf\tg\ud800h')).toBe('abc\\nd\\ne\\nf\tg\ufffdh');
  });
});

describe('a line', () => {
  it('is folded at 75 octets without splitting a character', () => {
    const line = `SUMMARY:${'避難訓練🔥'.repeat(40)}`;
    const folded = icalLine(line);
    const parts = folded.slice(0, -2).split('\r\n');
    expect(Math.max(...parts.map((part) => Buffer.byteLength(part)))).toBeLessThanOrEqual(75);
    expect(folded).not.toContain('\ufffd');
    expect(folded.slice(0, -2).replaceAll('\r\n ', '')).toBe(line);
  });
});
