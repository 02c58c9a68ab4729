import type { Json } from '../../payload/exact-json';
import { at, textAt } from '../../payload/json-values';
import { type PowerShellTime, objectsOf, powerShellText, powerShellTime } from '../../payload/powershell';
import { type SourceClock, offsetTime } from '../../payload/tool-times';

/** What `ConvertTo-Json` writes of an enumeration, unless it is told to write words. */
const RESULTS = new Map([
  [-1, 'None'],
  [0, 'Success'],
  [1, 'Warning'],
  [2, 'Failed'],
]);
const JOB_TYPES = new Map([
  [0, 'Backup'],
  [1, 'Replica'],
  [51, 'BackupSync'],
  [100, 'ConfBackup'],
]);
const STOPPED = -1;
const NAMES: Readonly<Record<string, string>> = { ConfBackup: 'ConfigurationBackup', BackupSync: 'BackupCopy' };

const isSession = (entry: Json): boolean =>
  at(entry, 'JobType') !== undefined &&
  at(entry, 'Result') !== undefined &&
  (at(entry, 'CreationTime') !== undefined || at(entry, 'CreationTimeUTC') !== undefined);

/** A word, also where it is told by its number; null for a number that nobody knows. */
function word(session: Json, name: string, words: ReadonlyMap<number, string>): string | null {
  const value = at(session, name);
  return typeof value === 'number' ? (words.get(value) ?? null) : powerShellText(session, name);
}

/**
 * Sessions as `Get-VBRBackupSession | ConvertTo-Json` writes them, in the shape of those of the REST interface; null for anything else. The number
 * of a type that nobody knows becomes no type.
 */
export function sessionsOfPowerShell(document: Json | undefined, clock: SourceClock): Json[] | null {
  const objects = objectsOf(document);
  return objects.length > 0 && objects.every(isSession) ? objects.map((one) => sessionOf(one, clock)) : null;
}

function sessionOf(session: Json, clock: SourceClock): Json {
  const result = word(session, 'Result', RESULTS);
  const type = word(session, 'JobType', JOB_TYPES);
  const state = at(session, 'State');
  // A session that has a result has ended, where nobody chose to tell its state.
  const ended =
    state === undefined
      ? result !== null && result !== 'None'
      : state === STOPPED || powerShellText(session, 'State') === 'Stopped';
  const created = timeOf(session, 'CreationTime', clock);
  return {
    id: powerShellText(session, 'Id'),
    name: textAt(session, 'JobName') ?? textAt(session, 'OrigJobName') ?? textAt(session, 'Name'),
    sessionType: type && (NAMES[type] ?? type),
    state: ended ? 'Stopped' : 'Working',
    creationTime: created.time?.toISOString() ?? null,
    endTime: timeOf(session, 'EndTime', clock).time?.toISOString() ?? null,
    timeBasis: created.basis,
    result: { result },
  };
}

/** The local time, where it says of which zone it is; else the other one, which says so by its name alone. */
function timeOf(session: Json, name: string, clock: SourceClock): PowerShellTime {
  const [local, utc] = [at(session, name), at(session, `${name}UTC`)];
  const named = typeof utc === 'string' ? (offsetTime(`${utc}Z`) ?? offsetTime(utc)) : null;
  return named ? { time: named, basis: 'OFFSET' } : powerShellTime(local ?? utc, clock);
}
