import { type Json, isObject } from '../../payload/exact-json';
import { at, bigAt, objectsAt, textAt } from '../../payload/json-values';
import type { NeutralRecord, RecordOutcome } from '../../reading/neutral-record';
import { recordOf } from '../../reading/record';
import { type SourceClock, offsetTime } from '../../payload/tool-times';

/** Left behind by a run that was interrupted: no recovery point. */
const CHECKPOINT = /\.checkpoint(\.\d+)?$/;

/** What `borg create --json` prints of one archive, also inside borgmatic's array. */
export const isCreated = (value: Json | undefined): boolean =>
  textAt(value, 'archive', 'id') !== null && isObject(at(value, 'repository'));

/** What `borg list --json` and `borg info --json` print of a repository. */
export const isListed = (value: Json | undefined): boolean =>
  Array.isArray(at(value, 'archives')) && isObject(at(value, 'repository'));

/** What `borg info --json` prints of a repository when it is not asked about archives. */
export const isOfRepository = (value: Json | undefined): boolean =>
  isObject(at(value, 'repository')) && isObject(at(value, 'encryption')) && at(value, 'archive') === undefined;

/** A line of `borg list` for people. */
const LISTED_LINE = /^(\S.*?) +\w{3}, (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) \[([0-9a-f]{64})\]$/;

/** The recovery points that `borg list` prints for people; null when there is any other line. */
export function humanList(text: string): Json[] | null {
  const rows = text.split('\n').filter((line) => line.trim() !== '');
  const archives = rows.flatMap((row) => {
    const [, name, start, id] = LISTED_LINE.exec(row.trimEnd()) ?? [];
    return name && start && id ? [{ name, start, id }] : [];
  });
  return archives.length === rows.length ? archives : null;
}

/** A line that only `borg info` prints of an archive: the same block of `create` is without. */
export const TEXT_INFO = /^Hostname: /m;

/** The line with which `borg info` begins what it says of a repository. */
export const TEXT_OF_REPOSITORY = /^Repository ID: [0-9a-f]{64}$/m;

/** The line of borg's human output of `create`. */
export const TEXT_ARCHIVE = /^Archive fingerprint: ([0-9a-f]{64})$/m;

/** A local time as borg 1 prints it, or one with an offset as borg 2 does. */
const timeOf = (value: Json | undefined, clock: SourceClock): Date | null => offsetTime(value) ?? clock.read(value);

export function createdRecord(tool: string, created: Json, outcome: RecordOutcome, clock: SourceClock): NeutralRecord {
  const archive = at(created, 'archive');
  const startedAt = timeOf(at(archive, 'start'), clock);
  return recordOf(tool, {
    kind: 'BACKUP',
    outcome,
    strength: 'COMPLETED',
    startedAt,
    finishedAt: timeOf(at(archive, 'end'), clock),
    recoveryPointAt: startedAt,
    timeBasis: startedAt && (offsetTime(at(archive, 'start')) ? 'OFFSET' : 'SOURCE_TZ'),
    sizeBytes: bigAt(archive, 'stats', 'original_size'),
    storedBytes: bigAt(archive, 'stats', 'deduplicated_size'),
    sizeBasis: 'borg original_size',
    dataset: textAt(archive, 'name'),
    location: textAt(created, 'repository', 'location'),
    runKey: `borg:${textAt(archive, 'id')}`,
  });
}

/** The recovery points of one repository. */
export function listedRecords(
  tool: string,
  list: Json,
  clock: SourceClock,
): { records: NeutralRecord[]; flags: string[] } {
  const archives = objectsAt(list, 'archives');
  const whole = archives.filter((archive) => !CHECKPOINT.test(textAt(archive, 'name') ?? ''));
  const records = whole.map((archive) => {
    const start = at(archive, 'start') ?? at(archive, 'time');
    const startedAt = timeOf(start, clock);
    return recordOf(tool, {
      kind: 'BACKUP',
      outcome: 'PASSED',
      strength: 'LISTED',
      startedAt,
      finishedAt: timeOf(at(archive, 'end'), clock),
      recoveryPointAt: startedAt,
      timeBasis: startedAt && (offsetTime(start) ? 'OFFSET' : 'SOURCE_TZ'),
      sizeBytes: bigAt(archive, 'stats', 'original_size'),
      storedBytes: bigAt(archive, 'stats', 'deduplicated_size'),
      sizeBasis: at(archive, 'stats') ? 'borg original_size' : null,
      host: textAt(archive, 'hostname'),
      dataset: textAt(archive, 'name') ?? textAt(archive, 'archive'),
      location: textAt(list, 'repository', 'location'),
      runKey: textAt(archive, 'id') ? `borg:${textAt(archive, 'id')}` : null,
    });
  });
  const flags = [
    ...(whole.length < archives.length ? ['CHECKPOINT_SKIPPED'] : []),
    ...(whole.length === 0 ? ['EMPTY_INVENTORY'] : []),
  ];
  return { records, flags };
}

/** The archives that `borg info` shows for people, one block each. */
export function shownRecords(
  tool: string,
  text: string,
  clock: SourceClock,
): { records: NeutralRecord[]; flags: string[] } {
  const facts = text.split(/^(?=Archive name: )/m).flatMap((block) => humanArchive(block, clock) ?? []);
  const whole = facts.filter(({ dataset }) => !CHECKPOINT.test(dataset ?? ''));
  const records = whole.map((fact) =>
    recordOf(tool, { kind: 'BACKUP', outcome: 'PASSED', strength: 'LISTED', ...fact }),
  );
  return { records, flags: whole.length < facts.length ? ['CHECKPOINT_SKIPPED'] : [] };
}

/** The block that `create --stats` prints for people; its sizes are rounded and not used. */
export function humanArchive(text: string, clock: SourceClock): Partial<NeutralRecord> | null {
  const value = (name: string): string | null => new RegExp(`^${name}: +(.+)$`, 'm').exec(text)?.[1] ?? null;
  const time = (name: string): Date | null => {
    const told = value(name)?.replace(/^\w{3}, /, '');
    return offsetTime(told) ?? clock.read(told);
  };
  const [, id] = TEXT_ARCHIVE.exec(text) ?? [];
  if (!id) return null;
  const startedAt = time('Time \\(start\\)');
  return {
    ...(startedAt && {
      startedAt,
      finishedAt: time('Time \\(end\\)'),
      recoveryPointAt: startedAt,
      timeBasis: 'SOURCE_TZ' as const,
    }),
    dataset: value('Archive name'),
    location: value('Repository') ?? value('Location'),
    runKey: `borg:${id}`,
  };
}
