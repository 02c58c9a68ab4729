import type { KeptOutcome } from './evidence';
import { isStrongEnough, type Strength } from './evidence-strength';

/** What two tellings of one run may differ in. Sizes are text: they may exceed what a number holds. */
export interface RunTelling {
  outcome: KeptOutcome;
  strength: Strength;
  startedAt: Date | null;
  finishedAt: Date | null;
  recoveryPointAt: Date | null;
  sizeBytes: string | null;
  storedBytes: string | null;
  flags: readonly string[];
}

/** Worst first. A run that has ended is told by its end, however it ended. */
const WORST_FIRST: readonly KeptOutcome[] = ['FAILED', 'PARTIAL', 'PASSED', 'RUNNING'];

/** What a run is flagged with while it runs, for as long as it has not ended. */
export const RUNNING_FLAG = 'BACKUP_RUNNING';

/** A list of the store lacks the point that the run made. */
export const POINT_LOST = 'POINT_LOST';

/** A run that did not pass is said to have passed: only a later run may. */
export const CONFLICT = 'CONFLICT';

/**
 * One record of two tellings of the same run (docs/backup-tools.md): the worse outcome, the facts of the first that gives
 * them, and the strength of the stronger. A list that names a recovery point adds nothing to the run that made it, and cannot make good what
 * went wrong in it. Null when the later telling says nothing new.
 */
export function mergeRuns<T extends RunTelling>(kept: T, told: T): T | null {
  const ended = kept.outcome === 'RUNNING' && told.outcome !== 'RUNNING';
  if (ended) {
    const flags = union(kept.flags, told.flags).filter((flag) => flag !== RUNNING_FLAG);
    return { ...told, startedAt: told.startedAt ?? kept.startedAt, flags };
  }
  if (told.outcome === 'RUNNING') return null;
  const outcome = WORST_FIRST.find((each) => each === kept.outcome || each === told.outcome) ?? kept.outcome;
  const contradicts = outcome === kept.outcome && told.outcome === 'PASSED' && kept.outcome !== 'PASSED';
  // A list tells partial and whole points alike, so that it contradicts nothing.
  const conflict = contradicts && told.strength !== 'LISTED' ? [CONFLICT] : [];
  const merged = {
    ...kept,
    outcome,
    strength: isStrongEnough(kept.strength, told.strength) ? kept.strength : told.strength,
    startedAt: kept.startedAt ?? told.startedAt,
    finishedAt: kept.finishedAt ?? told.finishedAt,
    recoveryPointAt: outcome === 'FAILED' ? null : (kept.recoveryPointAt ?? told.recoveryPointAt),
    sizeBytes: kept.sizeBytes ?? told.sizeBytes,
    storedBytes: kept.storedBytes ?? told.storedBytes,
    flags: conflict.length > 0 || outcome !== kept.outcome ? union(kept.flags, told.flags, conflict) : kept.flags,
  };
  return same(kept, merged) ? null : merged;
}

/** A run whose point is not in its store any more: nothing rests on it. */
export function asLost<T extends Pick<RunTelling, 'flags'> & { usable: boolean }>(run: T): T {
  return { ...run, usable: false, flags: union(run.flags, [POINT_LOST]) };
}

/** A run that is on a list of its store: the same, unless it was lost before. */
export function asListed<T extends Pick<RunTelling, 'flags'> & { usable: boolean }>(run: T): T {
  if (!run.flags.includes(POINT_LOST)) return run;
  return { ...run, usable: true, flags: run.flags.filter((flag) => flag !== POINT_LOST) };
}

function union(...lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())];
}

function same(a: RunTelling, b: RunTelling): boolean {
  const told = ({ outcome, strength, sizeBytes, storedBytes, flags, ...times }: RunTelling): string =>
    [
      ...[outcome, strength, sizeBytes, storedBytes, ...flags],
      ...[times.startedAt, times.finishedAt, times.recoveryPointAt].map((at) => at?.getTime() ?? null),
    ].join(' ');
  return told(a) === told(b);
}
