import { type ReadSubmission, readSubmission } from '../../src/evidence/inlet/reading/read-submission';
import { SubmissionRefused } from '../../src/evidence/inlet/reading/refused';
import type { Submission } from '../../src/evidence/inlet/reading/submission';

/** An output that is written in a test, as if its wrapper had sent it. */
export function outputOf(stdout: string | object, changes: Partial<Submission> = {}): Submission {
  return {
    tool: null,
    command: null,
    exitCode: 0,
    sourceTimeZone: null,
    startedAt: new Date('2026-11-23T01:00:00Z'),
    finishedAt: new Date('2026-11-23T01:10:00Z'),
    rid: 'run-1',
    stdout: Buffer.from(typeof stdout === 'string' ? stdout : JSON.stringify(stdout)),
    stderr: Buffer.alloc(0),
    mediaType: 'text/plain',
    receivedAt: new Date('2026-11-23T03:00:00Z'),
    signal: null,
    mapping: null,
    ...changes,
  };
}

/** What is read of an output that a test writes. */
export const readOutput = (stdout: string | object, changes: Partial<Submission> = {}): ReadSubmission =>
  readSubmission(outputOf(stdout, changes));

/** The refusal of an output that a test writes; fails when it is read. */
export function refusalOf(stdout: string | object, changes: Partial<Submission> = {}): SubmissionRefused {
  try {
    readOutput(stdout, changes);
  } catch (error) {
    if (error instanceof SubmissionRefused) return error;
    throw error;
  }
  throw new Error('It was not refused');
}

/** The last line of `restic backup --json`. */
export const RESTIC_SUMMARY = {
  message_type: 'summary',
  files_new: 1,
  data_added: 10,
  total_bytes_processed: 100,
  snapshot_id: '874df34b95a38d125eb3078248c5cc9d19bd72f1937f6dc39ef9e5fa7b60312b',
  backup_start: '2026-11-23T01:00:01.5Z',
  backup_end: '2026-11-23T01:00:02Z',
};
/** An entry of `restic snapshots --json`. */
export const RESTIC_SNAPSHOT = {
  id: `${'a'.repeat(64)}`,
  tree: 't',
  time: '2026-11-23T01:00:00Z',
  paths: ['/srv'],
  hostname: 'db01',
};
/** What `borg create --json` prints of a run at a local time. */
export const borgCreated = (start: string): object => ({
  archive: { id: 'b'.repeat(64), name: 'a', start, end: start, stats: { original_size: 5, deduplicated_size: 1 } },
  repository: { location: '/backup' },
});
