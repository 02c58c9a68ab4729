import type { Json } from '../../payload/exact-json';
import { at, bigAt, textAt } from '../../payload/json-values';
import type { NeutralRecord, RecordOutcome } from '../../reading/neutral-record';
import { framedBy, recordOf, worst } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { offsetTime } from '../../payload/tool-times';
import { reported } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';
import { entriesOfTable } from './wal-g-table';

const TOOL = 'wal-g';
const VERBS = ['backup-list', 'backup-push', 'backup-fetch', 'wal-verify', 'wal-push', 'wal-show', 'delete'] as const;

/** Marks of an entry of `backup-list --json` besides its name: the databases differ in what they know. */
const MARKS = [
  'wal_file_name',
  'wal_segment_backup_start',
  'modified_time',
  'modify_time',
  'storage_name',
  'finish_time',
  'finish_local_time',
  'FinishLocalTime',
];
/** Greenplum calls it `Name`, Redis writes all its keys that way. */
const nameOf = (entry: Json): string | null =>
  textAt(entry, 'backup_name') ??
  textAt(entry, 'BackupName') ??
  (textAt(entry, 'gp_version') ? textAt(entry, 'Name') : null);
const isBackup = (entry: Json): boolean => nameOf(entry) !== null && MARKS.some((key) => at(entry, key) !== undefined);
/** The states of both checks of `wal-verify`, as JSON or as it prints them for people. */
const walStatesOf = ({ document, stdout }: ToolOutput): string[] =>
  [
    textAt(document, 'integrity', 'status'),
    textAt(document, 'timeline', 'status'),
    ...[...stdout.matchAll(/^\[wal-verify\] (?:integrity|timeline) check status: (\w+)/gm)].map(([, state]) => state),
  ].filter((state) => typeof state === 'string');

const WAL_STATUS: Readonly<Record<string, RecordOutcome>> = { OK: 'PASSED', WARNING: 'PARTIAL', FAILURE: 'FAILED' };
const NONE = /No backups found/i;
const WROTE = /Wrote backup with name (\S+)/;
const LOG = /^(?:INFO|ERROR|WARNING): \d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d/m;

function readList(output: ToolOutput): Reading {
  if (output.hasFailed) throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'wal-g' });
  // With nothing to list it says so in its log and prints no list.
  if (output.stdout.split('\n').every((line) => line.trim() === '' || LOG.test(line)) && NONE.test(output.text))
    return { records: [], flags: ['EMPTY_INVENTORY'], ofWholeStore: true };
  const backups = entriesOfTable(output.stdout) ?? output.requireDocument();
  if (!Array.isArray(backups) || !backups.every(isBackup))
    throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'wal-g backup-list' });
  return {
    records: backups.map(listedRecord),
    flags: backups.length === 0 ? ['EMPTY_INVENTORY'] : [],
    ofWholeStore: true,
  };
}

function listedRecord(entry: Json): NeutralRecord {
  const name = nameOf(entry) ?? '';
  const time = (...keys: string[]): Date | null =>
    keys.reduce<Date | null>((found, key) => found ?? offsetTime(at(entry, key)), null);
  // Older sentinels do not know their sizes, and 0 stands for it.
  const size = (...keys: string[]): bigint | null => keys.map((key) => bigAt(entry, key)).find(Boolean) ?? null;
  const finishedAt = time('finish_time', 'finish_local_time', 'stop_local_time', 'FinishLocalTime');
  return recordOf(TOOL, {
    kind: 'BACKUP',
    outcome: 'PASSED',
    strength: 'LISTED',
    startedAt: time('start_time', 'start_local_time', 'StartLocalTime'),
    finishedAt,
    recoveryPointAt: finishedAt ?? time('time', 'modified', 'last_modified', 'modified_time', 'modify_time'),
    timeBasis: 'OFFSET',
    sizeBytes: size('uncompressed_size', 'DataSize', 'data_size'),
    storedBytes: size('compressed_size', 'BackupSize', 'backup_size'),
    sizeBasis: `wal-g uncompressed_size ${name.includes('_D_') ? 'delta' : 'full'}`,
    host: textAt(entry, 'hostname'),
    dataset: textAt(entry, 'data_dir'),
    location: textAt(entry, 'storage_name'),
    runKey: `wal-g:${name}`,
  });
}

