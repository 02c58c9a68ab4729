import { framedBy, quietBackup, recordOf, worst } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { reported } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';

const TOOL = 'rsnapshot';
/** What rsnapshot does when all sources are copied, before and after it takes its lock away. */
const CLOSES = /^(?:\S*touch \S+\.0\/|\S*rm -f \S+\.pid)/m;
/** Done, with some warnings. */
const EXIT_WARNING = 2;
const RSYNC = /^\S*\brsync -.*$/gm;
const ROTATES = /^(?:mv|rm -rf|\/bin\/(?:mv|rm|cp)|cp -al) .*\b(?:\w+)\.\d+\//m;
const TOTAL = /^Total file size: ([\d,.]+) bytes/gm;
const TRANSFERRED = /^Total transferred file size: ([\d,.]+) bytes/gm;
const ERROR = /^(?:ERROR:|rsnapshot encountered an error)|^rsync error: (?!some files)/m;
const WARNING =
  /^WARNING:|completed, but with some warnings|^rsync: .*(?:failed|denied)|^rsync (?:error: some files|warning:)/m;
const LOCKED = /\blockfile\b.{0,300}(?:exists|can not continue)/i;

/** What tells of snapshots or of the configuration, and makes none. */
const SIDE_VERBS = ['configtest', 'du', 'diff', 'help', 'version'] as const;
/** Levels that only move older snapshots up by every configuration that is usual: a silent run of them is no backup. */
const UPPER_LEVELS = ['weekly', 'monthly', 'yearly', 'beta', 'gamma', 'delta'] as const;

function read(output: ToolOutput): Reading {
  const { command } = output;
  if (command.programOf([TOOL]) && command.verbOf(TOOL, SIDE_VERBS)) return { records: [] };
  const stdout = unfolded(output.stdout);
  const runs = [...stdout.matchAll(RSYNC)].map(([line]) => line.trim().split(/\s+/));
  if (command.hasBehind(TOOL, ['-t'])) return { records: [], flags: ['DRY_RUN'] };
  if (output.isSilent && output.exitCode === 0 && command.programOf([TOOL]))
    return command.verbOf(TOOL, UPPER_LEVELS)
      ? { records: [] }
      : { records: [quietBackup(TOOL, output)], ofThisRun: true };
  const failed = (output.hasFailed && output.exitCode !== EXIT_WARNING) || ERROR.test(output.text);
  const warned = output.exitCode === EXIT_WARNING || WARNING.test(output.text);
  // Without -v the warnings are all that is said.
  const onlyWarned = runs.length === 0 && output.exitCode === EXIT_WARNING && WARNING.test(output.text);
  if (runs.length === 0 && !failed && !onlyWarned) {
    // Older snapshots only moved up: no new one was made.
    if (ROTATES.test(stdout)) return { records: [] };
    throw new SubmissionRefused('NOT_PARSEABLE', 'NO_RSYNC');
  }
  const framed = framedBy(output);
  const summed = runs.filter((words) => words.includes('--stats')).length;
  const closes = CLOSES.test(stdout.slice(Math.max(0, stdout.search(RSYNC))));
  // Where nobody says how it ended, a later source may be missing behind the sums of the first.
  const closed = closes || onlyWarned || (summed > 0 && output.exitCode !== null);
  if (!failed && summed === 0 && output.exitCode === null)
    throw new SubmissionRefused('TRUNCATED', 'EXIT_CODE_NEEDED', { command: 'rsync' });
  const unfinished = !failed && (totals(stdout, TOTAL).length < summed || !closed);
  const sizes = unfinished ? [] : totals(stdout, TOTAL);
  const record = recordOf(TOOL, {
    ...framed,
    kind: 'BACKUP',
    outcome: worst(failed || unfinished ? 'FAILED' : 'PASSED', warned ? 'PARTIAL' : 'PASSED'),
    strength: 'COMPLETED',
    recoveryPointAt: framed.startedAt,
    sizeBytes: sumOf(sizes),
    storedBytes: unfinished ? null : sumOf(totals(stdout, TRANSFERRED)),
    sizeBasis: sizes.length > 0 ? 'rsync total file size' : null,
    dataset: runs.flatMap((words) => words.at(-2) ?? []).join(', ') || null,
    errorCount: failed || warned || unfinished ? null : 0,
    message: output.stderr.trim() || (failed ? output.stdout : null),
    flags: [
      ...(LOCKED.test(output.text) ? ['REPO_LOCKED'] : []),
      ...(unfinished || onlyWarned ? ['NO_SUMMARY'] : []),
      ...(warned && !failed ? ['STDERR_WARNING'] : []),
    ],
  });
  return { records: [record], ofThisRun: true };
}

/** The text with the lines that were folded for the reader as one command again. */
const unfolded = (text: string): string => text.replace(/ \\\n {0,8}/g, ' ');

/** The sizes that rsync sums up for each source, written `500,017`. */
const totals = (text: string, pattern: RegExp): bigint[] =>
  [...text.matchAll(pattern)].map(([, digits = '']) => BigInt(digits.replace(/[.,]/g, '')));

const sumOf = (sizes: readonly bigint[]): bigint | null =>
  sizes.length > 0 ? sizes.reduce((sum, size) => sum + size, 0n) : null;

export const RSNAPSHOT: ToolAdapter = {
  tool: TOOL,
  name: 'rsnapshot',
  programs: ['rsnapshot'],
  fits: ({ stdout }) => /^echo \d+ > \S+\.pid/m.test(stdout) || /^\S*\brsync -.*\/\w+\.0\//m.test(unfolded(stdout)),
  read,
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'rsnapshot -v daily'),
};
