const LINE_OCTETS = 75;
// RFC 5545 allows no control characters in a text but the tab; line ends of every kind become one.

const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const LINE_ENDS = /\r\n|[\r\n\u0085\u2028\u2029\u000b\u000c]/g;
// Some readers look for these marks anywhere, not only at the beginning of a line: a full-width colon is none to them.
const MARKS = /(BEGIN|END):(?=\w)/gi;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** `text` as a value of the type TEXT (RFC 5545 section 3.3.11): nothing in it can end its line. */
export function icalText(text: string): string {
  return text
    .replace(LINE_ENDS, '\n')
    .replace(CONTROLS, '')
    .replace(MARKS, '$1：')
    .replace(LONE_SURROGATES, '\ufffd')
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\n/g, '\\n');
}

/** A content line with its end, folded after at most 75 octets and never inside a character (RFC 5545 section 3.1). */
export function icalLine(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const length = Buffer.byteLength(character);
    if (octets + length > LINE_OCTETS) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += length;
  }
  return `${folded}\r\n`;
}
