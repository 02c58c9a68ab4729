import { createHash } from 'node:crypto';
import { isPackFile, MANIFEST, PACK_FORMAT, type PackManifest, README, ROW_FILES } from '../pack-format';
import type { Findings } from './findings';
import { Damaged, type PackArchive } from './pack-archive';

const MOST_BYTES = 16 * 1024 * 1024;
const HASH = /^[0-9a-f]{64}$/;

export interface ReadManifest {
  manifest: PackManifest;
  sha256: string;
}

/** The manifest, and whether the zip holds what it names; null when there is none that can be read. @param digest as the audit log has it. */
export async function readManifest(
  archive: PackArchive,
  findings: Findings,
  digest: string | undefined,
): Promise<ReadManifest | null> {
  if (archive.bytesOf(MANIFEST) === null) {
    findings.add('ARCHIVE', 'FILE_MISSING', MANIFEST);
    return null;
  }
  const text = await textOf(archive);
  const manifest = text === null ? null : parsed(text);
  if (text === null || manifest === null) {
    findings.add('MANIFEST', 'MANIFEST_UNREADABLE', MANIFEST);
    return null;
  }
  if (manifest.format !== PACK_FORMAT) {
    findings.add('MANIFEST', 'OTHER_FORMAT', MANIFEST, null, { format: PACK_FORMAT });
    return null;
  }
  const sha256 = createHash('sha256').update(text, 'utf8').digest('hex');
  if (digest !== undefined && digest !== sha256)
    findings.add('MANIFEST', 'OTHER_DIGEST', MANIFEST, null, { recorded: digest, found: sha256 });
  compareNames(archive, manifest, findings);
  return { manifest, sha256 };
}

function compareNames(archive: PackArchive, { files }: PackManifest, findings: Findings): void {
  const known = new Set([MANIFEST, ...files.map(({ name }) => name)]);
  for (const name of archive.names)
    if (!known.has(name) && isPackFile(name)) findings.add('ARCHIVE', 'FILE_UNKNOWN', name);
  const there = new Set(archive.names);
  for (const name of new Set([...known, README, ...ROW_FILES]))
    if (!there.has(name) || !known.has(name)) findings.add('ARCHIVE', 'FILE_MISSING', name);
}

async function textOf(archive: PackArchive): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of archive.read(MANIFEST)) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) return null;
      chunks.push(chunk);
    }
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch (error) {
    if (error instanceof Damaged || error instanceof TypeError) return null;
    throw error;
  }
}

/** Null when it does not have what the checks go by. */
function parsed(text: string): PackManifest | null {
  try {
    const value = JSON.parse(text) as Partial<PackManifest> | null;
    const { files, chain } = value ?? {};
    const sound =
      Array.isArray(files) &&
      files.every(
        (file) =>
          typeof file?.name === 'string' &&
          isPackFile(file.name) &&
          Number.isSafeInteger(file.bytes) &&
          (file.rows === null || Number.isSafeInteger(file.rows)) &&
          HASH.test(file.sha256),
      ) &&
      new Set(files.map(({ name }) => name)).size === files.length &&
      (chain === null || (Number.isSafeInteger(chain?.seq) && HASH.test(chain?.hash ?? '')));
    return sound ? (value as PackManifest) : null;
  } catch {
    return null;
  }
}
