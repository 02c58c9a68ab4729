import { createReadStream } from 'node:fs';
import { TabularError } from '../tabular-error';
import { strictDecoder, TextEncoding } from './text-encodings';

const CHUNK_BYTES = 64 * 1024;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The text of a file in chunks, without its byte order mark.
 * Fails with ENCODING_MISMATCH at the first bytes that are not valid, with FILE_NOT_TEXT at a NUL character.
 */
export async function* decodeFile(filePath: string, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = strictDecoder(encoding);
  let offset = 0;
  let started = false;
  for await (const bytes of readBytes(filePath)) {
    // Before decoding, so that a picture is called a picture and not a badly encoded text.
    if (!encoding.startsWith('utf-16') && bytes.includes(0)) throw notText();
    let text: string;
    try {
      text = decoder.write(bytes);
    } catch {
      throw await mismatch(filePath, encoding, offset);
    }
    if (text.includes('\0')) throw notText();
    offset += bytes.length;
    if (text.length === 0) continue;
    if (!started && text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1);
    started = true;
    yield text;
  }
  try {
    decoder.end();
  } catch {
    throw await mismatch(filePath, encoding, offset);
  }
}

/** The bytes of a file in chunks. */
export function readBytes(filePath: string): AsyncIterable<Buffer> {
  return createReadStream(filePath, { highWaterMark: CHUNK_BYTES });
}

function notText(): TabularError {
  return new TabularError('FILE_NOT_TEXT', 'The file contains NUL characters; it is not a text table.');
}

async function mismatch(filePath: string, encoding: TextEncoding, validBytes: number): Promise<TabularError> {
  const { byteOffset, line, validCharacters } = await locateFault(filePath, encoding, validBytes);
  return new TabularError(
    'ENCODING_MISMATCH',
    `The file is not valid ${encoding}: byte ${byteOffset}, on line ${line}, cannot be read.`,
    { byteOffset, line, details: { encoding, validCharacters } },
  );
}

/**
 * Decodes again, byte by byte from `validBytes` on, because a decoder only says that something in its input was wrong.
 * `validCharacters` counts the non-ASCII characters before the fault: how sure one may be of the encoding all the same.
 */
async function locateFault(filePath: string, encoding: TextEncoding, validBytes: number) {
  const decoder = strictDecoder(encoding);
  const fault = { byteOffset: 0, line: 1, validCharacters: 0 };
  let offset = 0;
  for await (const bytes of readBytes(filePath)) {
    for (const piece of pieces(bytes, validBytes - offset)) {
      let text: string;
      try {
        text = decoder.write(piece);
      } catch {
        return fault;
      }
      offset += piece.length;
      // A character came out, so the next one begins here.
      if (text.length > 0) fault.byteOffset = offset;
      fault.line += text.split('\n').length - 1;
      fault.validCharacters += text.match(/[^\p{ASCII}\uFEFF]/gu)?.length ?? 0;
    }
  }
  return fault;
}

/** One piece for the valid bytes but their last four, which may hold the beginning of the faulty character. */
function* pieces(bytes: Buffer, validBytes: number): Generator<Buffer> {
  const bulk = Math.min(Math.max(validBytes, 0), bytes.length) - 4;
  if (bulk > 0) yield bytes.subarray(0, bulk);
  for (let at = Math.max(bulk, 0); at < bytes.length; at += 1) yield bytes.subarray(at, at + 1);
}
