import { PING } from '../tools/signals/ping';
import { chooseTool } from './choose-tool';
import { holdsBigInteger } from '../payload/json-values';
import type { NeutralRecord } from './neutral-record';
import { worst } from './record';
import { SubmissionRefused } from './refused';
import { sealRecord } from './seal-record';
import type { Submission } from './submission';
import { ToolOutput } from '../payload/tool-output';

/** What was read: `tool` is the adapter's name for it, `flags` those of the whole and of all records. */
export interface ReadSubmission {
  disposition: 'ACCEPTED' | 'ACCEPTED_NO_RECORDS';
  tool: string;
  flags: string[];
  records: NeutralRecord[];
  /** When the list was made of all that a store holds; null for everything else. */
  listedAt: Date | null;
}

export const LARGEST_OUTPUT_BYTES = 16 * 1024 * 1024;
export const MOST_RECORDS = 20_000;

/**
 * Turns the output of a backup tool into neutral records: none, one or several, no run key twice (docs/backup-tools.md). Pure, and bounded
 * by the size of the submission. Throws SubmissionRefused, and nothing else, whatever the bytes are.
 */
export function readSubmission(submission: Submission): ReadSubmission {
  const size = submission.stdout.length + submission.stderr.length;
  if (size > LARGEST_OUTPUT_BYTES)
    throw new SubmissionRefused('TOO_LARGE', 'TOO_MANY_BYTES', { bytes: size, most: LARGEST_OUTPUT_BYTES });
  const output = new ToolOutput(submission);
  if (!submission.signal && size === 0 && submission.exitCode === null && submission.command === null)
    throw new SubmissionRefused('NOT_PARSEABLE', 'NOTHING_CAME');
  const adapter = submission.signal ? PING : chooseTool(output);
  if (adapter.unwrap) return merged(adapter.tool, adapter.unwrap(output).map(readSubmission));
  const { records, flags = [], ofThisRun = false, ofWholeStore = false } = adapter.read(output);
  if (records.length > MOST_RECORDS) throw tooMany(records.length);
  const sealed = records.map((record) => sealRecord(record, submission, ofThisRun));
  const distinct = withoutDoubles(sealed);
  const all = new Set([...flags, ...sealed.flatMap((record) => record.flags)]);
  if (distinct.length < sealed.length) all.add('DUPLICATE_IN_PAYLOAD');
  if (ofThisRun && submission.exitCode === null) all.add('EXIT_CODE_MISSING');
  if (holdsBigInteger(output.knownDocument)) all.add('BIGINT');
  return {
    disposition: distinct.length > 0 ? 'ACCEPTED' : 'ACCEPTED_NO_RECORDS',
    tool: adapter.tool,
    flags: [...all].sort(),
    records: distinct,
    listedAt: ofWholeStore ? (submission.finishedAt ?? submission.startedAt ?? submission.receivedAt) : null,
  };
}

/** What several outputs of one message tell together. */
function merged(carrier: string, parts: readonly ReadSubmission[]): ReadSubmission {
  const [first, ...others] = parts;
  if (first && others.length === 0) return first;
  const all = parts.flatMap(({ records }) => records);
  if (all.length > MOST_RECORDS) throw tooMany(all.length);
  const records = withoutDoubles(all);
  const flags = new Set(parts.flatMap((part) => part.flags));
  if (records.length < all.length) flags.add('DUPLICATE_IN_PAYLOAD');
  return {
    disposition: records.length > 0 ? 'ACCEPTED' : 'ACCEPTED_NO_RECORDS',
    tool: first && others.every(({ tool }) => tool === first.tool) ? first.tool : carrier,
    flags: [...flags].sort(),
    records,
    // Each says what its own store holds, and nothing of the others.
    listedAt: null,
  };
}

const tooMany = (records: number): SubmissionRefused =>
  new SubmissionRefused('TOO_MANY_RECORDS', 'MOST_RECORDS', { records, most: MOST_RECORDS });

/** One record a run key: the first telling, with the worst outcome of all. */
function withoutDoubles(records: readonly NeutralRecord[]): NeutralRecord[] {
  const byKey = new Map<string, NeutralRecord>();
  const nameless: NeutralRecord[] = [];
  for (const record of records) {
    if (record.runKey === null) {
      nameless.push(record);
      continue;
    }
    const known = byKey.get(record.runKey);
    const outcome = known ? worst(known.outcome, record.outcome) : record.outcome;
    // The worse telling is kept whole: a failure has no recovery point.
    byKey.set(record.runKey, known && known.outcome === outcome ? known : record);
  }
  return [...byKey.values(), ...nameless];
}
