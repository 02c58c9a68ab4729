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
  if (counted !== rows.length) throw new SubmissionRefused('TRUNCATED', 'TABLE_SHORT', { rows: rows.length, counted });
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
  let columns: readonly number[] = [];
  for (const line of text.split(/\r?\n/)) {
    const isHeader = HEADER.test(line);
    if (isHeader) columns = COLUMNS.map((name) => line.indexOf(name));
    const [, id, time] = ROW.exec(line) ?? [];
    const [, count] = COUNT.exec(line) ?? [];
    if (count) counted = (counted ?? 0) + Number(count);
    if (isHeader || count || RULE.test(line) || (!id && rows.length === 0)) continue;
    const [host = '', , path = ''] = cellsOf(line, columns);
    if (id && time) rows.push({ id, time, host, paths: [] });
    if (path) rows.at(-1)?.paths.push(path);
  }
  return { rows, counted };
}

const COLUMNS = ['Host', 'Tags', 'Paths', 'Size'];
/** Characters that take the place of two in a terminal, by which newer versions fill up a column. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** What a version may take for the width of a character. */
const WIDTHS: readonly ((character: string) => number)[] = [
  (character) => (WIDE.test(character) ? 2 : 1),
  () => 1,
  (character) => Buffer.byteLength(character),
];

/** The texts below the headings, '' where a column is missing or empty: by the first of the widths that leaves a gap before each column. */
function cellsOf(line: string, columns: readonly number[]): string[] {
  const isPlain = /^[\u0000-\u007f]*$/.test(line);
  const ways = isPlain ? [line] : WIDTHS.map((width) => laidOut(line, width));
  const starts = columns.filter((start) => start > 0);
  const fits = (shown: string | readonly string[]): boolean =>
    starts.every((start) => [1, 2].every((gap) => (shown[start - gap] ?? ' ') === ' '));
  const shown = ways.find(fits) ?? ways[0] ?? '';
  return columns.map((start) => {
    const end = columns.find((other) => other > start);
    const cell = start < 0 ? '' : shown.slice(start, end);
    return (typeof cell === 'string' ? cell : cell.join('')).trim();
  });
}

/** The line as places of a terminal, of which a wide character fills its first. */
function laidOut(line: string, width: (character: string) => number): string[] {
  return [...line].flatMap((character) => [character, ...Array<string>(width(character) - 1).fill('')]);
}
