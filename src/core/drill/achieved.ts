/** One measured recovery. Minutes are null when they were not measured. */
export interface AchievedPoint {
  at: Date;
  rtaMinutes: number | null;
  rpaMinutes: number | null;
}

/** A recovery that did not happen has neither time nor point, however long it was tried (domain.md section 4); one that was merely too slow has both. */
export function asMeasured<P extends AchievedPoint & { recovered: boolean }>(point: P): P {
  return point.recovered ? point : { ...point, rtaMinutes: null, rpaMinutes: null };
}

/** BETTER: shorter than the one before. */
export type Trend = 'BETTER' | 'WORSE' | 'SAME';

/** What the measured recoveries of a system say of one target. */
export interface Achieved {
  measured: number;
  last: number | null;
  best: number | null;
  worst: number | null;
  /** The last against the one before; null with fewer than two. */
  trend: Trend | null;
  /** Whether the last one was within what is claimed; null when never measured or nothing is claimed. */
  withinTarget: boolean | null;
}

/** Sums up measured minutes, the oldest first, against a target in minutes. Nothing measured is never within any target. */
export function achieved(minutes: readonly number[], targetMinutes: number | null): Achieved {
  const [last, before] = [minutes.at(-1) ?? null, minutes.at(-2) ?? null];
  return {
    measured: minutes.length,
    last,
    best: last === null ? null : Math.min(...minutes),
    worst: last === null ? null : Math.max(...minutes),
    trend: last === null || before === null ? null : last < before ? 'BETTER' : last > before ? 'WORSE' : 'SAME',
    withinTarget: last === null || targetMinutes === null ? null : last <= targetMinutes,
  };
}

/** Recovery times and recovery points of a system, `points` in the order of their time. */
export function achievedOf(
  points: readonly AchievedPoint[],
  targets: { rtoMinutes: number | null; rpoMinutes: number | null },
): { rta: Achieved; rpa: Achieved } {
  const measured = (of: (point: AchievedPoint) => number | null): number[] =>
    points.map(of).filter((minutes) => minutes !== null);
  return {
    rta: achieved(
      measured(({ rtaMinutes }) => rtaMinutes),
      targets.rtoMinutes,
    ),
    rpa: achieved(
      measured(({ rpaMinutes }) => rpaMinutes),
      targets.rpoMinutes,
    ),
  };
}
