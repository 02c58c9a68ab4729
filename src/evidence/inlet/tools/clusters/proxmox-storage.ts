import type { Json } from '../../payload/exact-json';
import { at, bigAt, countAt, textAt } from '../../payload/json-values';
import type { NeutralRecord } from '../../reading/neutral-record';
import { recordOf } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { epochTime, offsetTime } from '../../payload/tool-times';
import type { Reading } from '../tool-adapter';

const VOLUME = /^([^:\s]+):(?:backup\/)?(.+)$/;
const ON_SERVER = /^(\w+\/[^/]+)\/(\d{4}-\d\d-\d\dT[\d:]+Z)$/;
/** An archive is named by its guest and the time it was begun. */
const ARCHIVE = /([^/]+-\d{4}_\d\d_\d\d-\d\d_\d\d_\d\d)\.[\w.]+$/;

const isVolume = (entry: Json): boolean => textAt(entry, 'volid') !== null && textAt(entry, 'format') !== null;
const isBackup = (entry: Json): boolean =>
  textAt(entry, 'content') === 'backup' || /:backup\//.test(textAt(entry, 'volid') ?? '');

/** The volumes that a storage of Proxmox VE holds (`pvesh get /nodes/<node>/storage/<storage>/content --output-format json`), or the API's answer around them; null for anything else. */
export function volumesOf(document: Json | undefined): Json[] | null {
  const list = Array.isArray(document) ? document : at(document, 'data');
  return Array.isArray(list) && list.length > 0 && list.every(isVolume) ? list : null;
}

/** The backups among the volumes: that they are there, and what a backup server found when it verified them. */
export function readVolumes(output: ToolOutput, volumes: readonly Json[]): Reading {
  if (output.hasFailed) throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'Proxmox VE' });
  const records = volumes.filter(isBackup).map(recordOfVolume);
  return { records, flags: records.length === 0 ? ['EMPTY_INVENTORY'] : [], ofWholeStore: true };
}

function recordOfVolume(volume: Json): NeutralRecord {
  const [, storage = null, path = ''] = VOLUME.exec(textAt(volume, 'volid') ?? '') ?? [];
  const [, group, time] = ON_SERVER.exec(path) ?? [];
  const [, archive] = ARCHIVE.exec(path) ?? [];
  const takenAt = offsetTime(time) ?? epochTime(at(volume, 'ctime'));
  const state = textAt(volume, 'verification', 'state');
  const broken = state === 'failed';
  // Proxmox VE writes 1 for a size that the server does not tell, as of a backup that is not finished.
  const isWhole = !group || bigAt(volume, 'size') !== 1n;
  const size = isWhole ? bigAt(volume, 'size') : null;
  const guest = [textAt(volume, 'subtype'), countAt(volume, 'vmid')].filter((part) => part !== null).join('/');
  return recordOf('vzdump', {
    kind: 'BACKUP',
    outcome: broken ? 'FAILED' : isWhole ? 'PASSED' : 'PARTIAL',
    strength: state === 'ok' ? 'DATA_CHECKED' : 'LISTED',
    startedAt: takenAt,
    recoveryPointAt: takenAt,
    timeBasis: takenAt && (time ? 'OFFSET' : 'EPOCH'),
    // A server tells the size of the guest, a directory that of the compressed archive.
    sizeBytes: group ? size : null,
    storedBytes: group ? null : size,
    sizeBasis: size === null ? null : group ? 'pbs size' : 'vzdump archive size',
    dataset: guest || null,
    location: storage,
    runKey:
      group && takenAt ? `pbs:${group}/${Math.floor(takenAt.getTime() / 1000)}` : archive ? `vzdump:${archive}` : null,
    flags: [...(isWhole ? [] : ['SIZE_MISSING']), ...(broken ? ['DAMAGE_FOUND'] : [])],
  });
}
