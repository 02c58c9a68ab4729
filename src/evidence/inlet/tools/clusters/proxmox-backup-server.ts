import type { Json } from '../../payload/exact-json';
import { at, bigAt, countAt, textAt } from '../../payload/json-values';
import type { NeutralRecord } from '../../reading/neutral-record';
import { framedBy, recordOf } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { epochTime } from '../../payload/tool-times';
import { piped } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';

const TOOL = 'pbs';

const isSnapshot = (entry: Json): boolean =>
  textAt(entry, 'backup-type') !== null &&
  textAt(entry, 'backup-id') !== null &&
  at(entry, 'backup-time') !== undefined;

/** The list of the client, or the API's answer around it. */
function snapshotsOf(document: Json | undefined): Json[] | null {
  const list = Array.isArray(document) ? document : at(document, 'data');
  return Array.isArray(list) && list.every(isSnapshot) && (list.length > 0 || Array.isArray(document)) ? list : null;
}

/** A recovery point: a list makes no verification of it, but what the server's own verification found raises or breaks what it proves. */
function snapshotRecord(snapshot: Json): NeutralRecord {
  const [type, id] = [textAt(snapshot, 'backup-type'), textAt(snapshot, 'backup-id')];
  const takenAt = epochTime(at(snapshot, 'backup-time'));
  const size = bigAt(snapshot, 'size');
  const state = textAt(snapshot, 'verification', 'state');
  const broken = state === 'failed';
  return recordOf(TOOL, {
    kind: 'BACKUP',
    // Without a size there is no finished manifest: it is still being written, or was left unfinished.
    outcome: broken ? 'FAILED' : size === null ? 'PARTIAL' : 'PASSED',
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
    flags: [...(size === null ? ['SIZE_MISSING'] : []), ...(broken ? ['DAMAGE_FOUND'] : [])],
  });
}

function read(output: ToolOutput): Reading {
  if (
    output.command.programOf(['proxmox-backup-client']) &&
    output.command.verbOf('proxmox-backup-client', ['backup', 'restore'])
  )
    return readRun(output);
  if (output.hasFailed)
    throw new SubmissionRefused('TOOL_FAILED', 'The backup server could not list its snapshots', {
      exitCode: output.exitCode,
    });
  const snapshots = snapshotsOf(output.requireDocument());
  if (!snapshots)
    throw new SubmissionRefused('NOT_PARSEABLE', 'These are not snapshots of Proxmox Backup Server', {
      begins: output.stdout.slice(0, 80),
    });
  return { records: snapshots.map(snapshotRecord), flags: snapshots.length === 0 ? ['EMPTY_INVENTORY'] : [] };
}

/** The client's own log of a run, which names the snapshot by an RFC 3339 time. */
function readRun(output: ToolOutput): Reading {
  const restores = output.command.verbOf('proxmox-backup-client', ['backup', 'restore']) === 'restore';
  const [, type, id, time] = /^Starting backup: (?:\[[^\]]*\]:)?(\w+)\/([^/\s]+)\/(\S+)$/m.exec(output.text) ?? [];
  const takenAt = time ? new Date(time) : null;
  const seconds = takenAt && Math.floor(takenAt.getTime() / 1000);
  if (restores && output.exitCode === null)
    throw new SubmissionRefused('TRUNCATED', 'A restore does not say how it ends: its exit code is needed');
  const ended = restores || /^(?:Duration|End Time): /m.test(output.text);
  const failed = output.hasFailed || !ended;
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
  fits: ({ document }) => snapshotsOf(document) !== null,
  read,
  commandFor: (inletUrl) => piped(inletUrl, TOOL, 'proxmox-backup-client snapshot list --output-format json'),
};
