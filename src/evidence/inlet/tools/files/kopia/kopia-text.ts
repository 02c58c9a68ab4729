import type { NeutralRecord } from '../../../reading/neutral-record';
import { framedBy, recordOf, worst } from '../../../reading/record';
import { SubmissionRefused } from '../../../reading/refused';
import type { ToolOutput } from '../../../payload/tool-output';
import type { Reading } from '../../tool-adapter';

const TOOL = 'kopia';
const SOURCE = /^Snapshotting \S+?@([^:\s]+):(.+?) \.\.\.\s*$/gm;
/** The id is that of the snapshot in `snapshot list --json`. */
const CREATED = /Created( \w+)? snapshot with root \S+ and ID ([\da-f]{32}) in /g;
const FATAL = /Found (\d+) fatal error\(s\) while snapshotting/;
const IGNORED = /Ignored (\d+) error\(s\) while snapshotting/;
const FINISHED = /^Finished processing (\d+) objects/m;
const PROCESSED = /^(?:Processed \d+ objects|Found \d+ objects, verifying)/m;
const DAMAGED = /\bERROR +error processing |failed on \S+@|encountered \d+ errors/;

/** Which command the text for people is of, as kopia writes it without `--json`, mostly on stderr; null for other text. */
export function verbOfText({ text }: ToolOutput): 'create' | 'verify' | null {
  if (text.search(CREATED) >= 0) return 'create';
  return FINISHED.test(text) ? 'verify' : null;
}

/** One record a snapshot; the errors are told once for all of them where there are several sources. */
export function readCreated(output: ToolOutput): Reading {
  const { text } = output;
  const sources = [...text.matchAll(SOURCE)];
  const errors = [FATAL, IGNORED].flatMap((told) => Number(told.exec(text)?.[1] ?? 0));
  const failed = output.hasFailed || FATAL.test(text);
  const framed = framedBy(output);
  const records = [...text.matchAll(CREATED)].map(([, partial, id], place): NeutralRecord => {
    const [, host = null, path = null] = sources[place] ?? [];
    return recordOf(TOOL, {
      ...framed,
      kind: 'BACKUP',
      outcome: worst(failed || partial ? 'FAILED' : 'PASSED', IGNORED.test(text) ? 'PARTIAL' : 'PASSED'),
      strength: 'COMPLETED',
      recoveryPointAt: framed.startedAt,
      host,
      dataset: path,
      errorCount: errors.reduce((sum, count) => sum + count, 0),
      message: failed || partial || IGNORED.test(text) ? text.slice(-2_000) : null,
      runKey: `kopia:${id}`,
      flags: partial ? ['CHECKPOINT_SKIPPED'] : [],
    });
  });
  return { records, ofThisRun: true };
}

/** How many files were read back is not told: only the command knows of what part. */
export function readVerified(output: ToolOutput): Reading {
  const { text } = output;
  const [, processed] = FINISHED.exec(text) ?? [];
  if (!processed && !output.hasFailed && !(output.exitCode === 0 && PROCESSED.test(text)))
    throw new SubmissionRefused('TRUNCATED', 'END_UNTOLD', { command: 'kopia snapshot verify' });
  const damaged = DAMAGED.test(text);
  const percent = Number(output.command.valueOf('--verify-files-percent') ?? 0);
  const nothing = processed === '0' && !damaged;
  const coverage = percent > 0 && percent < 100 ? percent / 100 : null;
  const record = recordOf(TOOL, {
    ...framedBy(output),
    kind: 'VERIFICATION',
    outcome: worst(output.hasFailed || damaged ? 'FAILED' : 'PASSED', nothing ? 'PARTIAL' : 'PASSED'),
    strength: percent > 0 ? 'DATA_CHECKED' : 'STRUCTURE_CHECKED',
    coverage: nothing ? 0 : coverage,
    errorCount: output.hasFailed || damaged ? null : 0,
    message: output.hasFailed || damaged ? text.slice(-2_000) : null,
    flags: [
      ...(damaged ? ['DAMAGE_FOUND'] : []),
      ...(nothing ? ['NOTHING_VERIFIED'] : []),
      ...(coverage !== null ? ['COVERAGE_PARTIAL'] : []),
    ],
  });
  return { records: [record], ofThisRun: true };
}
