import { forecastCurve } from './forecast';

const [FROM, UNTIL] = ['2026-04-01', '2026-06-30'];

describe('the curve of systems that are not ready if nobody acts', () => {
  it('is flat where nothing falls due', () => {
    expect(forecastCurve(3, [], FROM, UNTIL)).toEqual([
      { on: FROM, notReady: 3 },
      { on: UNTIL, notReady: 3 },
    ]);
  });

  it('adds up the systems that fall, in the order of the days', () => {
    const falls = [
      { on: '2026-05-02', systems: 2 },
      { on: '2026-04-02', systems: 1 },
    ];
    expect(forecastCurve(3, falls, FROM, UNTIL)).toEqual([
      { on: FROM, notReady: 3 },
      { on: '2026-04-02', notReady: 4 },
      { on: '2026-05-02', notReady: 6 },
      { on: UNTIL, notReady: 6 },
    ]);
  });

  it('ends with the fall of the last day, and says that day once', () => {
    expect(forecastCurve(0, [{ on: UNTIL, systems: 5 }], FROM, UNTIL)).toEqual([
      { on: FROM, notReady: 0 },
      { on: UNTIL, notReady: 5 },
    ]);
  });
});
