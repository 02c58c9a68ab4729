import { DrillType } from '../evidence/evidence';
import { RESTORING } from './drill-readiness';

/** The times of a run as far as its clock is concerned. */
export interface RunTimes {
  /** When the clock began; what was prepared before does not count. Null while it is being prepared. */
  startedAt: Date | null;
  /** Null while it is not paused. */
  pausedAt: Date | null;
  /** How long it was paused before that. */
  pausedSeconds: number;
  finishedAt: Date | null;
}

const MINUTE_MS = 60_000;

/** How long the clock of a run has run at `asOf`, in milliseconds: without preparation and pauses. */
export function elapsedMs({ startedAt, pausedAt, pausedSeconds, finishedAt }: RunTimes, asOf: Date): number {
  if (!startedAt) return 0;
  const until = finishedAt ?? pausedAt ?? asOf;
  return Math.max(0, until.getTime() - startedAt.getTime() - pausedSeconds * 1000);
}

/** Begun minutes count as whole ones: 240 minutes and a second are longer than an RTO of 4 hours. */
export function wholeMinutes(ms: number): number {
  return Math.ceil(ms / MINUTE_MS);
}

/**
 * RTA: the minutes that a run took to recover. Null for what is only talked through or called: a tabletop of an hour has recovered nothing.
 * A real outage (type null) always has one.
 */
export function achievedMinutes(type: DrillType | null, times: RunTimes, asOf: Date): number | null {
  if (!times.startedAt || (type !== null && !RESTORING.includes(type))) return null;
  return wholeMinutes(elapsedMs(times, asOf));
}

/** RPA: how old the restored data was when the service was lost, in minutes; null when either is not known. */
export function lostMinutes(startedAt: Date | null, recoveryPointAt: Date | null): number | null {
  if (!startedAt || !recoveryPointAt) return null;
  return Math.max(0, wholeMinutes(startedAt.getTime() - recoveryPointAt.getTime()));
}
