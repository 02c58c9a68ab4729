import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';

export type ZipEntry = readonly [name: string, content: string | Readable];

/** Files as one ZIP, made while it is read, one file after the other. */
export function zipStream(entries: readonly ZipEntry[]): Readable {
  const zip = new ZipFile();
  const out = new PassThrough();
  for (const [name, content] of entries) {
    if (typeof content === 'string') {
      zip.addBuffer(Buffer.from(content), name);
      continue;
    }
    content.once('error', (error) => out.destroy(error));
    zip.addReadStream(content, name);
  }
  zip.end();
  zip.outputStream.pipe(out);
  // Whoever stops reading, such as a browser that is closed, ends the reading of the rows.
  out.once('close', () => {
    for (const [, content] of entries) if (typeof content !== 'string') content.destroy();
  });
  return out;
}
