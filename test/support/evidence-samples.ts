import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type NeutralRecord } from '../../src/evidence/inlet/reading/neutral-record';
import { type Submission } from '../../src/evidence/inlet/reading/submission';

const FOLDER = join(__dirname, '../fixtures/evidence-samples');

type Facts = Record<string, unknown>;

interface Meta {
  tool: string;
  command: string;
  exit_code: number | null;
  source_tz: string | null;
  started_at: string | null;
  finished_at: string | null;
  rid: string;
  received_at: string;
  payload_file: string;
  stderr_file: string | null;
}

interface Expected {
  disposition: 'accept' | 'accept_no_records' | 'reject';
  flags: string[];
  record_count: number;
  records: Facts[];
  lenient_fields?: string[];
  raw_sha256: string;
}

/** A real or documented output with what an importer must make of it. */
export interface Sample {
  name: string;
  meta: Meta;
  expected: Expected;
  stdout: Buffer;
  stderr: Buffer;
}

export const SAMPLES: readonly Sample[] = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => {
    const file = (part: string): Buffer => readFileSync(join(FOLDER, name, part));
    const meta = JSON.parse(file('meta.json').toString()) as Meta;
    return {
      name,
      meta,
      expected: JSON.parse(file('expected.json').toString()) as Expected,
      stdout: file(meta.payload_file),
      stderr: meta.stderr_file ? file(meta.stderr_file) : Buffer.alloc(0),
    };
  });

const date = (text: string | null): Date | null => (text ? new Date(text) : null);

export function submissionOf({ meta, stdout, stderr }: Sample, changes: Partial<Submission> = {}): Submission {
  return {
    tool: meta.tool,
    command: meta.command,
    exitCode: meta.exit_code,
    sourceTimeZone: meta.source_tz,
    startedAt: date(meta.started_at),
    finishedAt: date(meta.finished_at),
    rid: meta.rid,
    stdout,
    stderr,
    mediaType: 'text/plain',
    receivedAt: new Date(meta.received_at),
    signal: null,
    mapping: null,
    ...changes,
  };
}

const OUTCOMES: Facts = { success: 'PASSED', partial: 'PARTIAL', failed: 'FAILED', running: 'RUNNING' };
const STRENGTHS: Facts = {
  listed: 'LISTED',
  completed: 'COMPLETED',
  structure: 'STRUCTURE_CHECKED',
  data: 'DATA_CHECKED',
  restored: 'RESTORED',
  validated: 'VALIDATED',
};
/** In these null means that nothing is asserted; in all other fields it means that the fact is not known. */
const NOT_ASSERTED = ['host', 'dataset', 'location', 'assurance', 'error_count'];

/**
 * The facts of a record in the words of the samples, for the fields that `wanted` asserts. A bare ping is `DECLARED` to us, weaker
 * than the ladder of the samples begins, which call it completed.
 */
export function factsOf(record: NeutralRecord, wanted: Facts, lenient: readonly string[] = []): Facts {
  const told: Facts = {
    kind: record.kind.toLowerCase(),
    outcome: Object.keys(OUTCOMES).find((word) => OUTCOMES[word] === record.outcome),
    run_key: record.runKey,
    started_at: record.startedAt?.toISOString() ?? null,
    finished_at: record.finishedAt?.toISOString() ?? null,
    recovery_point_at: record.recoveryPointAt?.toISOString() ?? null,
    size_bytes: record.sizeBytes === null ? null : Number(record.sizeBytes),
    stored_bytes: record.storedBytes === null ? null : Number(record.storedBytes),
    host: record.host,
    dataset: record.dataset,
    location: record.location,
    assurance:
      record.strength === 'DECLARED' && record.flags.includes('SELF_DECLARED')
        ? 'completed'
        : Object.keys(STRENGTHS).find((word) => STRENGTHS[word] === record.strength),
    error_count: record.errorCount,
  };
  const asserted = Object.keys(wanted).filter(
    (field) => !lenient.includes(field) && !(NOT_ASSERTED.includes(field) && wanted[field] === null),
  );
  return Object.fromEntries(asserted.map((field) => [field, told[field]]));
}

/** The facts that the sample asserts of one record. */
export function assertedOf(wanted: Facts, lenient: readonly string[] = []): Facts {
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([field, value]) => !lenient.includes(field) && !(NOT_ASSERTED.includes(field) && value === null),
    ),
  );
}
