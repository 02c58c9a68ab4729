import type { NeutralRecord, RecordOutcome } from './neutral-record';
import type { ToolOutput } from '../payload/tool-output';

const WORST_FIRST: readonly RecordOutcome[] = ['FAILED', 'PARTIAL', 'RUNNING', 'PASSED'];

/** The worst of what several marks say. */
export function worst(...outcomes: readonly RecordOutcome[]): RecordOutcome {
  return WORST_FIRST.find((outcome) => outcomes.includes(outcome)) ?? 'PASSED';
}

/** A record with what the tool says; all else is unknown. */
export function recordOf(
  tool: string,
  facts: Pick<NeutralRecord, 'kind' | 'outcome' | 'strength'> & Partial<NeutralRecord>,
): NeutralRecord {
  return {
    coverage: null,
    startedAt: null,
    finishedAt: null,
    recoveryPointAt: null,
    timeBasis: null,
    sizeBytes: null,
    storedBytes: null,
    sizeBasis: null,
    host: null,
    dataset: null,
    location: null,
    errorCount: null,
    message: null,
    toolVersion: null,
    runKey: null,
    copies: [],
    covers: [],
    flags: [],
    ...facts,
    tool,
  };
}

/** What the envelope knows of a run that its output neither dates nor names. */
export function framedBy({
  submission,
}: ToolOutput): Pick<NeutralRecord, 'startedAt' | 'finishedAt' | 'timeBasis' | 'runKey'> {
  const { startedAt, finishedAt, rid } = submission;
  return {
    startedAt,
    finishedAt,
    timeBasis: startedAt || finishedAt ? 'ENVELOPE' : null,
    runKey: rid ? `rid:${rid}` : null,
  };
}

/** A backup by a command that was told to say nothing, and ended well: its exit code and its envelope are all there is of it. */
export function quietBackup(tool: string, output: ToolOutput): NeutralRecord {
  const framed = framedBy(output);
  return recordOf(tool, {
    ...framed,
    kind: 'BACKUP',
    outcome: 'PASSED',
    strength: 'COMPLETED',
    recoveryPointAt: framed.startedAt,
    errorCount: 0,
    flags: ['NO_SUMMARY'],
  });
}

/** A record of a run that does not date itself, or only in a zone that nobody declared, with the times of its envelope. */
export function datedBy(output: ToolOutput, record: NeutralRecord): NeutralRecord {
  const { startedAt, finishedAt, timeBasis } = framedBy(output);
  return record.startedAt
    ? record
    : {
        ...record,
        startedAt,
        finishedAt: record.finishedAt ?? finishedAt,
        recoveryPointAt: record.recoveryPointAt ?? startedAt,
        timeBasis,
      };
}
