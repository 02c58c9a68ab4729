/** A run as the calendar sees it. */
export interface TimedRun {
  startedAt: Date;
  passed: boolean;
}

const MINUTE_MS = 60_000;
/** A schedule of every minute that has been silent for a year says no more than one of a month. */
const MOST = 1_000;

/**
 * The times at which a run was expected and none passed within the grace, oldest first (docs/backup-tools.md): counted on from each run that
 * passed, and from when the source was made.
 * @param runs in any order. @param nextSlot the first time after an instant at which a run is to begin.
 */
export function missedSlots(
  runs: readonly TimedRun[],
  source: { since: Date; graceMinutes: number; nextSlot: (after: Date) => Date },
  asOf: Date,
): Date[] {
  const passed = runs
    .filter((run) => run.passed && run.startedAt >= source.since)
    .map(({ startedAt }) => startedAt)
    .sort((a, b) => a.getTime() - b.getTime());
  const missed: Date[] = [];
  let from = source.since;
  for (const next of [...passed, null]) {
    for (
      let slot = source.nextSlot(from);
      isOver(slot, source.graceMinutes, next ?? asOf);
      slot = source.nextSlot(slot)
    ) {
      if (missed.length >= MOST) return missed;
      missed.push(slot);
    }
    if (next) from = next;
  }
  return missed;
}

const isOver = (slot: Date, graceMinutes: number, at: Date): boolean =>
  at.getTime() > slot.getTime() + graceMinutes * MINUTE_MS;
