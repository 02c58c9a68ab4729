import { gradeRecoveryPoint, recoveryPointLimits } from './recovery-point';

const POINT_AT = new Date('2026-05-01T00:00:00Z');
const HOUR = 3_600_000;
const after = (millis: number): Date => new Date(POINT_AT.getTime() + millis);

describe('the grade of a recovery point with an objective of one hour', () => {
  it.each([
    ['at its own instant', 0, 'FINE'],
    ['one millisecond before the objective', HOUR - 1, 'FINE'],
    ['at a ratio of exactly 1', HOUR, 'FINE'],
    ['one millisecond after a ratio of 1', HOUR + 1, 'LATE'],
    ['at a ratio of exactly 2', 2 * HOUR, 'LATE'],
    ['one millisecond after a ratio of 2', 2 * HOUR + 1, 'CRITICAL'],
    ['a year later', 8760 * HOUR, 'CRITICAL'],
  ] as const)('%s', (_, age, grade) => {
    expect(gradeRecoveryPoint(POINT_AT, 60, after(age))).toBe(grade);
  });

  it('names the last instants at which it is fine and late', () => {
    expect(recoveryPointLimits(POINT_AT, 60)).toEqual({ lateAt: after(HOUR), criticalAt: after(2 * HOUR) });
  });
});
