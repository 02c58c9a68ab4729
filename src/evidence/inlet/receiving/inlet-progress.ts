import type { Reason } from '../../../core/readiness/reason';
import type { NewRun } from '../../../obligations/intake/run-intake';
import type { Inlet } from '../inlet.entity';
import { OTHERS_LEFT_OUT } from '../reading/own-names';
import { judgementOf } from '../schedule/inlet-judgement';

/** A tool may date one point by its beginning here and by its end there. */
export const SAME_MS = 15 * 60_000;

/** What an inlet knows of what has come in; written with it. */
export type InletProgress = Pick<
  Inlet,
  | 'id'
  | 'firstSignalAt'
  | 'lastSignalAt'
  | 'lastOutcome'
  | 'lastRunAt'
  | 'lastGoodAt'
  | 'runningStartedAt'
  | 'runningRunId'
  | 'refused'
  | 'lastRefusedAt'
  | 'lastRefusal'
  | 'newestPointAt'
  | 'lost'
>;

/** The inlet after a message that was refused: it stays as it was, but for the failure that is to be seen. */
export function afterRefusal<T extends InletProgress>(inlet: T, code: string, at: Date): T {
  return { ...inlet, refused: inlet.refused + 1, lastRefusedAt: at, lastRefusal: code };
}

/** The inlet after a message that was taken, with what is kept of its runs. A run older than the newest known one changes nothing. */
export function afterRuns<T extends InletProgress>(inlet: T, runs: readonly NewRun[], at: Date): T {
  const heard = {
    firstSignalAt: inlet.firstSignalAt ?? at,
    lastSignalAt: at,
    refused: 0,
    lastRefusedAt: null,
    lastRefusal: null,
  };
  return runs.filter(({ flags }) => !flags.includes('FUTURE_TIME')).reduce(afterRun, { ...inlet, ...heard });
}

/**
 * The inlet after the list of all that a store held at an instant, with what is kept of the runs on it. The newest point that was told of is to be there: old ones are
 * pruned, that one never.
 */
export function afterList<T extends InletProgress>(
  inlet: T,
  runs: readonly NewRun[],
  listedAt: Date,
  flags: readonly string[],
): T {
  const { newestPointAt } = inlet;
  const points = runs.flatMap(({ recoveryPointAt }) => recoveryPointAt ?? []);
  const isListed = (point: Date): boolean => points.some((each) => each.getTime() >= point.getTime() - SAME_MS);
  const lost = (
    code: 'INLET_STORE_EMPTY' | 'INLET_NONE_OF_OURS' | 'INLET_POINT_LOST',
    params: Reason['params'],
  ): Reason => ({
    code,
    params: { lastAt: listedAt.toISOString(), ...params },
  });
  const nothing = flags.includes(OTHERS_LEFT_OUT) ? 'INLET_NONE_OF_OURS' : 'INLET_STORE_EMPTY';
  // A list that was made before the point says nothing of it.
  if (newestPointAt && listedAt.getTime() <= newestPointAt.getTime() + SAME_MS) return inlet;
  if (runs.length === 0) return { ...inlet, lost: lost(nothing, {}) };
  if (!newestPointAt || isListed(newestPointAt)) return { ...inlet, lost: null };
  return { ...inlet, lost: lost('INLET_POINT_LOST', { pointAt: newestPointAt.toISOString() }) };
}

function afterRun<T extends InletProgress>(inlet: T, run: NewRun): T {
  const begunAt = run.startedAt ?? run.performedAt;
  if (run.outcome === 'RUNNING') return { ...inlet, runningStartedAt: begunAt, runningRunId: run.runId };
  const ended = inlet.runningRunId === run.runId || (inlet.runningStartedAt && inlet.runningStartedAt <= begunAt);
  const newest = !inlet.lastRunAt || begunAt >= inlet.lastRunAt;
  const good = isAwaited(inlet, run) && run.outcome === 'PASSED' && (!inlet.lastGoodAt || begunAt > inlet.lastGoodAt);
  return {
    ...inlet,
    ...(ended && { runningStartedAt: null, runningRunId: null }),
    ...(newest && { lastOutcome: run.outcome, lastRunAt: begunAt }),
    ...(good && { lastGoodAt: begunAt }),
    ...afterPoint(inlet, run),
  };
}

/** Where backups are reported, the check that runs after one of them meets no slot of the next. */
const isAwaited = ({ newestPointAt }: InletProgress, { kind }: NewRun): boolean =>
  kind === 'BACKUP' || newestPointAt === null;

/** A newer point than any before stands for the one that was lost. */
function afterPoint(
  { newestPointAt }: InletProgress,
  { kind, outcome, recoveryPointAt }: NewRun,
): Partial<InletProgress> {
  if (kind !== 'BACKUP' || outcome !== 'PASSED' || !recoveryPointAt) return {};
  return newestPointAt && recoveryPointAt <= newestPointAt ? {} : { newestPointAt: recoveryPointAt, lost: null };
}

/** The columns by which it stands at an instant, beside those of `inlet`. `since` moves when the state does. */
export function standing(
  inlet: Parameters<typeof judgementOf>[0] & Pick<Inlet, 'state' | 'since'>,
  asOf: Date,
): Pick<Inlet, 'state' | 'reason' | 'since' | 'nextDueAt' | 'attentionAt'> {
  const judgement = judgementOf(inlet, asOf);
  return { ...judgement, since: judgement.state === inlet.state ? inlet.since : asOf };
}
