import { SubmissionRefused } from '../reading/refused';

// Colours, cursor movements and titles that a tool meant for a terminal.

const ESCAPES = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

/**
 * Bytes of a tool as text: UTF-8, or UTF-16 where a byte order mark says so (PowerShell writes it), without the mark, with `\n` for
 * every end of line and without terminal escapes. Throws SubmissionRefused (`WRONG_ENCODING`) for anything else, NUL included.
 */
export function decodeText(bytes: Buffer): string {
  const encoding = encodingOf(bytes);
  const text = decoded(bytes, encoding);
  if (text === null) throw new SubmissionRefused('WRONG_ENCODING', 'NOT_TEXT', { encoding });
  const nul = text.indexOf('\0');
  if (nul >= 0) throw new SubmissionRefused('WRONG_ENCODING', 'NUL');
  return tidy(text);
}

/** The same for the error channel, where a broken file name must not cost the evidence: what is no text becomes U+FFFD. */
export function decodeLenient(bytes: Buffer): string {
  return tidy(new TextDecoder(encodingOf(bytes)).decode(bytes).replaceAll('\0', '\ufffd'));
}

function encodingOf(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

function decoded(bytes: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function tidy(text: string): string {
  const plain = text.includes('\u001b') ? text.replace(ESCAPES, '') : text;
  return plain.includes('\r') ? plain.replace(/\r\n?/g, '\n') : plain;
}
