import { encodeText } from '../text/text-encodings';

/** A character that CP932 does not have, where it first stands and how often. Rows are counted from 1, without the headings. */
interface Loss {
  character: string;
  count: number;
  row: number;
  column: string;
}

/** More different ones are counted, not listed. */
const MOST_LISTED = 200;

/** A table to look through: its headings and its cells as people read them. */
interface SearchedTable {
  titles: readonly string[];
  rows: AsyncIterable<readonly (string | number | null)[]>;
}

/** What would become `?` in CP932 files, as JSON: `{rows, lost, more}`; in one pass, whatever the number of rows. */
export async function* findLosses(tables: readonly SearchedTable[]): AsyncGenerator<string> {
  const found = new Map<string, Loss>();
  let more = 0;
  let count = 0;
  for (const { titles, rows } of tables) {
    let row = 0;
    for await (const cells of rows) {
      row += 1;
      for (const { character, index } of lostOf(cells)) {
        const loss = found.get(character);
        if (loss) loss.count += 1;
        else if (found.size < MOST_LISTED)
          found.set(character, { character, count: 1, row, column: titles[index] ?? '' });
        else more += 1;
      }
    }
    count += row;
  }
  yield `${JSON.stringify({ rows: count, lost: [...found.values()], more })}\n`;
}

function lostOf(cells: readonly (string | number | null)[]): { character: string; index: number }[] {
  return cells.flatMap((cell, index) =>
    typeof cell === 'string' ? [...encodeText(cell, 'cp932').lost].map((character) => ({ character, index })) : [],
  );
}
