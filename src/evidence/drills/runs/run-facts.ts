import { achievedMinutes, elapsedMs, lostMinutes, type RunTimes } from '../../../core/drill/drill-clock';
import { creditDrill, outcomeAgainstCheck, outcomeAgainstRto } from '../../../core/evidence/drill-credit';
import { planSteps } from '../../../core/procedure/step-order';
import type { DrillKind } from '../drill.entity';
import type { RunStatus } from './drill-run.entity';
import type { DrillRunFacts, RunAct } from './dto/drill-run.response';

type Judged = 'rtaMinutes' | 'rpaMinutes' | 'outcome' | 'countsAs' | 'plannedCriticalMinutes';

/** A run as its tables tell it. */
export type StoredRun = Omit<DrillRunFacts, Judged> & RunTimes;

/** A run with what the rules make of it at `asOf`. What a drill counts as is told as if it had been attested. */
export function factsOf(stored: StoredRun, asOf: Date): DrillRunFacts {
  const { pausedAt: _pausedAt, ...run } = stored;
  const { type } = run.drill;
  const rtaMinutes = achievedMinutes(type, stored, asOf);
  const { claimed, checkHeld, checkExpected, checkObserved, startedAt, finishedAt } = run;
  const check = checkExpected && checkObserved ? { expected: checkExpected, observed: checkObserved } : null;
  return {
    ...run,
    rtaMinutes,
    rpaMinutes: lostMinutes(startedAt, run.recoveryPointAt),
    outcome: claimed && outcomeAgainstRto(outcomeAgainstCheck(claimed, checkHeld), rtaMinutes, run.rtoMinutes),
    countsAs: type && creditDrill({ type, startedAt, finishedAt: finishedAt ?? asOf, attestedById: run.id, check }),
    plannedCriticalMinutes: planSteps(run.steps).criticalPathMinutes,
  };
}

export function elapsedSecondsOf(times: RunTimes, asOf: Date): number {
  return Math.floor(elapsedMs(times, asOf) / 1000);
}

interface Standing {
  status: RunStatus;
  kind: DrillKind;
  isPaused: boolean;
  takesPart: boolean;
  mayAttest: boolean;
}

/** What somebody may do with a run where it stands. */
export function offeredActs({ status, kind, isPaused, takesPart, mayAttest }: Standing): RunAct[] {
  if (status === 'COMPLETED')
    return [
      ...(takesPart ? (['note', 'abandon'] as const) : []),
      ...(mayAttest && takesPart ? (['attest'] as const) : []),
    ];
  if (!takesPart) return [];
  if (status === 'PREPARING') return ['begin', 'note', 'abandon'];
  if (status !== 'RUNNING') return [];
  const clock: RunAct[] = isPaused ? ['resume'] : kind === 'OUTAGE' ? ['tick'] : ['pause', 'tick'];
  return [...clock, 'note', 'observe', 'complete', 'abandon'];
}
