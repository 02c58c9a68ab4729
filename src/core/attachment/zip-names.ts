const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LEAST_END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const ENTRY_BYTES = 46;

/** The names in the directory of a ZIP, without unpacking anything; none when it is no ZIP. */
export function namesInZip(content: Buffer): string[] {
  const end = endOf(content);
  if (content.length < LEAST_END_BYTES || content.readUInt32LE(0) !== 0x04034b50 || end === null) return [];
  const names: string[] = [];
  let at = content.readUInt32LE(end + 16);
  for (let left = content.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + ENTRY_BYTES > end || content.readUInt32LE(at) !== ENTRY) return [];
    const name = content.readUInt16LE(at + 28);
    names.push(content.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + name));
    at += ENTRY_BYTES + name + content.readUInt16LE(at + 30) + content.readUInt16LE(at + 32);
  }
  return names;
}

function endOf(content: Buffer): number | null {
  const last = content.length - LEAST_END_BYTES;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at -= 1)
    if (content.readUInt32LE(at) === END) return at;
  return null;
}
