import { type Json, isObject } from '../../payload/exact-json';
import { at, bigAt, textAt } from '../../payload/json-values';
import type { NeutralRecord, RecordKind, RecordOutcome } from '../../reading/neutral-record';
import { framedBy, recordOf, worst } from '../../reading/record';
import type { ToolOutput } from '../../payload/tool-output';
import { documentOfDiagnosis } from './barman-diagnose';
import { documentOfText } from './barman-text';
import type { Reading } from '../tool-adapter';

const TOOL = 'barman';
const MINUTE_MS = 60_000;
export const OUTCOMES: Readonly<Record<string, RecordOutcome>> = {
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
const FOR_SERVER = /(?:on|for) server \[?'?([\w.-]+)'?\]?/;
const BACKUP_ID = /\b(\d{8}T\d{6})\b/;
const WAITING = /classified as WAITING_FOR_WALS/;
/** A restore that ends well and says so of something that no server can be started from. */
const UNUSABLE = /\bIS NOT VALID\b|WAL files for consistency are missing/;
const DAMAGED = /checksum mismatch|is not valid|does not match|has size|pg_verifybackup/i;
const LOCKED = /\bAnother .*(?:running|in progress)|already (?:running|in progress)/i;
/** Options whose value may stand behind them as a word of its own, and is no server. */
const WITH_VALUE =
  /^(?:-j|--(?:incremental|name|jobs|bwlimit|wait-timeout|retry-times|retry-sleep|keepalive-interval|target-\w+|remote-ssh-command|tablespace|staging-(?:path|location|host)|local-staging-path|recovery-conf-filename|snapshot-[\w-]+))$/;

/** The messages of a channel, whatever barman packs them in. */
export function messages(document: Json | undefined, ...channels: readonly string[]): string[] {
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
export const documentOf = (output: ToolOutput): Json | undefined =>
  documentOfDiagnosis(output.document) ?? output.document ?? documentOfText(output.text);

/** A run of its own, told in messages: `_ERROR` makes it fail whatever the exit code is. */
export function readRun(
  output: ToolOutput,
  verb: 'backup' | 'verify' | 'verify-backup' | 'recover' | 'restore',
): Reading {
  const document = documentOf(output);
  const isText = document === undefined;
  if (isText && !output.hasFailed) output.requireDocument();
  const said: Told = {
    informed: messages(document, '_INFO').join('\n'),
    errors: messages(document, '_ERROR', '_EXCEPTION'),
    warnings: messages(document, '_WARNING').filter((line) => !TAMED.test(line)),
    hasFailed: output.hasFailed,
  };
  const runs = verb === 'backup' ? backupsIn(said) : [said];
  return { records: runs.map((run) => recordOfRun(output, verb, document, run)), ofThisRun: true };
}

/** What barman said of one run. */
interface Told {
  informed: string;
  errors: readonly string[];
  warnings: readonly string[];
  hasFailed: boolean;
}

/** Each backup of a run for several servers. An error that names one of them is of that one alone, and then the exit code is too. */
function backupsIn(said: Told): Told[] {
  const parts = said.informed
    .split(/^(?=Starting backup using )/m)
    .filter((part) => part.startsWith('Starting backup'));
  const servers = parts.map((part) => FOR_SERVER.exec(part)?.[1]);
  const others = said.errors.filter((error) => !servers.includes(namedIn(error) ?? servers[0]));
  if (parts.length + others.length < 2 || parts.length === 0) return [said];
  const made = parts.map((informed, place) => {
    const errors = said.errors.filter((error) => [null, servers[place]].includes(namedIn(error)));
    return { ...said, informed, errors, hasFailed: said.hasFailed && errors.length === said.errors.length };
  });
  return [...made, ...(others.length > 0 ? [{ informed: '', errors: others, warnings: [], hasFailed: true }] : [])];
}

const namedIn = (error: string): string | null => {
  const [, checked, named] = /barman check ([\w.-]*\w)|\bserver '?([\w.-]*\w)/.exec(error) ?? [];
  return checked ?? named ?? null;
};

function recordOfRun(output: ToolOutput, verb: string, document: Json | undefined, run: Told): NeutralRecord {
  const { informed, errors, warnings } = run;
  const told = [...errors, ...warnings].join('\n') || output.stderr || (document === undefined ? output.stdout : '');
  const failed = run.hasFailed || errors.length > 0;
  const kind = kindOf(verb);
  const ended = hasEnded(kind, document, informed, output);
  const lost = kind === 'RESTORE_TEST' && UNUSABLE.test(told);
  const [blamed, ...others] = new Set(errors.flatMap((error) => namedIn(error) ?? []));
  const server = FOR_SERVER.exec(informed)?.[1] ?? (others.length > 0 ? null : blamed) ?? serverOf(output, verb);
  const [id] = BACKUP_ID.exec(informed) ?? [];
  const named = id && server ? `barman:${server}:${id}` : null;
  const record = recordOf(TOOL, {
    ...framedBy(output),
    kind,
    outcome: worst(failed || lost || !ended ? 'FAILED' : 'PASSED', warnings.length > 0 ? 'PARTIAL' : 'PASSED'),
    strength: kind === 'BACKUP' ? 'COMPLETED' : kind === 'VERIFICATION' ? 'DATA_CHECKED' : 'RESTORED',
    dataset: server,
    errorCount: failed ? errors.length || null : 0,
    message: told || null,
    covers: kind !== 'BACKUP' && named ? [named] : [],
    flags: [
      ...(kind === 'VERIFICATION' && failed ? [DAMAGED.test(told) ? 'DAMAGE_FOUND' : 'TOOL_FAILED'] : []),
      ...(failed || ended ? [] : ['NO_SUMMARY']),
      ...(warnings.length > 0 && !failed ? ['STDERR_WARNING'] : []),
      ...(LOCKED.test(told) && failed && kind === 'BACKUP' ? ['REPO_LOCKED'] : []),
      ...(lost ? ['INCOMPLETE_SET'] : []),
    ],
  });
  // Of several backups only the last one is told in fields of its own.
  const fields = id !== undefined && textAt(document, 'backup_id') === id ? document : undefined;
  return kind === 'BACKUP' ? madeBy(output, fields, informed, record, named) : record;
}

function kindOf(verb: string): RecordKind {
  if (verb.startsWith('verify')) return 'VERIFICATION';
  return verb === 'backup' ? 'BACKUP' : 'RESTORE_TEST';
}

function hasEnded(kind: RecordKind, document: Json | undefined, informed: string, output: ToolOutput): boolean {
  if (kind === 'BACKUP') return /Backup completed/.test(informed);
  if (kind === 'VERIFICATION') return /successfully verified/i.test(informed);
  return (
    /Your PostgreSQL server has been successfully prepared|Recovery completed/.test(informed) ||
    at(document, 'recovery_elapsed_time') !== undefined ||
    (output.exitCode === 0 && isObject(document))
  );
}

/** The backup that a run made. As JSON it is told with its times, local ones of the database, and the size of the base alone. */
function madeBy(
  output: ToolOutput,
  document: Json | undefined,
  informed: string,
  run: NeutralRecord,
  runKey: string | null,
): NeutralRecord {
  const clock = output.clock();
  const begin = clock.read(at(document, 'begin_time'));
  const isOfRun = begin !== null && isWithin(begin, run);
  const finishedAt = (isOfRun ? clock.read(at(document, 'end_time')) : null) ?? run.finishedAt;
  const size = bigAt(document, 'size');
  const isIncrement = textAt(document, 'parent_backup_id') !== null;
  const waits =
    textAt(document, 'status') === 'WAITING_FOR_WALS' ||
    WAITING.test(run.message ?? '') ||
    (output.exitCode === null && isLeftWaiting(informed));
  return {
    ...run,
    outcome: worst(
      run.outcome,
      OUTCOMES[textAt(document, 'status') ?? 'DONE'] ?? 'FAILED',
      waits ? 'PARTIAL' : 'PASSED',
    ),
    startedAt: isOfRun ? begin : run.startedAt,
    finishedAt,
    recoveryPointAt: finishedAt,
    timeBasis: isOfRun ? 'SOURCE_TZ' : run.timeBasis,
    sizeBytes: size,
    sizeBasis: size === null ? null : `barman base${isIncrement ? ' incremental' : ''}`,
    runKey: runKey ?? run.runKey,
    flags: [
      ...run.flags,
      ...clock.flags,
      ...(begin && !isOfRun ? ['SOURCE_TZ_MISMATCH'] : []),
      ...(waits ? ['INCOMPLETE_SET'] : []),
    ],
  };
}

/** Whether a backup can have begun in a run: where the zone of the database is not the declared one, it seems not to. */
const isWithin = (begin: Date, { startedAt, finishedAt }: NeutralRecord): boolean =>
  (!startedAt || begin.getTime() > startedAt.getTime() - 15 * MINUTE_MS) &&
  (!finishedAt || begin.getTime() < finishedAt.getTime() + 15 * MINUTE_MS);

/** Whether a run that was told to wait for its WAL was still waiting when it last spoke. */
function isLeftWaiting(informed: string): boolean {
  const [, awaited, since = ''] = /Waiting for the WAL file (\w+)([^]*)/.exec(informed) ?? [];
  return awaited !== undefined && !since.includes(awaited);
}

/** The first word behind the verb that is neither an option nor its value. */
function serverOf(output: ToolOutput, verb: string): string | null {
  const words = output.submission.command?.split(/\s+/) ?? [];
  const start = words.indexOf(verb);
  const rest = start < 0 ? [] : words.slice(start + 1);
  const server = rest.find((word, place) => !word.startsWith('-') && !WITH_VALUE.test(rest[place - 1] ?? ''));
  return server && server !== 'all' ? server : null;
}
