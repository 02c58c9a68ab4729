import type { Json } from '../../payload/exact-json';
import { at, bigAt, textAt } from '../../payload/json-values';
import type { NeutralRecord, RecordOutcome } from '../../reading/neutral-record';
import { framedBy, recordOf, worst } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { offsetTime } from '../../payload/tool-times';
import { reported } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';

const TOOL = 'wal-g';
const VERBS = ['backup-list', 'backup-push', 'backup-fetch', 'wal-verify', 'wal-push', 'wal-show', 'delete'] as const;

/** An entry of `backup-list --json`; the databases differ in what they know besides the name. */
const isBackup = (entry: Json): boolean =>
  textAt(entry, 'backup_name') !== null &&
  [
    'wal_file_name',
    'wal_segment_backup_start',
    'modified_time',
    'storage_name',
    'finish_time',
    'finish_local_time',
  ].some((key) => at(entry, key) !== undefined);
const isWalVerification = (document: Json | undefined): boolean =>
  textAt(document, 'integrity', 'status') !== null || textAt(document, 'timeline', 'status') !== null;

const WAL_STATUS: Readonly<Record<string, RecordOutcome>> = { OK: 'PASSED', WARNING: 'PARTIAL', FAILURE: 'FAILED' };
const WROTE = /Wrote backup with name (\S+)/;
const LOG = /^(?:INFO|ERROR|WARNING): \d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d/m;

function readList(output: ToolOutput): Reading {
  if (output.hasFailed)
    throw new SubmissionRefused('TOOL_FAILED', 'wal-g could not list its backups', { exitCode: output.exitCode });
  // With nothing to list it says so on stderr and prints no list.
  if (output.stdout.trim() === '' && /No backups found/i.test(output.stderr))
    return { records: [], flags: ['EMPTY_INVENTORY'] };
  const document = output.requireDocument();
  if (!Array.isArray(document) || !document.every(isBackup))
    throw new SubmissionRefused('NOT_PARSEABLE', 'This is not what wal-g backup-list --json prints', {
      begins: output.stdout.slice(0, 80),
    });
  return { records: document.map(listedRecord), flags: document.length === 0 ? ['EMPTY_INVENTORY'] : [] };
}

function listedRecord(entry: Json): NeutralRecord {
  const name = textAt(entry, 'backup_name') ?? '';
  const time = (...keys: string[]): Date | null =>
    keys.reduce<Date | null>((found, key) => found ?? offsetTime(at(entry, key)), null);
  const finishedAt = time('finish_time', 'finish_local_time');
  return recordOf(TOOL, {
    kind: 'BACKUP',
    outcome: 'PASSED',
    strength: 'LISTED',
    startedAt: time('start_time', 'start_local_time'),
    finishedAt,
    recoveryPointAt: finishedAt ?? time('time', 'modified', 'modified_time'),
    timeBasis: 'OFFSET',
    sizeBytes: bigAt(entry, 'uncompressed_size'),
    storedBytes: bigAt(entry, 'compressed_size'),
    sizeBasis: `wal-g uncompressed_size ${name.includes('_D_') ? 'delta' : 'full'}`,
    host: textAt(entry, 'hostname'),
    dataset: textAt(entry, 'data_dir'),
    location: textAt(entry, 'storage_name'),
    runKey: `wal-g:${name}`,
  });
}

/** Whether all WAL is there to go forward with: nothing of it is read. */
function readWalVerify(output: ToolOutput): Reading {
  if (!output.hasFailed) output.requireDocument();
  const { document } = output;
  const told = [textAt(document, 'integrity', 'status'), textAt(document, 'timeline', 'status')].filter(
    (status) => status !== null,
  );
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
    throw new SubmissionRefused('TRUNCATED', 'wal-g backup-fetch does not say how it ends: its exit code is needed');
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
  fits: ({ document, text }) =>
    Array.isArray(document)
      ? document.every(isBackup)
      : isWalVerification(document) || (WROTE.test(text) && LOG.test(text)),
  read(output) {
    const program = output.command.programOf(this.programs ?? []);
    const verb = program && output.command.verbOf(program, VERBS);
    if (verb === 'backup-list' || (!verb && Array.isArray(output.document))) return readList(output);
    if (verb === 'wal-verify' || (!verb && isWalVerification(output.document))) return readWalVerify(output);
    if (verb === 'backup-fetch') return readRun(output, 'RESTORE_TEST');
    if (verb === 'backup-push' || (!verb && (output.hasFailed || WROTE.test(output.text))))
      return readRun(output, 'BACKUP');
    if (verb) return { records: [] };
    output.requireDocument();
    throw new SubmissionRefused('NOT_PARSEABLE', 'This is not the output of wal-g', {
      begins: output.stdout.slice(0, 80),
    });
  },
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'wal-g backup-list --detail --json'),
};
