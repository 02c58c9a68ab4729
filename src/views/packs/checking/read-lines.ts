import { createHash } from 'node:crypto';
import { Damaged } from './pack-archive';

/** No record is longer. */
const MOST_LINE_BYTES = 64 * 1024 * 1024;
const LINE_FEED = 0x0a;

/** What a file came to while it was read. */
export interface ReadFile {
  bytes: number;
  lines: number;
  sha256: string;
}

/**
 * Reads a file line by line, without ever holding more than one.
 * @param line gets the text and its number, the first is 1; the text is null where it is no UTF-8.
 * @throws Damaged when it goes on after `most` bytes, or a line does not end.
 */
export async function readLines(
  chunks: AsyncIterable<Buffer>,
  most: number,
  line: (text: string | null, number: number) => void,
): Promise<ReadFile> {
  const hash = createHash('sha256');
  let [bytes, lines, begun, begunBytes] = [0, 0, [] as Buffer[], 0];
  const end = (last: Buffer): void => {
    lines += 1;
    line(textOf(begun.length > 0 ? Buffer.concat([...begun, last]) : last), lines);
    [begun, begunBytes] = [[], 0];
  };
  for await (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
    if (bytes > most) throw new Damaged('too many bytes');
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      end(chunk.subarray(from, at));
      from = at + 1;
    }
    if (from === chunk.length) continue;
    begun.push(chunk.subarray(from));
    begunBytes += chunk.length - from;
    if (begunBytes > MOST_LINE_BYTES) throw new Damaged('a line without an end');
  }
  if (begun.length > 0) end(Buffer.alloc(0));
  return { bytes, lines, sha256: hash.digest('hex') };
}

function textOf(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