/** The checks that were asked for, as far as the command or the log tell. */
const checksOf = ({ command, text }: ToolOutput): Set<string | undefined> =>
  new Set([
    ...['integrity', 'timeline'].filter((check) => command.has(check)),
    ...[...text.matchAll(/Running the check: (\w+)/g)].map(([, check]) => check),
  ]);

/** Whether all WAL is there to go forward with: nothing of it is read. */
function readWalVerify(output: ToolOutput): Reading {
  const told = walStatesOf(output);
  if (told.length === 0 && !output.hasFailed) output.requireDocument();
  if (told.length < checksOf(output).size && !output.hasFailed)
    throw new SubmissionRefused('TRUNCATED', 'END_UNTOLD', { command: 'wal-g wal-verify' });
  const outcomes = told.map((status) => WAL_STATUS[status] ?? 'FAILED');
  const outcome = worst(output.hasFailed || told.length === 0 ? 'FAILED' : 'PASSED', ...outcomes);
  const record = recordOf(TOOL, {
    ...framedBy(output),
    kind: 'VERIFICATION',
    outcome,
    strength: 'STRUCTURE_CHECKED',
    errorCount: outcome === 'PASSED' ? 0 : null,
    message: outcome === 'PASSED' ? null : output.stderr.trim() || output.stdout,
    flags: [
      ...(outcome === 'PARTIAL' ? ['VERIFY_WARNING'] : []),
      ...(outcome === 'FAILED' && told.length > 0 ? ['DAMAGE_FOUND'] : []),
      ...(told.length === 0 ? ['TOOL_FAILED'] : []),
    ],
  });
  return { records: [record], ofThisRun: true };
}

function readRun(output: ToolOutput, kind: 'BACKUP' | 'RESTORE_TEST'): Reading {
  const [, name] = WROTE.exec(output.text) ?? [];
  if (kind === 'RESTORE_TEST' && output.exitCode === null)
    throw new SubmissionRefused('TRUNCATED', 'EXIT_CODE_NEEDED', { command: 'wal-g backup-fetch' });
  const broken = /^(?:ERROR|FATAL|PANIC): /m.test(output.text);
  const failed = output.hasFailed || broken || (kind === 'BACKUP' && !name);
  const framed = framedBy(output);
  const record = recordOf(TOOL, {
    ...framed,
    kind,
    outcome: failed ? 'FAILED' : 'PASSED',
    strength: kind === 'BACKUP' ? 'COMPLETED' : 'RESTORED',
    recoveryPointAt: kind === 'BACKUP' ? framed.finishedAt : null,
    errorCount: failed ? null : 0,
    message: failed ? output.text : null,
    runKey: name ? `wal-g:${name}` : framed.runKey,
    flags: failed && !output.hasFailed && !broken ? ['NO_SUMMARY'] : [],
  });
  return { records: [record], ofThisRun: true };
}

export const WAL_G: ToolAdapter = {
  tool: TOOL,
  name: 'WAL-G',
  aliases: ['walg'],
  programs: ['wal-g', 'wal-g-pg', 'wal-g-mysql', 'wal-g-mongo'],
  fits(given) {
    const output = given.jsonAlone;
    const { document, text, stdout } = output;
    return Array.isArray(document)
      ? document.every(isBackup)
      : walStatesOf(output).length > 0 || (WROTE.test(text) && LOG.test(text)) || entriesOfTable(stdout) !== null;
  },
  read(given) {
    const output = given.jsonAlone;
    const program = output.command.programOf(this.programs ?? []);
    const verb = program && output.command.verbOf(program, VERBS);
    const isList = Array.isArray(output.document) || entriesOfTable(output.stdout) !== null;
    if (verb === 'backup-list' || (!verb && isList)) return readList(output);
    if (verb === 'wal-verify' || (!verb && walStatesOf(output).length > 0)) return readWalVerify(output);
    if (verb === 'backup-fetch') return readRun(output, 'RESTORE_TEST');
    if (verb === 'backup-push' || (!verb && (output.hasFailed || WROTE.test(output.text))))
      return readRun(output, 'BACKUP');
    if (verb) return { records: [] };
    output.requireDocument();
    throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'wal-g' });
  },
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'wal-g backup-list --detail --json'),
};
