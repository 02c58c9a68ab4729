import { type Json, isObject } from '../../payload/exact-json';
import { at, bigAt, objectsAt, textAt } from '../../payload/json-values';
import type { NeutralRecord, RecordOutcome } from '../../reading/neutral-record';
import { framedBy, recordOf, worst } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { type SourceClock, epochTime, offsetTime } from '../../payload/tool-times';
import { reported } from '../shell';
import { documentOfDiagnosis } from './barman-diagnose';
import { documentOfText } from './barman-text';
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
] as const;
type Verb = (typeof VERBS)[number];

/** Names that barman gives to its messages, next to those of servers. */
const CHANNELS = ['_INFO', '_WARNING', '_ERROR', '_EXCEPTION', '_DEBUG'];
const OUTCOMES: Readonly<Record<string, RecordOutcome>> = {
  DONE: 'PASSED',
  // Its WAL is not all there yet: it cannot be made consistent.
  WAITING_FOR_WALS: 'PARTIAL',
  FAILED: 'FAILED',
  STARTED: 'RUNNING',
  EMPTY: 'RUNNING',
  SYNCING: 'RUNNING',
};
/** What every restore says of the settings that it makes harmless: nothing is wrong with what was restored. */
const TAMED =
  /settings have been modified to prevent|settings are potentially dangerous|review the (?:following )?options/i;
const BACKUP_ID = /\b(\d{8}T\d{6})\b/;

const serversOf = (document: Json): [string, Json][] =>
  isObject(document) ? Object.entries(document).filter(([name]) => !CHANNELS.includes(name)) : [];
const isList = (entry: Json): boolean =>
  Array.isArray(entry) && entry.every((set) => textAt(set, 'backup_id') !== null);
const isShown = (entry: Json): boolean => textAt(entry, 'backup_id') !== null && textAt(entry, 'status') !== null;

/** The messages of a channel, whatever barman packs them in. */
function messages(document: Json | undefined, ...channels: readonly string[]): string[] {
  return channels.flatMap((channel) => {
    const told = at(document, channel);
    return Array.isArray(told)
      ? told.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
      : typeof told === 'string'
        ? [told]
        : [];
  });
}

/** What barman said, as JSON or for people. */
const documentOf = (output: ToolOutput): Json | undefined =>
  documentOfDiagnosis(output.document) ?? output.document ?? documentOfText(output.text);

function verbOfPayload(output: ToolOutput): Verb | null {
  if (documentOfDiagnosis(output.document)) return 'diagnose';
  const document = documentOf(output);
  if (document === undefined || !isObject(document)) return null;
  const entries = serversOf(document).map(([, entry]) => entry);
  // Servers without backups are only known by the command: any empty list would look like them.
  if (entries.some((entry) => Array.isArray(entry) && entry.length > 0) && entries.every(isList)) return 'list-backup';
  if (entries.length > 0 && entries.every(isShown)) return 'show-backup';
  const told = messages(document, ...CHANNELS).join('\n');
  if (/pg_verifybackup|successfully verified/i.test(told)) return 'verify-backup';
  if (/\brestore for server\b/.test(told)) return 'recover';
  return /Starting backup using|Backup (?:start|completed)/.test(told) ? 'backup' : null;
}

function readInventory(output: ToolOutput): Reading {
  const document = documentOf(output) ?? output.requireDocument();
  const complaints = messages(document, '_ERROR', '_EXCEPTION');
  if (output.hasFailed || complaints.length > 0)
    throw new SubmissionRefused(
      'TOOL_FAILED',
      `barman could not list its backups: ${complaints.join('; ').slice(0, 200)}`,
      {
        exitCode: output.exitCode,
      },
    );
  const servers = serversOf(document);
  const odd = servers.find(([, entry]) => !isList(entry) && !isShown(entry));
  if (odd || servers.length === 0)
    throw new SubmissionRefused('NOT_PARSEABLE', 'This is not what barman -f json list-backup or show-backup prints', {
      begins: output.stdout.slice(0, 80),
    });
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
    timeBasis: offsetTime(at(base, 'end_time')) ? 'OFFSET' : 'EPOCH',
    sizeBytes: bigAt(base, 'disk_usage_with_wals_bytes') ?? bigAt(base, 'backup_size_with_wals_bytes'),
  };
}

