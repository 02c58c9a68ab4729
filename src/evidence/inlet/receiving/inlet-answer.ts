import type { NeutralRecord } from '../reading/neutral-record';

/** One record of the answer: what was read, and the id it is kept under. */
export interface AnsweredRecord extends Pick<
  NeutralRecord,
  | 'runKey'
  | 'kind'
  | 'outcome'
  | 'strength'
  | 'startedAt'
  | 'finishedAt'
  | 'recoveryPointAt'
  | 'host'
  | 'dataset'
  | 'location'
  | 'errorCount'
  | 'message'
> {
  id: string;
  /** A number, or text where a number would lose digits. */
  sizeBytes: number | string | null;
  storedBytes: number | string | null;
}

/** What an inlet answers to a message that it has taken (docs/backup-tools.md). */
export interface InletAnswer {
  disposition: 'ACCEPTED' | 'ACCEPTED_NO_RECORDS';
  flags: readonly string[];
  records: AnsweredRecord[];
  rawSha256: string;
}

/** A record as it is answered. @param id of the evidence that it is kept as. */
export function answered(record: NeutralRecord, id: string): AnsweredRecord {
  const { runKey, kind, outcome, strength, startedAt, finishedAt, recoveryPointAt } = record;
  const { host, dataset, location, errorCount, message } = record;
  return {
    ...{ id, runKey, kind, outcome, strength, startedAt, finishedAt, recoveryPointAt },
    ...{ sizeBytes: bytes(record.sizeBytes), storedBytes: bytes(record.storedBytes) },
    ...{ host, dataset, location, errorCount, message },
  };
}

function bytes(size: bigint | null): number | string | null {
  if (size === null) return null;
  return size <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(size) : size.toString();
}
