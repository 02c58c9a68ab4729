import { cp932Bytes, cp932Double, cp932Single, isCp932Lead } from './cp932-table';

/** The encodings a table may have, byte order resolved. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'cp932' | 'windows-1252';

/** Decodes a stream chunk by chunk; both methods throw when the bytes are not valid, so nothing becomes U+FFFD. */
export interface StrictDecoder {
  write(bytes: Uint8Array): string;
  end(): string;
}

/** A decoder that refuses what it cannot decode. It keeps a byte order mark, as U+FEFF. */
export function strictDecoder(encoding: TextEncoding): StrictDecoder {
  if (encoding === 'cp932') return new Cp932Decoder();
  if (encoding === 'windows-1252') return { write: decodeWindows1252, end: () => '' };
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

/**
 * Encodes text for a file. `lost` lists, once each, the characters the encoding does not have; they are written as `?`.
 * The variant forms by which Unicode and JIS name one glyph (the wave dash U+301C, the minus U+2212) count as present.
 */
export function encodeText(text: string, encoding: TextEncoding): { bytes: Buffer; lost: string[] } {
  if (encoding === 'utf-8') return { bytes: Buffer.from(text, 'utf8'), lost: [] };
  if (encoding === 'utf-16le') return { bytes: Buffer.from(text, 'utf16le'), lost: [] };
  if (encoding === 'utf-16be') return { bytes: Buffer.from(text, 'utf16le').swap16(), lost: [] };
  const toBytes = encoding === 'cp932' ? toCp932 : toWindows1252;
  const bytes: number[] = [];
  const lost = new Set<string>();
  for (const character of text) {
    const value = character.length === 1 ? toBytes(character.charCodeAt(0)) : -1;
    if (value < 0) lost.add(character);
    if (value > 0xff) bytes.push(value >> 8, value & 0xff);
    else bytes.push(value < 0 ? 0x3f : value);
  }
  return { bytes: Buffer.from(bytes), lost: [...lost] };
}

class Cp932Decoder implements StrictDecoder {
  private lead = 0;

  write(bytes: Uint8Array): string {
    const units = new Uint16Array(bytes.length + 1);
    let length = 0;
    for (const byte of bytes) {
      let unit: number;
      if (this.lead !== 0) {
        unit = cp932Double(this.lead, byte);
        this.lead = 0;
      } else if (isCp932Lead(byte)) {
        this.lead = byte;
        continue;
      } else {
        unit = cp932Single(byte);
      }
      if (unit < 0) throw new RangeError('not CP932');
      units[length] = unit;
      length += 1;
    }
    return textOf(units.subarray(0, length));
  }

  end(): string {
    if (this.lead !== 0) throw new RangeError('a CP932 character is cut off');
    return '';
  }
}

// Not TextDecoder: several releases of Node decode this label as ISO 8859-1. Zero marks an undefined byte.
const WINDOWS_1252_80_TO_9F = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0,
  0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
];

function decodeWindows1252(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length);
  bytes.forEach((byte, index) => {
    const unit = byte >= 0x80 && byte <= 0x9f ? WINDOWS_1252_80_TO_9F[byte - 0x80] : byte;
    if (unit === undefined || (unit === 0 && byte !== 0)) throw new RangeError('not Windows-1252');
    units[index] = unit;
  });
  return textOf(units);
}

function toWindows1252(codeUnit: number): number {
  if (codeUnit < 0x80 || (codeUnit >= 0xa0 && codeUnit <= 0xff)) return codeUnit;
  const index = WINDOWS_1252_80_TO_9F.indexOf(codeUnit);
  return index < 0 || codeUnit === 0 ? -1 : index + 0x80;
}

const CP932_VARIANTS = new Map(
  Object.entries({ '〜': '～', '−': '－', '‖': '∥', '—': '―', '¢': '￠', '£': '￡', '¬': '￢' }).map(([from, to]) => [
    from.charCodeAt(0),
    to.charCodeAt(0),
  ]),
);

function toCp932(codeUnit: number): number {
  const bytes = cp932Bytes(codeUnit);
  const variant = CP932_VARIANTS.get(codeUnit);
  return bytes < 0 && variant !== undefined ? cp932Bytes(variant) : bytes;
}

function textOf(units: Uint16Array): string {
  let text = '';
  // In blocks, because the arguments of one call live on the stack.
  for (let start = 0; start < units.length; start += 8192) {
    text += String.fromCharCode(...units.subarray(start, start + 8192));
  }
  return text;
}
