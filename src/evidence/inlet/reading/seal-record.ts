import { RUNNING_FLAG } from '../../../core/evidence/merge-runs';
import type { NeutralRecord } from './neutral-record';
import { maskSecrets, plainText } from '../payload/plain-text';
import type { Submission } from './submission';

const MINUTE_MS = 60_000;
/** A clock may be off by this much before its times are called future. */
const CLOCK_SKEW_MS = 5 * MINUTE_MS;
/** A recovery point further than this outside its run was claimed, not made by it. */
const BACKDATED_MS = 15 * MINUTE_MS;
const LONGEST_NAME = 1_000;
const MOST_BYTES = 2n ** 63n - 1n;
const LONGEST_MESSAGE = 2_048;

const HOSTILE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]|<\/?[a-z!]|[$#]\{|\{\{|\$\(|`|['"]\s*(?:;|or\b|--)|\.\.[/\\]|^[=+@]|%00/i;
const BEYOND_ASCII = /[^\u0000-\u007f]/;

/** A record fit to be stored: texts plain and bounded, secrets masked, and what does not add up flagged. */
export function sealRecord(record: NeutralRecord, submission: Submission, ofThisRun: boolean): NeutralRecord {
  const made = record.outcome === 'PASSED' || record.outcome === 'PARTIAL';
  const recoveryPointAt = made ? record.recoveryPointAt : null;
  const names = [record.host, record.dataset, record.location];
  const flags = new Set(record.flags);
  if (names.some((name) => name !== null && HOSTILE.test(name))) flags.add('HOSTILE_STRING');
  if (record.host !== null && BEYOND_ASCII.test(record.host)) flags.add('UNICODE_HOST');
  if (record.kind === 'BACKUP' && record.outcome === 'RUNNING') flags.add(RUNNING_FLAG);
  if (record.startedAt && record.finishedAt && record.finishedAt < record.startedAt) flags.add('NEGATIVE_DURATION');
  if (isBackdated({ ...record, recoveryPointAt }, submission, ofThisRun)) flags.add('BACKDATED');
  const latest = submission.receivedAt.getTime() + CLOCK_SKEW_MS;
  if ([record.startedAt, record.finishedAt, recoveryPointAt].some((time) => time && time.getTime() > latest))
    flags.add('FUTURE_TIME');
  return {
    ...record,
    recoveryPointAt,
    host: nameOf(record.host),
    dataset: nameOf(record.dataset),
    location: nameOf(record.location),
    toolVersion: nameOf(record.toolVersion),
    sizeBytes: sizeOf(record.sizeBytes),
    storedBytes: sizeOf(record.storedBytes),
    sizeBasis: nameOf(record.sizeBasis),
    errorCount: countOf(record.errorCount),
    runKey: keyOf(record.runKey),
    message:
      record.message && (plainText(maskSecrets(record.message.slice(0, 4 * LONGEST_MESSAGE)), LONGEST_MESSAGE) || null),
    copies: record.copies.map((copy) => ({ ...copy, location: nameOf(copy.location) ?? '' })),
    covers: record.covers.flatMap((key) => keyOf(key) ?? []),
    flags: [...flags].sort(),
  };
}

const nameOf = (name: string | null): string | null => name && (plainText(maskSecrets(name), LONGEST_NAME) || null);

/** What a column holds; more is no size that anything has, and some tools write it where they know none. */
const sizeOf = (bytes: bigint | null): bigint | null => (bytes !== null && bytes <= MOST_BYTES ? bytes : null);
const countOf = (count: number | null): number | null => (count !== null && Number.isSafeInteger(count) ? count : null);

// Not masked: two runs must not become one.
const keyOf = (key: string | null): string | null => key && (plainText(key, LONGEST_NAME) || null);

/** Whether a recovery point lies outside the run that made it, by the tool's own times of the run or else by the envelope's. */
function isBackdated(record: NeutralRecord, { startedAt, finishedAt }: Submission, ofThisRun: boolean): boolean {
  if (record.kind !== 'BACKUP' || !record.recoveryPointAt) return false;
  const runs = [[record.startedAt, record.finishedAt], ...(ofThisRun ? [[startedAt, finishedAt]] : [])];
  const point = record.recoveryPointAt.getTime();
  return runs.some(([start, end]) => {
    const from = (start ?? end)?.getTime() ?? point;
    const to = (end ?? start)?.getTime() ?? point;
    return point < from - BACKDATED_MS || point > to + BACKDATED_MS;
  });
}
