import { type InletJudgement, judgeInlet } from '../../../core/inlet/judge-inlet';
import type { Inlet } from '../inlet.entity';
import { nextSlot } from './next-slot';

/** The columns that decide how an inlet stands. */
export type InletRow = Pick<
  Inlet,
  | 'scheduleKind'
  | 'schedule'
  | 'timeZone'
  | 'graceMinutes'
  | 'createdAt'
  | 'firstSignalAt'
  | 'lastOutcome'
  | 'lastRunAt'
  | 'lastGoodAt'
  | 'runningStartedAt'
  | 'refused'
  | 'lastRefusedAt'
  | 'lost'
  | 'unusual'
>;

/** The columns of an `InletRow`, and those that `standing` compares with, as SQL. */
export const INLET_ROW = `schedule_kind AS "scheduleKind", schedule, time_zone AS "timeZone", grace_minutes AS "graceMinutes", created_at AS "createdAt",
    first_signal_at AS "firstSignalAt", last_outcome AS "lastOutcome", last_run_at AS "lastRunAt", last_good_at AS "lastGoodAt",
    running_started_at AS "runningStartedAt", refused, last_refused_at AS "lastRefusedAt", lost, unusual, state, since`;

/** Clocks differ: a run that began this much before its time is the run of that time. */
const EARLY_MS = 5 * 60_000;
const MINUTE_MS = 60_000;

/** How an inlet stands at `asOf`; its schedule counts from the last run that passed, or from when it was made. */
export function judgementOf(inlet: InletRow, asOf: Date): InletJudgement {
  return judgeInlet(
    {
      slotAt: nextSlotOf(inlet),
      graceMinutes: inlet.graceMinutes,
      heard: inlet.firstSignalAt !== null,
      lastOutcome: inlet.lastOutcome,
      lastRunAt: inlet.lastRunAt,
      runningStartedAt: inlet.runningStartedAt,
      refused: inlet.refused,
      lastRefusedAt: inlet.lastRefusedAt,
      lost: inlet.lost,
      unusual: inlet.unusual,
    },
    asOf,
  );
}

function nextSlotOf({
  scheduleKind: kind,
  schedule: expression,
  timeZone,
  graceMinutes,
  lastGoodAt,
  createdAt,
}: InletRow): Date {
  const early = kind === 'INTERVAL' ? 0 : Math.min(EARLY_MS, (graceMinutes * MINUTE_MS) / 2);
  const after = lastGoodAt ? new Date(lastGoodAt.getTime() + early) : createdAt;
  return nextSlot({ kind, expression, timeZone }, after);
}
