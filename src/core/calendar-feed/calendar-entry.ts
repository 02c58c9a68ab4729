import type { CivilDate } from '../time/civil-date';

/** When an entry is: a whole civil day, or from an instant (ISO 8601, UTC) on for some minutes. */
export type EntryTime = { on: CivilDate } | { startsAt: string; minutes: number };

/** What a calendar is told of one duty, drill or waiver. The texts are ready for people, and may hold anything that people type. */
export interface CalendarEntry {
  /** Stays for as long as what it is about; the same through every change of day, title and state. */
  uid: string;
  time: EntryTime;
  title: string;
  description: string;
  url: string;
  category: string;
  /** When programs remind, as ISO 8601 durations from the start: `-P1D`, `PT9H`. */
  alarms: readonly string[];
}

/** An entry as a feed tells it: how often it has changed, when it last did, and whether it has ended. */
export interface ToldEntry {
  entry: CalendarEntry;
  /** 0 at first, one more with each change. */
  sequence: number;
  changedAt: Date;
  /** When it was first missing: it is told as cancelled from then on. */
  endedAt: Date | null;
}
