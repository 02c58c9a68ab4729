import type { KeptOutcome } from '../evidence/evidence';
import type { Reason } from '../readiness/reason';

/** How it stands with what a tool is to report, worst first. */
export const INLET_STATES = ['FAILING', 'STUCK', 'MISSED', 'UNUSUAL', 'LATE', 'RUNNING', 'ON_TIME', 'WAITING'] as const;
export type InletState = (typeof INLET_STATES)[number];

/** What decides it. */
export interface InletFacts {
  /** When the next run is to begin after the last that passed, or after the inlet was made. */
  slotAt: Date;
  graceMinutes: number;
  /** Whether anything has ever come in. */
  heard: boolean;
  /** Of the newest run that has ended, and when it began. */
  lastOutcome: KeptOutcome | null;
  lastRunAt: Date | null;
  /** When the run began that has not ended yet. */
  runningStartedAt: Date | null;
  /** Messages refused since the last that was accepted. */
  refused: number;
  lastRefusedAt: Date | null;
  /** What a list last said that is not there any more; null once it is, or a newer point is. */
  lost: Reason | null;
  /** In what its newest backup is out of the ordinary. */
  unusual: Reason | null;
}

export interface InletJudgement {
  state: InletState;
  reason: Reason;
  /** When the next run is to begin. */
  nextDueAt: Date;
  /** The next instant at which time alone changes it; null when it cannot. */
  attentionAt: Date | null;
}

const MINUTE_MS = 60_000;

/**
 * How an inlet stands at an instant (docs/backup-tools.md): a slot is met by the first run that passes and began in it; LATE until its grace
 * is over, MISSED after. Grace also bounds how long a run may take. A failure and a refused message show at once; silence shows by itself. A backup out of the
 * ordinary is one that passed: it is to be looked at, and what it proves it proves.
 */
export function judgeInlet(facts: InletFacts, asOf: Date): InletJudgement {
  const { slotAt, graceMinutes, lastRunAt, runningStartedAt } = facts;
  const missedAt = after(slotAt, graceMinutes);
  const stuckAt = runningStartedAt && after(runningStartedAt, graceMinutes);
  const nextChange = [slotAt, missedAt, stuckAt].filter((at): at is Date => at !== null && at >= asOf);
  // At the limit itself it still holds; the first millisecond after, it does not.
  const next = nextChange.reduce<Date | null>((first, at) => (!first || at < first ? at : first), null);
  const judged = (state: InletState, reason: Reason): InletJudgement => ({
    state,
    reason,
    nextDueAt: slotAt,
    attentionAt: next && new Date(next.getTime() + 1),
  });
  if (facts.refused > 0)
    return judged('FAILING', {
      code: 'INLET_REFUSED',
      params: { count: facts.refused, lastAt: iso(facts.lastRefusedAt) },
    });
  if (stuckAt && asOf > stuckAt)
    return judged('STUCK', { code: 'INLET_STUCK', params: { startedAt: iso(runningStartedAt), graceMinutes } });
  if (facts.lastOutcome === 'FAILED' || facts.lastOutcome === 'PARTIAL')
    return judged('FAILING', { code: `INLET_RUN_${facts.lastOutcome}`, params: { lastAt: iso(lastRunAt) } });
  if (facts.lost) return judged('FAILING', facts.lost);
  const due = { dueAt: iso(slotAt), graceMinutes };
  if (asOf > missedAt)
    return judged('MISSED', { code: facts.heard ? 'INLET_MISSED' : 'INLET_NEVER_HEARD', params: due });
  if (facts.unusual) return judged('UNUSUAL', facts.unusual);
  if (runningStartedAt)
    return judged('RUNNING', { code: 'INLET_RUNNING', params: { startedAt: iso(runningStartedAt) } });
  if (!facts.heard) return judged('WAITING', { code: 'INLET_WAITING', params: { dueAt: iso(slotAt) } });
  if (asOf > slotAt) return judged('LATE', { code: 'INLET_LATE', params: due });
  // What came in told of no run that has ended: of others only, or of the future.
  if (!lastRunAt) return judged('WAITING', { code: 'INLET_NO_RUN', params: { dueAt: iso(slotAt) } });
  return judged('ON_TIME', { code: 'INLET_ON_TIME', params: { lastAt: iso(lastRunAt), dueAt: iso(slotAt) } });
}

const after = (instant: Date, minutes: number): Date => new Date(instant.getTime() + minutes * MINUTE_MS);
const iso = (instant: Date | null): string | null => instant?.toISOString() ?? null;
