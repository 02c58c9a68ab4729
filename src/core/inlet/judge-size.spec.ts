import { judgeSize, type SizedRun } from './judge-size';

const runs = (sizes: readonly number[], more: Partial<SizedRun> = {}): SizedRun[] =>
  sizes.map((sizeBytes) => ({ sizeBasis: 'restic full', sizeBytes, anomalous: false, ...more }));
const STEADY = [100, 101, 99, 102, 100, 98, 101, 100];
const judge = (sizeBytes: number, before: SizedRun[], sizeBasis = 'restic full') =>
  judgeSize({ sizeBasis, sizeBytes }, before)?.code ?? null;

describe('the size of a run beside the median of its like', () => {
  it.each([
    ['the same', 100, null],
    ['a tenth more', 110, null],
    ['twice as much', 200, 'SIZE_GREW'],
    ['half as much', 50, 'SIZE_SHRUNK'],
    ['nothing', 0, 'SIZE_ZERO'],
  ])('%s', (_, size, anomaly) => {
    expect(judge(size, runs(STEADY))).toBe(anomaly);
  });

  it('is told with what is usual', () => {
    const run = { sizeBasis: 'restic full', sizeBytes: 50 };
    expect(judgeSize(run, runs(STEADY))).toEqual({ code: 'SIZE_SHRUNK', usualBytes: 100 });
    expect(judgeSize({ ...run, sizeBytes: 0 }, runs([300]))).toEqual({ code: 'SIZE_ZERO', usualBytes: 300 });
  });

  it('says nothing with fewer than seven to compare with', () => {
    expect(judge(1, runs(STEADY.slice(0, 6)))).toBeNull();
    expect(judge(1, runs(STEADY.slice(0, 7)))).toBe('SIZE_SHRUNK');
  });

  it('compares with what is of the same tool, field and kind only', () => {
    expect(judge(5, runs(STEADY), 'restic incremental')).toBeNull();
  });

  it('does not take to a new level by itself: what was out of the ordinary is no measure', () => {
    expect(judge(50, [...runs([50, 50, 50, 50, 50, 50, 50], { anomalous: true }), ...runs(STEADY)])).toBe(
      'SIZE_SHRUNK',
    );
  });

  it('allows for what varies from day to day', () => {
    expect(judge(210, runs([100, 180, 90, 160, 120, 200, 80, 140]))).toBeNull();
  });
});
