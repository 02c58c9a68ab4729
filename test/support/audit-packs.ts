import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { ZipFile } from 'yazl';
import { canonicalJson } from '../../src/platform/database/canonical-json';
import type { PackManifest } from '../../src/views/packs/pack-format';
import { newPath, type Unpacked } from './downloads';

/** Writes files as a zip, as anybody can who has changed them. */
export async function repack(files: Unpacked): Promise<string> {
  const path = newPath();
  const zip = new ZipFile();
  for (const [name, text] of files) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  await once(zip.outputStream.pipe(createWriteStream(path)), 'close');
  return path;
}

export const manifestOf = (files: Unpacked): PackManifest =>
  JSON.parse(files.get('manifest.json') ?? '') as PackManifest;

/** The records of a file, one a line. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into records of every shape
export const recordsOf = (files: Unpacked, name: string): any[] =>
  (files.get(name) ?? '')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/** With a manifest that says of every file what it now is: what somebody would do who wants a change not to show. */
export function resealed(files: Unpacked): Unpacked {
  const manifest = manifestOf(files);
  const sealed = manifest.files.map((file) => {
    const text = files.get(file.name) ?? '';
    const rows = file.rows === null ? null : text.split('\n').length - 1;
    return { ...file, rows, bytes: Buffer.byteLength(text), sha256: sha256Of(text) };
  });
  return new Map([...files, ['manifest.json', canonicalJson({ ...manifest, files: sealed })]]);
}
