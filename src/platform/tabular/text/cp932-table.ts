/**
 * The two-byte part of CP932 (windows-31j, the WHATWG `shift_jis` index) in both directions.
 * The platform's own decoder is asked for every pair once; decoding goes by this table because that decoder swaps the
 * control characters 0x1A, 0x1C and 0x7F, and because it cannot say which byte was wrong.
 */

const FIRST_HALF_WIDTH_BYTE = 0xa1;
const LAST_HALF_WIDTH_BYTE = 0xdf;
const FIRST_HALF_WIDTH_KATAKANA = 0xff61;

let decoding: Uint16Array | undefined;
let encoding: Map<number, number> | undefined;

/** Whether the byte opens a two-byte character. */
export function isCp932Lead(byte: number): boolean {
  return (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc);
}

/** UTF-16 code unit of a one-byte character, or -1. */
export function cp932Single(byte: number): number {
  if (byte < 0x80) return byte;
  if (byte < FIRST_HALF_WIDTH_BYTE || byte > LAST_HALF_WIDTH_BYTE) return -1;
  return byte - FIRST_HALF_WIDTH_BYTE + FIRST_HALF_WIDTH_KATAKANA;
}

/** UTF-16 code unit of a two-byte character, or -1 when the pair is unassigned. */
export function cp932Double(lead: number, trail: number): number {
  decoding ??= buildDecoding();
  return decoding[(lead << 8) | trail] || -1;
}

/** Byte (below 0x100) or byte pair of a UTF-16 code unit, or -1 when CP932 has no such character. */
export function cp932Bytes(codeUnit: number): number {
  if (codeUnit < 0x80) return codeUnit;
  encoding ??= buildEncoding();
  return encoding.get(codeUnit) ?? -1;
}

function buildDecoding(): Uint16Array {
  const decoder = new TextDecoder('shift_jis');
  const table = new Uint16Array(0x10000);
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    if (!isCp932Lead(lead)) continue;
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if (text.length === 1 && text !== '\uFFFD') table[(lead << 8) | trail] = text.charCodeAt(0);
    }
  }
  return table;
}

function buildEncoding(): Map<number, number> {
  decoding ??= buildDecoding();
  const map = new Map<number, number>();
  for (let byte = FIRST_HALF_WIDTH_BYTE; byte <= LAST_HALF_WIDTH_BYTE; byte += 1) map.set(cp932Single(byte), byte);
  for (let pair = 0x8140; pair <= 0xfcfc; pair += 1) {
    const codeUnit = decoding[pair];
    // 0xED and 0xEE repeat characters of other rows; like Windows, never write them.
    if (!codeUnit || pair >> 8 === 0xed || pair >> 8 === 0xee) continue;
    if (!map.has(codeUnit)) map.set(codeUnit, pair);
  }
  return map;
}
