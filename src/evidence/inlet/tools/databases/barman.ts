import { type Json, isObject } from '../../payload/exact-json';
import { at, bigAt, objectsAt, textAt } from '../../payload/json-values';
import type { NeutralRecord } from '../../reading/neutral-record';
import { recordOf } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { type SourceClock, epochTime, offsetTime } from '../../payload/tool-times';
import { reported } from '../shell';
import { documentOfDiagnosis } from './barman-diagnose';
import { OUTCOMES, documentOf, messages, readRun } from './barman-run';
import { isServerText } from './barman-text';
import type { Reading, ToolAdapter } from '../tool-adapter';

const TOOL = 'barman';
const VERBS = [
  'list-backup',
  'list-backups',
  'show-backup',
  'show-backups',
  'backup',
  'verify-backup',
  'verify',
  'recover',
  'restore',
  'check',
  'check-backup',
  'cron',
  'status',
  'list-server',
  'delete',
  'diagnose',
  'list-servers',
  'show-server',
  'show-servers',
  'list-files',
  'archive-wal',
  'switch-wal',
  'receive-wal',
  'replication-status',
  'keep',
] as const;
type Verb = (typeof VERBS)[number];

/** Names that barman gives to its messages, next to those of servers. */
const CHANNELS = ['_INFO', '_WARNING', '_ERROR', '_EXCEPTION', '_DEBUG'];
const serversOf = (document: Json): [string, Json][] =>
  isObject(document) ? Object.entries(document).filter(([name]) => !CHANNELS.includes(name)) : [];
const isList = (entry: Json): boolean =>
  Array.isArray(entry) && entry.every((set) => textAt(set, 'backup_id') !== null);
const isShown = (entry: Json): boolean => textAt(entry, 'backup_id') !== null && textAt(entry, 'status') !== null;
const isChecked = (entry: Json): boolean =>
  isObject(entry) &&
  Object.values(entry).every((check) => textAt(check, 'status') !== null && at(check, 'hint') !== undefined);

function verbOfPayload(output: ToolOutput): Verb | null {
  if (documentOfDiagnosis(output.document)) return 'diagnose';
  if (isServerText(output.stdout)) return 'check';
  const document = documentOf(output);
  if (document === undefined || !isObject(document)) return null;
  const entries = serversOf(document).map(([, entry]) => entry);
  // Servers without backups are only known by the command: any empty list would look like them.
  const isCut = messages(document, '_ERROR', '_EXCEPTION').length > 0;
  if (entries.some((entry) => Array.isArray(entry) && (entry.length > 0 || isCut)) && entries.every(isList))
    return 'list-backup';
  if (entries.length > 0 && entries.every(isShown)) return 'show-backup';
  if (entries.length > 0 && entries.every(isChecked)) return 'check';
  const told = messages(document, ...CHANNELS).join('\n');
  if (/pg_verifybackup|successfully verified/i.test(told)) return 'verify-backup';
  if (/\brestore for server\b/.test(told)) return 'recover';
  return /Starting backup using|Backup (?:start|completed)/.test(told) ? 'backup' : null;
}

function readInventory(output: ToolOutput): Reading {
  // For people it prints nothing of servers without backups.
  if (output.isSilent && output.exitCode === 0 && !/\bjson\b/.test(output.submission.command ?? 'json'))
    return { records: [], flags: ['EMPTY_INVENTORY'] };
  const document = documentOf(output) ?? (output.hasFailed ? undefined : output.requireDocument());
  const complaints = messages(document, '_ERROR', '_EXCEPTION');
  if (document === undefined || output.hasFailed || complaints.length > 0)
    throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED_SAYING', {
      tool: 'barman',
      complaint: (complaints.join('; ') || output.stderr).slice(0, 200),
    });
  const servers = serversOf(document);
  const odd = servers.find(([, entry]) => !isList(entry) && !isShown(entry));
  if (odd || servers.length === 0)
    throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'barman -f json list-backup / show-backup' });
  const clock = output.clock();
  const records = servers.flatMap(([server, entry]) =>
    Array.isArray(entry)
      ? objectsAt(entry).map((set) => listedRecord(server, set, clock))
      : shownRecord(server, entry, clock),
  );
  const empty = servers.filter(([, entry]) => Array.isArray(entry) && entry.length === 0);
  return {
    records: records.filter((record) => !record.flags.includes('UNKNOWN_STATUS')),
    flags: [
      ...clock.flags,
      ...records.flatMap(({ flags }) => flags),
      ...(empty.length > 0 ? ['EMPTY_INVENTORY_FOR_SERVER'] : []),
      ...(records.length === 0 ? ['EMPTY_INVENTORY'] : []),
    ],
    ofWholeStore: servers.every(([, entry]) => Array.isArray(entry)),
  };
}

