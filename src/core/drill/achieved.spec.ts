import { achieved, achievedOf, asMeasured } from './achieved';

describe('what a system has achieved', () => {
  it('is never measured until something is', () => {
    expect(achieved([], 240)).toEqual({
      ...{ measured: 0, last: null, best: null, worst: null, trend: null, withinTarget: null },
    });
  });

  it('tells a claim of 4 hours from a best of 9', () => {
    expect(achieved([700, 540, 600], 240)).toEqual({
      ...{ measured: 3, last: 600, best: 540, worst: 700, trend: 'WORSE', withinTarget: false },
    });
  });

  it.each([
    [[300, 200], 'BETTER'],
    [[200, 300], 'WORSE'],
    [[200, 200], 'SAME'],
    [[200], null],
  ] as const)('of %j is %s', (minutes, trend) => {
    expect(achieved(minutes, 240).trend).toBe(trend);
  });

  it('claims nothing without a target, and a target is kept to the minute', () => {
    expect(achieved([10], null).withinTarget).toBeNull();
    expect([achieved([240], 240).withinTarget, achieved([241], 240).withinTarget]).toEqual([true, false]);
  });

  it('has no time and no point for what was not recovered, and both for what was merely too slow', () => {
    const tried = { at: new Date('2026-11-23T00:00:00Z'), rtaMinutes: 1, rpaMinutes: 30 };
    expect(asMeasured({ ...tried, recovered: false })).toMatchObject({ rtaMinutes: null, rpaMinutes: null });
    expect(asMeasured({ ...tried, recovered: true })).toMatchObject({ rtaMinutes: 1, rpaMinutes: 30 });
  });

  it('leaves out what was not measured, for each target by itself', () => {
    const at = new Date('2026-11-23T00:00:00Z');
    const points = [
      { at, rtaMinutes: 100, rpaMinutes: null },
      { at, rtaMinutes: null, rpaMinutes: 30 },
      { at, rtaMinutes: 90, rpaMinutes: 60 },
    ];
    const { rta, rpa } = achievedOf(points, { rtoMinutes: 95, rpoMinutes: 45 });
    expect([rta.measured, rta.last, rta.withinTarget]).toEqual([2, 90, true]);
    expect([rpa.measured, rpa.worst, rpa.withinTarget]).toEqual([2, 60, false]);
  });
});
