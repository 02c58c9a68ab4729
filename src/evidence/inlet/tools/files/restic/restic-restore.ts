import { bigAt, countAt } from '../../../payload/json-values';
import type { ToolOutput } from '../../../payload/tool-output';
import { offsetTime } from '../../../payload/tool-times';
import { framedBy, recordOf, worst } from '../../../reading/record';
import { SubmissionRefused } from '../../../reading/refused';
import type { Reading } from '../../tool-adapter';
import { keyOf, ResticEvents } from './restic-events';

const TOOL = 'restic';
export const RESTORING =
  /restoring (?:<Snapshot|snapshot) ([0-9a-f]{8,64}) of \[([^\]]*)\] at (.+?) by \S*?@([^\s>]+)>? to /;
/** The last line but for that of `--verify`, which older versions print alone. */
export const ENDED =
  /^Summary: Restored (\d+)(?: \/ (\d+))? files(?:\/dirs)? \(.*?\) in [\d:]+(?:, skipped (\d+) files\/dirs .*)?$/m;
const VERIFIED = /^finished verifying \d+ files/m;

/** A restore test by `restic restore`. One lost file fails it; what lay there already was not brought back. */
export function readRestore(output: ToolOutput): Reading {
  // Nothing is written back and nothing is read.
  if (output.command.hasBehind(TOOL, ['--dry-run', '-n'])) return { records: [], flags: ['NOT_A_RESTORE'] };
  const events = new ResticEvents(output);
  const { summary, errors } = events;
  const [, id, path, instant, host] = RESTORING.exec(output.text) ?? [];
  const told = ENDED.exec(output.stdout);
  const verified = VERIFIED.test(output.text);
  const quiet = output.exitCode === 0 && output.command.hasBehind(TOOL, ['--quiet', '-q']) && !summary && !id && !told;
  if (!summary && !events.hasFailed && !quiet)
    refuseUnended(output, id !== undefined || told !== null, told !== null || verified);
  const count = (key: string): number => countAt(summary ?? undefined, key) ?? 0;
  const whole =
    !summary || (count('files_restored') >= count('total_files') && count('bytes_restored') >= count('total_bytes'));
  const [, restored, asked = restored, left] = told ?? [];
  const complained = errors > 0 || restored !== asked || /There were \d+ errors|ignoring error for/i.test(output.text);
  const ended = summary !== null || !/\bFatal: /.test(output.text);
  const passed = !events.hasFailed && whole && !complained && ended;
  const nothing = summary ? count('total_files') === 0 : restored === '0';
  const skipped = count('files_skipped') + Number(left ?? 0) > 0;
  const record = recordOf(TOOL, {
    ...framedBy(output),
    kind: 'RESTORE_TEST',
    outcome: worst(passed ? 'PASSED' : 'FAILED', nothing || skipped ? 'PARTIAL' : 'PASSED'),
    strength: verified || output.command.has('--verify') ? 'VALIDATED' : 'RESTORED',
    recoveryPointAt: offsetTime(instant),
    sizeBytes: summary && bigAt(summary, 'bytes_restored'),
    sizeBasis: summary && 'restic bytes_restored',
    host: host ?? null,
    dataset: path ? path.trim() : null,
    errorCount: passed ? 0 : errors || null,
    message: output.stderr,
    covers: id ? [keyOf(id)] : [],
    flags: [
      ...(nothing ? ['NOTHING_VERIFIED'] : []),
      ...(quiet ? ['NO_SUMMARY'] : []),
      ...(skipped ? ['COVERAGE_PARTIAL'] : []),
      ...(events.isLocked ? ['REPO_LOCKED'] : []),
    ],
  });
  return { records: [record], ofThisRun: true };
}

/** Refuses what does not say that the restore came to its end: the beginning alone does not, unless an exit code of 0 does. */
function refuseUnended(output: ToolOutput, began: boolean, ended: boolean): void {
  if (output.jsonLines().cut) throw new SubmissionRefused('TRUNCATED', 'LINE_CUT');
  if (!began) throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'restic restore' });
  // Versions that speak of a snapshot without its brackets sum up what they restored.
  const sumsUp = /restoring snapshot [0-9a-f]/.test(output.text);
  if (!ended && (output.exitCode === null || sumsUp))
    throw new SubmissionRefused('TRUNCATED', 'END_UNTOLD', { command: 'restic restore' });
}
