import { at, countAt } from '../../../payload/json-values';
import type { ToolOutput } from '../../../payload/tool-output';
import { framedBy, recordOf } from '../../../reading/record';
import { SubmissionRefused } from '../../../reading/refused';
import type { Reading } from '../../tool-adapter';
import { ResticEvents } from './restic-events';

const TOOL = 'restic';
export const CHECK_TEXT = /^(no errors were found|check all packs|check snapshots, trees and blobs)$/m;
const DAMAGE =
  /repository contains errors|invalid data returned|Fatal: .{0,300}(damaged|corrupt)|hash mismatch|does not match id|ciphertext verification failed|missing pack|pack [^ ]{1,100} (contains|does not exist)|not found in index/i;

/** A verification by `restic check`: what it found, and how much of the store it looked at. */
export function readCheck(output: ToolOutput): Reading {
  const events = new ResticEvents(output);
  const { summary, faults } = events;
  const quiet = output.isSilent && output.exitCode === 0 && output.command.hasBehind(TOOL, ['--quiet', '-q']);
  const clean = quiet || /^no errors were found$/m.test(output.text);
  const found = countAt(summary ?? undefined, 'num_errors');
  if (!summary && !clean && !events.hasFailed && output.isSilent)
    throw new SubmissionRefused('TRUNCATED', 'END_UNTOLD', { command: 'restic check' });
  if (!summary && output.jsonLines().cut && !events.hasFailed) throw new SubmissionRefused('TRUNCATED', 'LINE_CUT');
  const brokenPacks = at(summary ?? undefined, 'broken_packs');
  // A store that was not opened, or a signal, counts as an error too, and says nothing of what is stored.
  const counted = !events.neverBegan && !events.wasInterrupted && (found ?? 0) > 0;
  const damaged =
    counted || faults > 0 || (Array.isArray(brokenPacks) && brokenPacks.length > 0) || DAMAGE.test(output.text);
  const sound = (found === 0 || clean) && !damaged && !events.hasFailed;
  const { strength, coverage } = depthOf(output);
  const ran = !events.neverBegan && (summary !== null || CHECK_TEXT.test(output.text) || faults > 0);
  const flags = [
    ...(damaged ? ['DAMAGE_FOUND'] : []),
    ...(events.hasFailed && !ran ? ['TOOL_FAILED'] : []),
    ...(!sound && !damaged && (!events.hasFailed || events.wasInterrupted) ? ['NO_SUMMARY'] : []),
    ...(events.isLocked ? ['REPO_LOCKED'] : []),
    ...(coverage !== 1 ? ['COVERAGE_PARTIAL'] : []),
  ];
  const record = recordOf(TOOL, {
    ...framedBy(output),
    kind: 'VERIFICATION',
    outcome: sound ? 'PASSED' : 'FAILED',
    strength,
    coverage: coverage === 1 ? null : coverage,
    errorCount: found ?? (sound ? 0 : faults || null),
    message: sound ? null : output.text,
    flags,
  });
  return { records: [record], ofThisRun: true };
}

/** How deep a check went, which its command line says and, without `--json`, its text; an unknown part of the data counts as none of it. */
function depthOf({ command, text }: ToolOutput): { strength: 'STRUCTURE_CHECKED' | 'DATA_CHECKED'; coverage: number } {
  const subset = command.valueOf('--read-data-subset') ?? subsetIn(text);
  if (subset === null) {
    const wasRead = command.has('--read-data') || /^read all data$/m.test(text);
    return { strength: wasRead ? 'DATA_CHECKED' : 'STRUCTURE_CHECKED', coverage: 1 };
  }
  const [, part, of] = /^(\d+)\/(\d+)$/.exec(subset) ?? [];
  const [, percent] = /^(\d+(?:\.\d+)?)%$/.exec(subset) ?? [];
  const share = part && Number(of) > 0 ? 1 / Number(of) : Math.min(1, Number(percent ?? 0) / 100);
  return { strength: 'DATA_CHECKED', coverage: share };
}

/** The subset that a text names, as it is written on a command line. */
function subsetIn(text: string): string | null {
  const [, group, groups] = /^read group #(\d+) of \d+ data packs \(.* in (\d+) groups\)$/m.exec(text) ?? [];
  if (group) return `${group}/${groups}`;
  return /^read (\d+(?:\.\d+)?%|\d+ bytes) of data packs$/m.exec(text)?.[1] ?? null;
}
