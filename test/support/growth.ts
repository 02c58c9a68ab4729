/**
 * How many times the time of the processor that `work` takes for a length is what it takes for an eighth of it: about 8 where time follows the length, 64 where
 * it follows the square. Of the processor, not of the clock on the wall, which a busy machine stretches; the least of two each, since what a collector of garbage
 * takes is no part of it; and less than `floorMs` counts as that, because little is measured coarsely.
 */
export function growthOfTime(work: (length: number) => void, length: number, floorMs = 20): number {
  const milliseconds = (size: number): number => {
    const begun = process.cpuUsage();
    work(size);
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000;
  };
  const least = (size: number): number => Math.min(milliseconds(size), milliseconds(size));
  // Nobody has called it yet: the first time only warms it.
  work(length / 8);
  return least(length) / Math.max(floorMs, least(length / 8));
}

/** What no work may reach that takes time by its length: far from 8, for noise, and from the 64 of a square. */
export const NEARLY_SQUARE = 40;
