import { open } from 'node:fs/promises';
import { decodeFile, readBytes } from './decode-file';
import { JapaneseEvidence, WesternEvidence } from './plausible-text';
import { TabularError } from '../tabular-error';
import { TextEncoding } from './text-encodings';

/** What a person may say about a text file; `utf-16` takes its byte order from the byte order mark. */
export type EncodingChoice = 'auto' | 'utf-8' | 'utf-16' | 'cp932' | 'windows-1252';

/** So many characters read well before the first fault mean: this encoding, damaged; not another one. */
const CONVINCING_CHARACTERS = 3;

/**
 * Names the encoding of a text file after decoding the whole of it, so that every later read succeeds.
 *
 * `auto`: the byte order mark decides; else UTF-8 when all of it is valid, else CP932 when valid and plausible Japanese,
 * else Windows-1252 when plausible. Where none convinces, ENCODING_UNKNOWN asks the person to say it: a wrong guess
 * would silently spoil names. An explicit choice that does not fit fails with ENCODING_MISMATCH and its byte offset.
 * Both fail with FILE_NOT_TEXT for what is no text at all.
 */
export async function detectEncoding(filePath: string, choice: EncodingChoice = 'auto'): Promise<TextEncoding> {
  const marked = await byteOrderMark(filePath);
  const named = choice === 'auto' ? marked : await chosen(filePath, choice, marked);
  if (named) {
    await decodeAll(filePath, named);
    return named;
  }
  if (await isValidUtf8(filePath)) return 'utf-8';
  if (await isPlausibleCp932(filePath)) return 'cp932';
  if (await isPlausibleWindows1252(filePath)) return 'windows-1252';
  throw new TabularError(
    'ENCODING_UNKNOWN',
    'The file is neither UTF-8 nor, plausibly, CP932 or Windows-1252. Choose its encoding.',
  );
}

async function byteOrderMark(filePath: string): Promise<TextEncoding | undefined> {
  const file = await open(filePath);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(3), 0, 3, 0);
    const mark = buffer.subarray(0, bytesRead).toString('latin1');
    if (mark === '\xEF\xBB\xBF') return 'utf-8';
    if (mark.startsWith('\xFF\xFE')) return 'utf-16le';
    if (mark.startsWith('\xFE\xFF')) return 'utf-16be';
    return undefined;
  } finally {
    await file.close();
  }
}

async function chosen(
  filePath: string,
  choice: Exclude<EncodingChoice, 'auto'>,
  marked: TextEncoding | undefined,
): Promise<TextEncoding> {
  if (choice === 'utf-16' && !marked) return guessByteOrder(filePath);
  if (marked && !marked.startsWith(choice)) {
    throw new TabularError('ENCODING_MISMATCH', `The file begins with the byte order mark of ${marked}.`, {
      byteOffset: 0,
      line: 1,
      details: { encoding: choice, found: marked },
    });
  }
  return marked ?? (choice as TextEncoding);
}

/** A table has ASCII delimiters or digits, hence zero bytes on one side of most pairs. */
async function guessByteOrder(filePath: string): Promise<TextEncoding> {
  for await (const bytes of readBytes(filePath)) {
    const zeros = [0, 0];
    bytes.forEach((byte, index) => byte === 0 && (zeros[index % 2]! += 1));
    return zeros[0]! > zeros[1]! ? 'utf-16be' : 'utf-16le';
  }
  return 'utf-16le';
}

async function decodeAll(filePath: string, encoding: TextEncoding, onText?: (text: string) => unknown): Promise<void> {
  for await (const text of decodeFile(filePath, encoding)) onText?.(text);
}

async function isValidUtf8(filePath: string): Promise<boolean> {
  let switchesCharacterSets = false;
  try {
    // ISO-2022-JP is ASCII to a decoder; its escape sequences give it away.
    await decodeAll(filePath, 'utf-8', (text) => (switchesCharacterSets ||= text.includes('\x1B$')));
    return !switchesCharacterSets;
  } catch (error) {
    const fault = asMismatch(error);
    if (Number(fault.details?.validCharacters) >= CONVINCING_CHARACTERS) throw fault;
    return false;
  }
}

async function isPlausibleCp932(filePath: string): Promise<boolean> {
  const evidence = new JapaneseEvidence();
  try {
    await decodeAll(filePath, 'cp932', (text) => evidence.add(text));
  } catch (error) {
    asMismatch(error);
    return false;
  }
  return evidence.plausible && !(evidence.mostlyHalfWidth && (await isValidEucJp(filePath)));
}

async function isPlausibleWindows1252(filePath: string): Promise<boolean> {
  const evidence = new WesternEvidence();
  try {
    await decodeAll(filePath, 'windows-1252', (text) => evidence.add(text));
  } catch (error) {
    asMismatch(error);
    return false;
  }
  return evidence.plausible;
}

async function isValidEucJp(filePath: string): Promise<boolean> {
  const decoder = new TextDecoder('euc-jp', { fatal: true });
  try {
    for await (const bytes of readBytes(filePath)) decoder.decode(bytes, { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

/** Passes on every failure but the one detection is about: bytes that do not fit the encoding tried. */
function asMismatch(error: unknown): TabularError {
  if (error instanceof TabularError && error.code === 'ENCODING_MISMATCH') return error;
  throw error;
}
