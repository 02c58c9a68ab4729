import type { NeutralRecord, RecordKind, RecordOutcome } from '../../reading/neutral-record';
import { recordOf, worst } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { type SourceClock, epochTime } from '../../payload/tool-times';
import { reported } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';
import { isReport, reportRows } from './bacula-report';
import { type JobRow, consoleRows, jsonRows } from './bacula-rows';

const TOOL = 'bacula';
const KINDS: Readonly<Record<string, RecordKind>> = { B: 'BACKUP', V: 'VERIFICATION', R: 'RESTORE_TEST' };
const STATUSES: Readonly<Record<string, RecordOutcome>> = {
  T: 'PASSED',
  W: 'PARTIAL',
  e: 'PARTIAL',
  I: 'PARTIAL',
  E: 'FAILED',
  f: 'FAILED',
  A: 'FAILED',
  D: 'FAILED',
};
/** Created, running, blocked, and the many things that a job waits for. */
const RUNNING = /^[CRBFSMmsjcdtpqialL]$/;
/** Levels of a Verify job that read what is on the volumes, or on the disk. The others compare entries of the catalog. */
const READS_DATA = ['O', 'd', 'A'];
const DISK_TO_CATALOG = 'd';
/** Takes down what a later Verify job compares with. */
const INIT_CATALOG = 'V';
const SECOND_MS = 1_000;

const numberOf = (text: string | undefined): number | null => {
  const digits = text?.replaceAll(',', '') ?? '';
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
};

function recordOfJob(row: JobRow, clock: SourceClock): NeutralRecord | null {
  const value = (name: string): string => row.get(name) ?? '';
  const kind = KINDS[value('type')];
  const status = value('jobstatus');
  const outcome = STATUSES[status] ?? (RUNNING.test(status) ? 'RUNNING' : undefined);
  if (!kind || !outcome) return null;
  const errors = numberOf(row.get('joberrors'));
  const warned = (errors ?? 0) > 0 || (numberOf(row.get('jobmissingfiles')) ?? 0) > 0;
  // An increment may find nothing new; a verification or a restore of nothing proves nothing.
  const level = value('level');
  const isIdle = numberOf(row.get('jobfiles')) === 0 || (kind === 'VERIFICATION' && level === INIT_CATALOG);
  const nothing = kind !== 'BACKUP' && outcome === 'PASSED' && isIdle;
  const startedAt = clock.read(value('starttime'));
  const endedAt = clock.read(value('endtime') || value('realendtime'));
  // An instant of its own, without a zone: it also shows whether the declared zone is the director's.
  const epoch = outcome === 'RUNNING' ? null : epochTime(value('jobtdate'));
  const disagree = epoch !== null && endedAt !== null && Math.abs(epoch.getTime() - endedAt.getTime()) > SECOND_MS;
  const size = numberOf(row.get('jobbytes'));
  return recordOf(TOOL, {
    kind,
    outcome: worst(outcome, outcome === 'PASSED' && (warned || nothing) ? 'PARTIAL' : 'PASSED'),
    strength: strengthOf(kind, level),
    coverage: nothing && kind === 'VERIFICATION' ? 0 : null,
    startedAt,
    finishedAt: outcome === 'RUNNING' ? null : (epoch ?? endedAt),
    recoveryPointAt: kind === 'BACKUP' ? startedAt : null,
    timeBasis: startedAt ? 'SOURCE_TZ' : epoch && 'EPOCH',
    sizeBytes: kind === 'BACKUP' && size !== null ? BigInt(size) : null,
    sizeBasis: kind === 'BACKUP' ? `bacula JobBytes ${level}`.trim() : null,
    host: value('client') || value('clientname') || null,
    dataset: value('name') || null,
    errorCount: errors,
    message: value('comment') || (outcome === 'PASSED' && !warned ? null : `JobStatus ${status}`),
    runKey: `${TOOL}:${value('job') || value('jobid')}`,
    flags: [
      ...(disagree ? ['SOURCE_TZ_MISMATCH'] : []),
      // A file that lives on differs from its backup without anything being broken.
      ...(status === 'D' ? [level === DISK_TO_CATALOG ? 'SOURCE_CHANGED' : 'DAMAGE_FOUND'] : []),
      ...(value('damaged') ? ['DAMAGE_FOUND'] : []),
      ...(status === 'I' ? ['INCOMPLETE_SET'] : []),
      ...(nothing ? ['NOTHING_VERIFIED'] : []),
    ],
  });
}

function strengthOf(kind: RecordKind, level: string): NeutralRecord['strength'] {
  if (kind === 'BACKUP') return 'COMPLETED';
  if (kind === 'RESTORE_TEST') return 'RESTORED';
  return READS_DATA.includes(level) ? 'DATA_CHECKED' : 'STRUCTURE_CHECKED';
}

function read(output: ToolOutput): Reading {
  if (output.hasFailed) throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'Bacula / Bareos' });
  // The console says hello before it answers in JSON.
  const { jsonAlone } = output;
  const rows = /^\s*[[{]/.test(jsonAlone.stdout)
    ? jsonRows(jsonAlone.requireDocument())
    : isReport(output.stdout)
      ? reportRows(output.stdout)
      : consoleRows(output);
  if (!rows) throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_JOBS', { tool: 'Bacula / Bareos' });
  const clock = output.clock();
  // Copies, migrations and housekeeping are jobs too, and no evidence.
  const judged = rows.filter((row) => KINDS[row.get('type') ?? '']);
  const records = judged.map((row) => recordOfJob(row, clock));
  const known = records.filter((record) => record !== null);
  return {
    records: known,
    flags: [
      ...clock.flags,
      ...(known.length < records.length ? ['UNKNOWN_STATUS'] : []),
      ...(rows.length === 0 ? ['EMPTY_INVENTORY'] : []),
    ],
  };
}

export const BACULA: ToolAdapter = {
  tool: TOOL,
  name: 'Bacula / Bareos',
  aliases: ['bareos'],
  programs: ['bconsole'],
  fits: (output) => {
    const rows = jsonRows(output.jsonAlone.document);
    return (
      (rows !== null && rows.length > 0) ||
      isReport(output.stdout) ||
      /^\|\s*jobid\s*\|.*\|\s*jobstatus\s*\|/im.test(output.stdout)
    );
  },
  read,
  commandFor: (inletUrl) => reported(inletUrl, TOOL, "echo 'list jobs days=2' | bconsole", { zoned: true }),
};
