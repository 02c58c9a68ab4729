import { outcomeAgainstRto } from '../../../core/evidence/drill-credit';
import type { KeptOutcome, Outcome } from '../../../core/evidence/evidence';
import type { NewRun } from '../../../obligations/intake/run-intake';
import { newId } from '../../../platform/database/id';
import type { NeutralRecord } from '../reading/neutral-record';
import type { Arrival } from './arrival';

/** A clock that is further ahead than this is wrong, and what it says is not believed (docs/backup-tools.md). */
const SKEW_MS = 5 * 60_000;
/** The same bytes within this time are the same run told again, where nothing names the run. */
const SAME_RUN_MS = 10 * 60_000;
const MINUTE_MS = 60_000;

export const FUTURE_TIME = 'FUTURE_TIME';

/** What is kept of a record that a tool told. @param index place of the record in its message. */
export function runOfRecord(record: NeutralRecord, index: number, arrival: Arrival, submissionId: string): NewRun {
  const { inlet, message } = arrival;
  const { receivedAt } = message;
  const { kind, strength, startedAt, finishedAt } = record;
  const isAhead = (at: Date | null): boolean => at !== null && at.getTime() > receivedAt.getTime() + SKEW_MS;
  const ahead = [startedAt, finishedAt, record.recoveryPointAt].some(isAhead);
  const performedAt = performedAtOf(record, receivedAt);
  const measuredMinutes = kind === 'RESTORE_TEST' ? minutesBetween(startedAt, finishedAt) : null;
  return {
    id: newId(),
    systemId: inlet.systemId,
    backupRequirementId: inlet.backupRequirementId,
    kind,
    outcome: kind === 'RESTORE_TEST' ? againstRto(record.outcome, measuredMinutes, inlet.rtoMinutes) : record.outcome,
    strength,
    performedAt,
    recordedAt: receivedAt,
    recoveryPointAt: pointOf(record, performedAt, ahead),
    measuredMinutes,
    recovered: kind === 'RESTORE_TEST' && record.outcome !== 'RUNNING' ? record.outcome !== 'FAILED' : null,
    tool: record.tool,
    runId: record.runKey ?? nameOf(arrival, index, submissionId),
    usable: record.outcome !== 'RUNNING' && !ahead && !record.flags.includes(FUTURE_TIME),
    inletId: inlet.id,
    submissionId,
    startedAt,
    finishedAt,
    sizeBytes: record.sizeBytes?.toString() ?? null,
    storedBytes: record.storedBytes?.toString() ?? null,
    sizeBasis: record.sizeBasis,
    flags: [...new Set([...record.flags, ...(ahead ? [FUTURE_TIME] : [])])],
    run: {
      toolVersion: record.toolVersion,
      host: record.host,
      dataset: record.dataset,
      location: record.location,
      errorCount: record.errorCount,
      message: record.message,
      coverage: record.coverage,
      timeBasis: record.timeBasis,
      claimedPointAt: record.recoveryPointAt?.toISOString() ?? null,
      copySite: inlet.copySite,
      copies: record.copies.map((copy) => ({ ...copy, immutableUntil: copy.immutableUntil?.toISOString() ?? null })),
      covers: record.covers,
    },
  };
}

/** When it was done, as far as that is told and not later than it was heard of. */
function performedAtOf({ startedAt, finishedAt, recoveryPointAt }: NeutralRecord, receivedAt: Date): Date {
  const told = finishedAt ?? startedAt ?? recoveryPointAt ?? receivedAt;
  return told < receivedAt ? told : receivedAt;
}

/** The point that counts: none of a run that did not end well, none of the future, and none newer than the run that made it. */
function pointOf({ outcome, recoveryPointAt }: NeutralRecord, performedAt: Date, ahead: boolean): Date | null {
  if (!recoveryPointAt || ahead || outcome === 'FAILED' || outcome === 'RUNNING') return null;
  return recoveryPointAt < performedAt ? recoveryPointAt : performedAt;
}

/** The name of a run that nothing names: of the bytes for as long as they may be a repeat, of the message for a ping, which says nothing else. */
function nameOf({ ping, rawSha256, message }: Arrival, index: number, submissionId: string): string {
  if (ping) return `sent:${submissionId}`;
  return `sent:${rawSha256.slice(0, 16)}:${Math.floor(message.receivedAt.getTime() / SAME_RUN_MS)}:${index}`;
}

function againstRto(outcome: KeptOutcome, minutes: number | null, rtoMinutes: number | null): KeptOutcome {
  return outcome === 'RUNNING' ? outcome : outcomeAgainstRto(outcome as Outcome, minutes, rtoMinutes);
}

function minutesBetween(from: Date | null, until: Date | null): number | null {
  return from && until ? Math.max(0, Math.ceil((until.getTime() - from.getTime()) / MINUTE_MS)) : null;
}