/** A run of its own, told in messages: `_ERROR` makes it fail whatever the exit code is. */
function readRun(output: ToolOutput, verb: Verb | null): Reading {
  const document = documentOf(output);
  const isText = document === undefined;
  if (isText && !output.hasFailed) output.requireDocument();
  const informed = messages(document, '_INFO').join('\n');
  const errors = messages(document, '_ERROR', '_EXCEPTION');
  const warnings = messages(document, '_WARNING').filter((line) => !TAMED.test(line));
  const told = [...errors, ...warnings].join('\n') || output.stderr || (isText ? output.stdout : '');
  const failed = output.hasFailed || errors.length > 0;
  const kind = verb?.startsWith('verify')
    ? 'VERIFICATION'
    : verb === 'recover' || verb === 'restore'
      ? 'RESTORE_TEST'
      : 'BACKUP';
  const done = {
    BACKUP: /Backup completed/,
    VERIFICATION: /successfully verified/i,
    RESTORE_TEST: /Your PostgreSQL server has been successfully prepared|Recovery completed/,
  }[kind];
  const ended = done.test(informed) || (kind === 'RESTORE_TEST' && output.exitCode === 0 && isObject(document));
  const framed = framedBy(output);
  const server = serverOf(output, informed);
  const [id] = BACKUP_ID.exec(informed) ?? [];
  const made = kind === 'BACKUP' && id && server ? `barman:${server}:${id}` : null;
  const record = recordOf(TOOL, {
    ...framed,
    kind,
    outcome: worst(failed || !ended ? 'FAILED' : 'PASSED', warnings.length > 0 ? 'PARTIAL' : 'PASSED'),
    strength: { BACKUP: 'COMPLETED', VERIFICATION: 'DATA_CHECKED', RESTORE_TEST: 'RESTORED' }[
      kind
    ] as NeutralRecord['strength'],
    recoveryPointAt: kind === 'BACKUP' ? framed.finishedAt : null,
    dataset: server,
    errorCount: failed ? errors.length || null : 0,
    message: told,
    runKey: made ?? framed.runKey,
    covers: kind !== 'BACKUP' && id && server ? [`barman:${server}:${id}`] : [],
    flags: [
      ...(kind === 'VERIFICATION' &&
      failed &&
      /checksum mismatch|is not valid|does not match|has size|pg_verifybackup/i.test(told)
        ? ['DAMAGE_FOUND']
        : []),
      ...(failed || ended ? [] : ['NO_SUMMARY']),
      ...(warnings.length > 0 && !failed ? ['STDERR_WARNING'] : []),
      ...(/already running|another .* in progress|lock/i.test(told) && failed && kind === 'BACKUP'
        ? ['REPO_LOCKED']
        : []),
    ],
  });
  return { records: [record], ofThisRun: true };
}

/** The server that a message is about, else the word behind the verb. */
function serverOf(output: ToolOutput, told: string): string | null {
  const [, named] = /(?:on|for) server \[?'?([\w.-]+)'?\]?/.exec(told) ?? [];
  if (named) return named;
  const words = output.submission.command?.split(/\s+/) ?? [];
  const index = words.findIndex((word) => (VERBS as readonly string[]).includes(word));
  return words.slice(index + 1).find((word) => index >= 0 && !word.startsWith('-')) ?? null;
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
        if (output.hasFailed) return readRun(output, null);
        output.requireDocument();
        throw new SubmissionRefused('NOT_PARSEABLE', 'This is not the output of barman -f json', {
          begins: output.stdout.slice(0, 80),
        });
      default:
        // What `check` looks at is the way to the next backup, not a backup.
        return { records: [] };
    }
  },
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'barman -f json backup main', { zoned: true }),
};
