import type { NeutralRecord } from './neutral-record';
import { SubmissionRefused } from './refused';
import type { Submission } from './submission';

/** What was read: `tool` is the adapter's name for it, `flags` those of the whole and of all records. */
export interface ReadSubmission {
  disposition: 'ACCEPTED' | 'ACCEPTED_NO_RECORDS';
  tool: string;
  flags: string[];
  records: NeutralRecord[];
}

/**
 * Turns the output of a backup tool into neutral records: none, one or several, no run key twice. Pure and bounded by the size of
 * the submission. Throws SubmissionRefused, and nothing else, whatever the bytes are.
 */
export function readSubmission(submission: Submission): ReadSubmission {
  throw new SubmissionRefused('UNKNOWN_TOOL', `No adapter reads ${submission.tool ?? 'this payload'}`);
}
