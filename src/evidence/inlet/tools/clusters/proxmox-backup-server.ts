import type { Json } from '../../payload/exact-json';
import { at, bigAt, countAt, textAt } from '../../payload/json-values';
import type { NeutralRecord } from '../../reading/neutral-record';
import { framedBy, recordOf } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { epochTime } from '../../payload/tool-times';
import { reported } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';
import { readTasks, tasksOf } from './proxmox-tasks';
import { isVerifyLog, readVerifyLog } from './proxmox-verify-log';

const TOOL = 'pbs';

const isSnapshot = (entry: Json): boolean =>
  textAt(entry, 'backup-type') !== null &&
  textAt(entry, 'backup-id') !== null &&
  at(entry, 'backup-time') !== undefined;

/** A row of the table that the client prints for people: sizes are rounded in it, and times are in UTC. */
const ROW = /^[│|] +(vm|ct|host)\/([^/\s]+)\/(\d{4}-\d\d-\d\dT[\d:]+Z) +[│|] *([\d.]+ ?\w*)? *[│|]/gm;
const TABLE = /^[│|] snapshot +[│|] +size +[│|] files +[│|]/m;

/** How the client's log of a backup begins; it names the snapshot by an RFC 3339 time. */
const STARTED = /^Starting backup: (?:\[[^\]]*\]:)?(\w+)\/([^/\s]+)\/(\S+)$/m;
const isLog = ({ text }: ToolOutput): boolean => STARTED.test(text) && /^Client name: /m.test(text);

/** The rows as entries of the list, with a size of true where there is one. */
function snapshotsOfTable(text: string): Json[] | null {
  if (!TABLE.test(text)) return null;
  return [...text.matchAll(ROW)].map(([, type = '', id = '', time = '', size]) => ({
    ...{ 'backup-type': type, 'backup-id': id, 'backup-time': Date.parse(time) / 1000 },
    ...(size && { size: true }),
  }));
}

/** The list of the client, or the API's answer around it. */
function snapshotsOf({ document, stdout }: ToolOutput): Json[] | null {
  if (document === undefined) return snapshotsOfTable(stdout);
  const list = Array.isArray(document) ? document : at(document, 'data');
  return Array.isArray(list) && list.every(isSnapshot) && (list.length > 0 || Array.isArray(document)) ? list : null;
}

/** A recovery point: a list makes no verification of it, but what the server's own verification found raises or breaks what it proves. */
function snapshotRecord(snapshot: Json): NeutralRecord {
  const [type, id] = [textAt(snapshot, 'backup-type'), textAt(snapshot, 'backup-id')];
  const takenAt = epochTime(at(snapshot, 'backup-time'));
  const size = bigAt(snapshot, 'size');
  const isWhole = size !== null || at(snapshot, 'size') === true;
  const state = textAt(snapshot, 'verification', 'state');
  const broken = state === 'failed';
  return recordOf(TOOL, {
    kind: 'BACKUP',
    // Without a size there is no finished manifest: it is still being written, or was left unfinished.
    outcome: broken ? 'FAILED' : isWhole ? 'PASSED' : 'PARTIAL',
    strength: state === 'ok' ? 'DATA_CHECKED' : 'LISTED',
    startedAt: takenAt,
    recoveryPointAt: takenAt,
    timeBasis: 'EPOCH',
    sizeBytes: size,
    sizeBasis: size === null ? null : 'pbs size',
    dataset: `${type}/${id}`,
    location: textAt(snapshot, 'ns'),
    message: textAt(snapshot, 'comment'),
    runKey: `${TOOL}:${type}/${id}/${countAt(snapshot, 'backup-time')}`,
    flags: [...(isWhole ? [] : ['SIZE_MISSING']), ...(broken ? ['DAMAGE_FOUND'] : [])],
  });
}

function read(output: ToolOutput): Reading {
  const isRun =
    output.command.programOf(['proxmox-backup-client']) &&
    output.command.verbOf('proxmox-backup-client', ['backup', 'restore']);
  if (isRun || isLog(output)) return readRun(output);
  if (isVerifyLog(output)) return readVerifyLog(output);
  const tasks = tasksOf(output.document, 'worker_type');
  if (tasks) return readTasks(TOOL, output, tasks);
  if (output.hasFailed) throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'Proxmox Backup Server' });
  const snapshots = snapshotsOf(output);
  if (!snapshots) output.requireDocument();
  if (!snapshots) throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_SNAPSHOTS', { tool: 'Proxmox Backup Server' });
  return {
    records: snapshots.map(snapshotRecord),
    flags: snapshots.length === 0 ? ['EMPTY_INVENTORY'] : [],
    ofWholeStore: true,
  };
}

function readRun(output: ToolOutput): Reading {
  const restores = output.command.verbOf('proxmox-backup-client', ['backup', 'restore']) === 'restore';
  const [, type, id, time] = STARTED.exec(output.text) ?? [];
  const takenAt = time ? new Date(time) : null;
  const seconds = takenAt && Math.floor(takenAt.getTime() / 1000);
  if (restores && output.exitCode === null)
    throw new SubmissionRefused('TRUNCATED', 'EXIT_CODE_NEEDED', { command: 'proxmox-backup-client restore' });
  const ended = restores || /^(?:Duration|End Time): /m.test(output.text);
  const failed = output.hasFailed || !ended || /^Error: /m.test(output.text);
  const framed = framedBy(output);
  const record = recordOf(TOOL, {
    ...framed,
    kind: restores ? 'RESTORE_TEST' : 'BACKUP',
    outcome: failed ? 'FAILED' : 'PASSED',
    strength: restores ? 'RESTORED' : 'COMPLETED',
    recoveryPointAt: seconds ? epochTime(seconds) : null,
    dataset: type ? `${type}/${id}` : null,
    errorCount: failed ? null : 0,
    message: failed ? output.text : null,
    runKey: seconds ? `${TOOL}:${type}/${id}/${seconds}` : framed.runKey,
    flags: ended || output.hasFailed ? [] : ['NO_SUMMARY'],
  });
  return { records: [record], ofThisRun: true };
}

export const PROXMOX_BACKUP_SERVER: ToolAdapter = {
  tool: TOOL,
  name: 'Proxmox Backup Server',
  aliases: ['proxmox-backup-server', 'proxmox'],
  programs: ['proxmox-backup-client'],
  fits: (output) =>
    snapshotsOf(output) !== null ||
    tasksOf(output.document, 'worker_type') !== null ||
    isLog(output) ||
    isVerifyLog(output),
  read,
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'proxmox-backup-client snapshot list --output-format json'),
};
