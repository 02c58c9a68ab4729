import fc from 'fast-check';
import { encodeText, strictDecoder, TextEncoding } from './text-encodings';

const ENCODINGS: TextEncoding[] = ['utf-8', 'utf-16le', 'utf-16be', 'cp932', 'windows-1252'];

function decode(encoding: TextEncoding, bytes: Uint8Array, chunkBytes = bytes.length || 1): string {
  const decoder = strictDecoder(encoding);
  let text = '';
  for (let at = 0; at < bytes.length; at += chunkBytes) text += decoder.write(bytes.subarray(at, at + chunkBytes));
  return text + decoder.end();
}

describe('strictDecoder', () => {
  it('reads CP932 characters whose second byte is a backslash', () => {
    expect(decode('cp932', Uint8Array.of(0x83, 0x5c, 0x95, 0x5c, 0x94, 0x5c, 0x5c))).toBe('ソ表能\\');
  });

  it('maps the signs on which Shift JIS tables differ as Windows does', () => {
    const bytes = Uint8Array.of(0x81, 0x60, 0x81, 0x7c, 0x81, 0x5f, 0x81, 0x61, 0x87, 0x40, 0xfa, 0x4a, 0xfb, 0xfc);
    expect(decode('cp932', bytes)).toBe('～－＼∥①Ⅰ髙');
  });

  it('leaves every control character where it is in CP932', () => {
    const bytes = Uint8Array.from({ length: 0x80 }, (_, index) => index);
    expect(decode('cp932', bytes)).toBe(Buffer.from(bytes).toString('latin1'));
  });

  it('reads the curly quotes, dashes and euro sign of Windows-1252', () => {
    expect(decode('windows-1252', Uint8Array.of(0x80, 0x92, 0x93, 0x94, 0x96, 0xe9, 0xff))).toBe('€’“”–éÿ');
  });

  it.each<[TextEncoding, number[]]>([
    ['utf-8', [0x41, 0xff]],
    ['utf-8', [0xe3, 0x81]],
    ['utf-8', [0xc0, 0x80]],
    ['utf-16le', [0x41]],
    ['utf-16le', [0x00, 0xd8, 0x41, 0x00]],
    ['utf-16be', [0xdc, 0x00]],
    ['cp932', [0x81]],
    ['cp932', [0x81, 0x20]],
    ['cp932', [0x85, 0x40]],
    ['cp932', [0x80]],
    ['cp932', [0xff]],
    ['windows-1252', [0x81]],
    ['windows-1252', [0x9d]],
  ])('refuses bytes that are not %s: %j', (encoding, bytes) => {
    expect(() => decode(encoding, Uint8Array.from(bytes))).toThrow();
  });

  it('reads back what encodeText writes, however it is cut into chunks', () => {
    const text = fc.oneof(
      // Without the signs that CP932 knows under another code point only.
      fc.string({ unit: 'grapheme-composite' }).map((value) => value.replace(/[〜−‖—¢£¬]/g, '')),
      fc.string({ unit: fc.constantFrom('ソ', 'あ', '漢', 'ｱ', '～', 'é', '€', '’', 'a', '\\', '\n', '\x1a', '\x7f') }),
    );
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(...ENCODINGS),
        fc.integer({ min: 1, max: 9 }),
        (value, encoding, chunkBytes) => {
          const { bytes, lost } = encodeText(value, encoding);
          const expected = Array.from(value, (character) => (lost.includes(character) ? '?' : character)).join('');
          expect(decode(encoding, bytes, chunkBytes)).toBe(expected);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('encodeText', () => {
  it('says which characters CP932 and Windows-1252 do not have', () => {
    expect(encodeText('能é😀é', 'cp932')).toEqual({
      bytes: Buffer.from([0x94, 0x5c, 0x3f, 0x3f, 0x3f]),
      lost: ['é', '😀'],
    });
    expect(encodeText('é能', 'windows-1252')).toEqual({ bytes: Buffer.from([0xe9, 0x3f]), lost: ['能'] });
    expect(encodeText('能é😀', 'utf-8').lost).toEqual([]);
  });

  it('writes the Unicode variants of one JIS sign to CP932 as that sign', () => {
    const { bytes, lost } = encodeText('〜−‖', 'cp932');
    expect(lost).toEqual([]);
    expect(decode('cp932', bytes)).toBe('～－∥');
  });

  it('gives back every CP932 character but the duplicates that Windows does not write either', () => {
    const differing: number[] = [];
    for (let pair = 0x8140; pair <= 0xfcfc; pair += 1) {
      let text: string;
      try {
        text = decode('cp932', Uint8Array.of(pair >> 8, pair & 0xff));
      } catch {
        continue;
      }
      if (text.length === 1 && encodeText(text, 'cp932').bytes.readUInt16BE() !== pair) differing.push(pair >> 8);
    }
    expect(new Set(differing)).toEqual(new Set([0x87, 0xed, 0xee, 0xfa]));
  });
});
