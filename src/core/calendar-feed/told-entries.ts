import type { CalendarEntry, ToldEntry } from './calendar-entry';

/** How long an entry that ended is told as cancelled, so that programs that look seldom take it out too. */
export const CANCELLED_DAYS = 90;

const DAY_MS = 86_400_000;

/** What a feed tells at an instant, and of it what is different from what it told before. */
export interface Telling {
  told: ToldEntry[];
  changed: ToldEntry[];
}

/**
 * What a feed tells at `now`: `current` entries, each with a sequence that grows by one whenever anything of the entry is different from what was told, and
 * those that were told `before` and are missing, as cancelled for 90 days. `mayBeMissing` says of an entry that it was left out and has not ended.
 */
export function tell(
  before: readonly ToldEntry[],
  current: readonly CalendarEntry[],
  now: Date,
  mayBeMissing: (entry: CalendarEntry) => boolean,
): Telling {
  const known = new Map(before.map((told) => [told.entry.uid, told]));
  const present = current.map((entry) => tellOne(known.get(entry.uid), entry, now));
  const uids = new Set(current.map(({ uid }) => uid));
  const missing = before.filter(({ entry }) => !uids.has(entry.uid)).flatMap((told) => endOne(told, now, mayBeMissing));
  const told = [...present, ...missing].sort((a, b) => (a.entry.uid < b.entry.uid ? -1 : 1));
  return { told, changed: told.filter((each) => known.get(each.entry.uid) !== each) };
}

function tellOne(known: ToldEntry | undefined, entry: CalendarEntry, now: Date): ToldEntry {
  if (!known) return { entry, sequence: 0, changedAt: now, endedAt: null };
  const isSame = known.endedAt === null && JSON.stringify(known.entry) === JSON.stringify(entry);
  return isSame ? known : { entry, sequence: known.sequence + 1, changedAt: now, endedAt: null };
}

function endOne(told: ToldEntry, now: Date, mayBeMissing: (entry: CalendarEntry) => boolean): ToldEntry[] {
  if (told.endedAt !== null) return now.getTime() - told.endedAt.getTime() < CANCELLED_DAYS * DAY_MS ? [told] : [];
  if (mayBeMissing(told.entry)) return [];
  return [{ ...told, sequence: told.sequence + 1, changedAt: now, endedAt: now }];
}
