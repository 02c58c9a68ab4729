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

/** What would become `?` in a CP932 file, as JSON: `{rows, lost, more}`; in one pass, whatever the number of rows. */
export async function* findLosses(
  titles: readonly string[],
  rows: AsyncIterable<readonly (string | number | null)[]>,
): AsyncGenerator<string> {
  const found = new Map<string, Loss>();
  let more = 0;
  let row = 0;
  for await (const cells of rows) {
    row += 1;
    for (const [index, cell] of cells.entries()) {
      if (typeof cell !== 'string') continue;
      for (const character of encodeText(cell, 'cp932').lost) {
        const loss = found.get(character);
        if (loss) loss.count += 1;
        else if (found.size < MOST_LISTED)
          found.set(character, { character, count: 1, row, column: titles[index] ?? '' });
        else more += 1;
      }
    }
  }
  yield `${JSON.stringify({ rows: row, lost: [...found.values()], more })}\n`;
}
