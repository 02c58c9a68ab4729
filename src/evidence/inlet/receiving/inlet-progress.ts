import type { NewRun } from '../../../obligations/intake/run-intake';
import type { Inlet } from '../inlet.entity';
import { judgementOf } from '../schedule/inlet-judgement';

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
  | 'emptyAt'
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

/** The inlet after the list of a store that holds nothing: whatever was told of before, nothing can be recovered from there now. */
export function afterEmptyStore<T extends InletProgress>(inlet: T, at: Date): T {
  return { ...afterRuns(inlet, [], at), emptyAt: at };
}

function afterRun<T extends InletProgress>(inlet: T, run: NewRun): T {
  const begunAt = run.startedAt ?? run.performedAt;
  if (run.outcome === 'RUNNING') return { ...inlet, runningStartedAt: begunAt, runningRunId: run.runId };
  const ended = inlet.runningRunId === run.runId || (inlet.runningStartedAt && inlet.runningStartedAt <= begunAt);
  const newest = !inlet.lastRunAt || begunAt >= inlet.lastRunAt;
  const good = run.outcome === 'PASSED' && (!inlet.lastGoodAt || begunAt > inlet.lastGoodAt);
  return {
    ...inlet,
    ...(ended && { runningStartedAt: null, runningRunId: null }),
    ...(newest && { lastOutcome: run.outcome, lastRunAt: begunAt }),
    ...(good && { lastGoodAt: begunAt }),
    ...(run.kind === 'BACKUP' && run.outcome === 'PASSED' && { emptyAt: null }),
  };
}

/** The columns by which it stands at an instant, beside those of `inlet`. `since` moves when the state does. */
export function standing(
  inlet: Parameters<typeof judgementOf>[0] & Pick<Inlet, 'state' | 'since'>,
  asOf: Date,
): Pick<Inlet, 'state' | 'reason' | 'since' | 'nextDueAt' | 'attentionAt'> {
  const judgement = judgementOf(inlet, asOf);
  return { ...judgement, since: judgement.state === inlet.state ? inlet.since : asOf };
}
