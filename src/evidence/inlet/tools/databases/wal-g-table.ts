import type { Json } from '../../payload/exact-json';

const HEADER =
  /^(?:backup_)?name +(?:(?:last_modified|modified|created) +(?:wal_|start_time)|start_time +finish_time).*$/m;
/** Lines of the log, where both channels were sent as one. */
const LOGGED = /^(?:DEBUG|INFO|WARNING|ERROR): /;
/** No line of a table is longer. */
const LONGEST_ROW = 4_000;

/** What `backup-list` prints without `--json`, as entries under the names of their columns; null for other text, and for a line that is no entry. */
export function entriesOfTable(text: string): Json[] | null {
  const found = HEADER.exec(text);
  if (!found) return null;
  const columns = [...found[0].slice(0, LONGEST_ROW).matchAll(/\S+/g)].map(({ 0: name, index }) => ({ name, index }));
  return text
    .slice(found.index + found[0].length)
    .split('\n')
    .filter((line) => line.trim() !== '' && !LOGGED.test(line))
    .map((line) => entryOf(line.slice(0, LONGEST_ROW), columns));
}

/** Columns stand below each other; the second one is a time in every version. */
function entryOf(line: string, columns: readonly { name: string; index: number }[]): Json {
  const cells = columns.map(({ index }, place) => line.slice(index, columns[place + 1]?.index).trim());
  if (!/^\d{4}-\d\d-\d\dT/.test(cells[1] ?? '')) return null;
  return Object.fromEntries(
    columns.map(({ name }, place) => [name === 'name' ? 'backup_name' : name, cells[place] ?? '']),
  );
}
