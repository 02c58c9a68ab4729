import { type DeclaredCopy, judgeCopiesSeen } from './judge-copies-seen';

const NOW = new Date('2026-11-23T00:00:00Z');
const ago = (hours: number): Date => new Date(NOW.getTime() - hours * 3_600_000);
const offsite: DeclaredCopy = { site: '大阪', protective: true, reported: true, newestPointAt: ago(3) };

describe('copies that protect in a way of their own, with an objective of a day', () => {
  it.each<[string, Partial<DeclaredCopy>, string[]]>([
    ['fresh', {}, []],
    ['a day old', { newestPointAt: ago(24) }, []],
    ['older', { newestPointAt: ago(25) }, ['COPY_OUTDATED']],
    ['reported of, without any point', { newestPointAt: null }, ['COPY_OUTDATED']],
    ['that nobody reports of', { reported: false, newestPointAt: null }, ['COPY_NOT_REPORTED']],
    ['beside the system itself, that nobody reports of', { protective: false, reported: false }, []],
  ])('%s', (_, facts, codes) => {
    expect(judgeCopiesSeen([{ ...offsite, ...facts }], 1440, NOW).map(({ code }) => code)).toEqual(codes);
  });
});
