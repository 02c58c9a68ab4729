import type { ToolOutput } from '../../../payload/tool-output';
import type { SourceClock } from '../../../payload/tool-times';
import type { NeutralRecord } from '../../../reading/neutral-record';
import { recordOf } from '../../../reading/record';
import { SubmissionRefused } from '../../../reading/refused';
import type { Reading } from '../../tool-adapter';

/** One table; with `--group-by` there are several, and `--compact` leaves the paths out. */
const HEADER = /^ID +Time +Host +Tags(?: +Paths)?(?: +Size)? *$/m;
const ROW = /^([0-9a-f]{8}) {2}(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) {2}/;
const RULE = /^-{20,}$/;
const COUNT = /^(\d+) snapshots?$/;

interface Row {
  id: string;
  time: string;
  host: string;
  paths: string[];
}

/** Whether a text holds what `restic snapshots` prints for people. */
export const isSnapshotTable = (text: string): boolean => HEADER.test(text);

/** Snapshots as restic prints them for people: their times are local, in the zone that the source declares. */
export function readSnapshotTable(output: ToolOutput): Reading {
  const { rows, counted } = rowsOf(output.stdout);
  if (counted !== rows.length)
    throw new SubmissionRefused('TRUNCATED', 'The table of restic ends before all of its snapshots', {
      rows: rows.length,
      counted,
    });
  const clock = output.clock();
  const records = rows.map((row) => record(row, clock));
  return { records, flags: [...clock.flags, ...(rows.length === 0 ? ['EMPTY_INVENTORY'] : [])], ofWholeStore: true };
}

function record({ id, time, host, paths }: Row, clock: SourceClock): NeutralRecord {
  const recoveryPointAt = clock.read(time);
  return recordOf('restic', {
    ...{ kind: 'BACKUP', outcome: 'PASSED', strength: 'LISTED', recoveryPointAt },
    timeBasis: recoveryPointAt && 'SOURCE_TZ',
    ...{ host: host || null, dataset: paths.join(', ') || null, runKey: `restic:${id}` },
  });
}

/** The rows, and how many restic says there are; null where it has not said. */
function rowsOf(text: string): { rows: Row[]; counted: number | null } {
  const rows: Row[] = [];
  let counted: number | null = null;
  let columns = { host: 0, tags: 0, paths: -1, size: -1 };
  for (const line of text.split(/\r?\n/)) {
    if (HEADER.test(line))
      columns = {
        ...{ host: line.indexOf('Host'), tags: line.indexOf('Tags') },
        ...{ paths: line.indexOf('Paths'), size: line.indexOf('Size') },
      };
    const [, id, time] = ROW.exec(line) ?? [];
    const [, count] = COUNT.exec(line) ?? [];
    if (count) counted = (counted ?? 0) + Number(count);
    if (id && time) rows.push({ id, time, host: line.slice(columns.host, columns.tags).trim(), paths: [] });
    if (count || RULE.test(line) || HEADER.test(line) || columns.paths < 0) continue;
    const path = line.slice(columns.paths, columns.size < 0 ? undefined : columns.size).trim();
    if (path && line.length > columns.paths) rows.at(-1)?.paths.push(path);
  }
  return { rows, counted };
}
