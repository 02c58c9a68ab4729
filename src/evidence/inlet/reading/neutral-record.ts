import type { Strength } from '../../../core/evidence/evidence-strength';

export const RECORD_KINDS = ['BACKUP', 'VERIFICATION', 'RESTORE_TEST'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** Worst last but one: RUNNING is not an outcome yet. */
export const RECORD_OUTCOMES = ['PASSED', 'PARTIAL', 'FAILED', 'RUNNING'] as const;
export type RecordOutcome = (typeof RECORD_OUTCOMES)[number];

/** Where the times of a record come from, best first. */
export const TIME_BASES = ['OFFSET', 'EPOCH', 'SOURCE_TZ', 'ENVELOPE', 'RECEIVED'] as const;
export type TimeBasis = (typeof TIME_BASES)[number];

/** A copy of the recovery point that the tool itself reports. Null is what it does not say. */
export interface CopySighting {
  location: string;
  immutable: boolean | null;
  immutableUntil: Date | null;
}

/** What any backup tool says, in one shape (docs/backup-tools.md). Null is unknown, and is never filled with a guess. */
export interface NeutralRecord {
  kind: RecordKind;
  outcome: RecordOutcome;
  /** What is proven; for a failure or a run that has not ended, what was attempted. */
  strength: Strength;
  /** Of a verification: the part that was looked at, 0 to 1. Null when the tool looked at everything or does not say. */
  coverage: number | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** The instant that the data stood at, as the tool claims. Null for whatever made none. */
  recoveryPointAt: Date | null;
  timeBasis: TimeBasis | null;
  /** The amount protected. */
  sizeBytes: bigint | null;
  /** What this run added to the store. */
  storedBytes: bigint | null;
  /** Tool, field and kind of run that the sizes are of: only sizes of one basis are compared. */
  sizeBasis: string | null;
  host: string | null;
  dataset: string | null;
  location: string | null;
  errorCount: number | null;
  /** The first 2 kB of what the tool said of it, without control characters and with secrets masked. */
  message: string | null;
  tool: string;
  toolVersion: string | null;
  /** The same for every telling of one run or recovery point; null when nothing names it. */
  runKey: string | null;
  copies: readonly CopySighting[];
  /** Run keys of the recovery points that a verification or a restore test was about; empty when the tool does not name them. */
  covers: readonly string[];
  flags: readonly string[];
}
