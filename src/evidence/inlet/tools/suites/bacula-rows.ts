import { type Json, isObject } from '../../payload/exact-json';
import { at } from '../../payload/json-values';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';

/** One job of the catalog. Names are lower case, since the console, SQL and Bareos write them differently. */
export type JobRow = ReadonlyMap<string, string>;

const BORDER = /^\+[-+]+\+$/;
const LIST_LINE = /^ *([A-Za-z]\w*): ?(.*)$/;

const isJob = (row: JobRow): boolean => row.has('jobid') && row.has('jobstatus') && row.has('type');

/** Rows of the table `Job` as JSON: an array, or the answer of a console around one, of Bareos or to `.jlist jobs` of Bacula. */
export function jsonRows(document: Json | undefined): JobRow[] | null {
  const listed = at(document, 'type') === 'job' ? at(document, 'data') : at(document, 'result', 'jobs');
  const jobs = Array.isArray(document) ? document : listed;
  if (!Array.isArray(jobs)) return null;
  const rows = jobs.filter(isObject).map(rowOf);
  return rows.length === jobs.length && rows.every(isJob) ? rows : null;
}

const rowOf = (job: { [key: string]: Json }): JobRow =>
  new Map(
    Object.entries(job).map(([key, value]) => [key.toLowerCase(), typeof value === 'object' ? '' : String(value)]),
  );

/** Rows of `list jobs`, a table, or of `llist jobs`, a line a value. Null for other text. */
export function consoleRows({ stdout }: ToolOutput): JobRow[] | null {
  const lines = stdout.split('\n').map((line) => line.trimEnd());
  const table = tableRows(lines);
  const rows = table.length > 0 ? table : listRows(lines);
  return rows.length > 0 || isEmptyTable(lines) ? rows : null;
}

/** Each table is a border, its names, a border, its rows and a border. Throws SubmissionRefused (`TRUNCATED`) without the last one. */
function tableRows(lines: readonly string[]): JobRow[] {
  const rows: JobRow[] = [];
  let names: string[] | null = null;
  let borders = 0;
  for (const line of lines) {
    if (BORDER.test(line)) {
      borders = (borders + 1) % 3;
      if (borders === 0) names = null;
      continue;
    }
    if (borders === 0) continue;
    const cells = line.startsWith('|')
      ? line
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim())
      : [];
    if (borders === 1) names = cells.map((cell) => cell.toLowerCase());
    else if (names && line.endsWith('|') && cells.length === names.length) rows.push(rowOfCells(names, cells));
    else if (cells.length > 0) break;
  }
  const jobs = rows.filter(isJob);
  if (borders !== 0 && (jobs.length > 0 || names?.includes('jobstatus')))
    throw new SubmissionRefused('TRUNCATED', 'TABLE_CUT');
  return jobs;
}

const rowOfCells = (names: readonly string[], cells: readonly string[]): JobRow =>
  new Map(names.map((name, index) => [name, cells[index] ?? '']));

function listRows(lines: readonly string[]): JobRow[] {
  const rows: Map<string, string>[] = [];
  for (const line of lines) {
    const [, name = '', value = ''] = LIST_LINE.exec(line) ?? [];
    if (name.toLowerCase() === 'jobid') rows.push(new Map());
    if (name) rows.at(-1)?.set(name.toLowerCase(), value);
  }
  return rows.filter(isJob);
}

const isEmptyTable = (lines: readonly string[]): boolean =>
  lines.some((line) => line === 'No results to list.') &&
  lines.some((line) => /^(?:\*)?l?list jobs\b|Using Catalog/.test(line));