function setRecord(server: string, set: Json, startedAt: Date | null, finishedAt: Date | null): NeutralRecord {
  const status = textAt(set, 'status') ?? 'DONE';
  const outcome = OUTCOMES[status];
  return recordOf(TOOL, {
    kind: 'BACKUP',
    outcome: outcome ?? 'RUNNING',
    strength: 'LISTED',
    startedAt,
    finishedAt,
    recoveryPointAt: finishedAt,
    sizeBasis: `barman base and WAL${textAt(set, 'backup_type') === 'incremental' ? ' incremental' : ''}`,
    dataset: server,
    runKey: `barman:${server}:${textAt(set, 'backup_id')}`,
    message: status === 'DONE' ? null : `status ${status}`,
    flags: [
      ...(outcome ? [] : ['UNKNOWN_STATUS']),
      ...(outcome === 'RUNNING' ? ['BACKUP_RUNNING'] : []),
      ...(outcome === 'PARTIAL' ? ['INCOMPLETE_SET'] : []),
    ],
  });
}

function listedRecord(server: string, set: Json, clock: SourceClock): NeutralRecord {
  const stop = at(set, 'end_time_timestamp');
  const time = (name: string): Date | null => offsetTime(at(set, name)) ?? clock.read(at(set, name));
  const finishedAt = epochTime(stop) ?? time('end_time');
  const base = bigAt(set, 'base_bytes');
  const record = setRecord(
    server,
    set,
    time('begin_time') ?? clock.read(textAt(set, 'backup_id') ?? undefined),
    finishedAt,
  );
  return {
    ...record,
    timeBasis: finishedAt && stop ? 'EPOCH' : offsetTime(at(set, 'end_time')) ? 'OFFSET' : 'SOURCE_TZ',
    sizeBytes: base ?? bigAt(set, 'size_bytes'),
    sizeBasis: base === null ? record.sizeBasis : 'barman base',
    message: textAt(set, 'error') ?? record.message,
  };
}

function shownRecord(server: string, shown: Json, clock: SourceClock): NeutralRecord {
  const base = at(shown, 'base_backup_information') ?? at(shown, 'base_information');
  const time = (name: string): Date | null =>
    offsetTime(at(base, name)) ?? epochTime(at(base, `${name}_timestamp`)) ?? clock.read(at(base, name));
  const startedAt = time('begin_time') ?? clock.read(textAt(shown, 'backup_id') ?? undefined);
  return {
    ...setRecord(server, shown, startedAt, time('end_time')),
    timeBasis: offsetTime(at(base, 'end_time')) ? 'OFFSET' : base === undefined ? 'SOURCE_TZ' : 'EPOCH',
    sizeBytes: bigAt(base, 'disk_usage_with_wals_bytes') ?? bigAt(base, 'backup_size_with_wals_bytes'),
  };
}

/** What housekeeping and checks say is wrong, or that they could not be made. */
function troublesOf(output: ToolOutput): string[] {
  const isWrong =
    serversOf(documentOf(output) ?? null).some(
      ([, server]) => isChecked(server) && Object.values(server as object).some(({ status }) => status === 'FAILED'),
    ) || /^\t[^:\n]+: FAILED\b/m.test(output.stdout);
  if (isWrong) return ['STATUS_NOT_OK'];
  return output.hasFailed ? ['TOOL_FAILED'] : [];
}

export const BARMAN: ToolAdapter = {
  tool: TOOL,
  name: 'Barman',
  programs: ['barman'],
  fits: (output) => verbOfPayload(output) !== null,
  read(output) {
    const named = output.command.programOf([TOOL]) ? output.command.verbOf(TOOL, VERBS) : null;
    const verb = named ?? verbOfPayload(output);
    switch (verb) {
      case 'list-backup':
      case 'list-backups':
      case 'show-backup':
      case 'show-backups':
      case 'diagnose':
        return readInventory(output);
      case 'backup':
      case 'verify':
      case 'verify-backup':
      case 'recover':
      case 'restore':
        return readRun(output, verb);
      case null:
        if (output.hasFailed) return readRun(output, 'backup');
        output.requireDocument();
        throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'barman -f json' });
      default:
        // What `check` looks at is the way to the next backup, not a backup.
        return { records: [], flags: troublesOf(output) };
    }
  },
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'barman -f json backup main', { zoned: true }),
};
