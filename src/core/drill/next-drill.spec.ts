import { isPlannedFor, proposedDay } from './next-drill';

const isHoliday = (day: string): boolean => day === '2026-11-23';
const duty = (dueOn: string) => ({ dueOn, types: ['FUNCTIONAL', 'FULL_SCALE'] as const });

describe('the next drill', () => {
  it.each([
    ['two weeks before the due day', '2027-01-29', '2027-01-15'],
    ['on the working day before a weekend', '2027-01-31', '2027-01-15'],
    ['on the working day before a holiday', '2026-12-07', '2026-11-20'],
  ])('is proposed %s', (_when, dueOn, expected) => {
    expect(proposedDay(duty(dueOn), '2026-11-01', isHoliday)).toBe(expected);
  });

  it('is proposed for the next working day when the due day is near or past', () => {
    expect(proposedDay(duty('2026-11-25'), '2026-11-20', isHoliday)).toBe('2026-11-24');
    expect(proposedDay(duty('2026-01-01'), '2026-11-24', isHoliday)).toBe('2026-11-25');
  });

  it('is planned already when one of an accepted type comes in time', () => {
    expect(isPlannedFor(duty('2027-01-31'), { type: 'FULL_SCALE', on: '2027-01-31' })).toBe(true);
    expect(isPlannedFor(duty('2027-01-31'), { type: 'FUNCTIONAL', on: '2027-02-01' })).toBe(false);
    expect(isPlannedFor(duty('2027-01-31'), { type: 'TABLETOP', on: '2027-01-15' })).toBe(false);
  });
});
