import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { isPackFile, MANIFEST } from '../pack-format';
import type { Findings } from './findings';

/** A file may inflate to so much without a question; beyond it, to so many times what is stored of it. Hashes do not shrink. */
const FREE_BYTES = 16 * 1024 * 1024;
const MOST_TIMES = 150;
const MOST_ENTRIES = 10_000;
const MOST_BYTES = 256 * 1024 ** 3;
/** Of a local header without its name. */
const HEADER_BYTES = 30;

/** What is read cannot be trusted any further. */
export class Damaged extends Error {}

/** The zip of a pack: nothing of it is written to disk, and no more is read of a file than it declares. */
export class PackArchive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** Null when it is none, or is built to do harm; the findings say why. An error of the file system is thrown. */
  static async open(path: string, findings: Findings): Promise<PackArchive | null> {
    let zip: ZipFile;
    try {
      zip = await openPromise(path, { autoClose: false, decodeStrings: true, validateEntrySizes: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code) throw error;
      findings.add('ARCHIVE', 'CUT_OFF');
      return null;
    }
    const entries = await entriesOf(zip, findings);
    if (entries) return new PackArchive(zip, entries);
    zip.close();
    return null;
  }

  get names(): string[] {
    return [...this.entries.keys()];
  }

  /** As the directory declares it. */
  bytesOf(name: string): number | null {
    return this.entries.get(name)?.uncompressedSize ?? null;
  }

  /** @throws Damaged when it cannot be inflated, or inflates to another size than the directory declares. */
  async *read(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name);
    if (!entry) return;
    try {
      for await (const chunk of await this.zip.openReadStreamPromise(entry)) yield chunk as Buffer;
    } catch (error) {
      throw new Damaged((error as Error).message);
    }
  }

  close(): void {
    if (this.zip.isOpen) this.zip.close();
  }
}

async function entriesOf(zip: ZipFile, findings: Findings): Promise<Map<string, Entry> | null> {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      const { fileName, uncompressedSize, compressedSize } = entry;
      bytes += uncompressedSize;
      const tooMuch = uncompressedSize > FREE_BYTES && uncompressedSize > compressedSize * MOST_TIMES;
      if (entry.isEncrypted()) findings.add('ARCHIVE', 'ENCRYPTED', fileName);
      else if (entries.has(fileName)) findings.add('ARCHIVE', 'NAMED_TWICE', fileName);
      else if (tooMuch || bytes > MOST_BYTES || entries.size >= MOST_ENTRIES)
        findings.add('ARCHIVE', 'INFLATES', fileName, null, { stored: compressedSize, bytes: uncompressedSize });
      else if (!isPackFile(fileName) && fileName !== MANIFEST) findings.add('ARCHIVE', 'FILE_UNKNOWN', fileName);
      entries.set(fileName, entry);
      if (entries.size > MOST_ENTRIES) break;
    }
  } catch (error) {
    // The reader itself refuses names that lead out of the folder into which a zip is unpacked.
    const refused = /(?:absolute path|invalid relative path|invalid characters in fileName): (.*)$/s.exec(
      (error as Error).message,
    );
    if (refused) findings.add('ARCHIVE', 'NAME_REFUSED', refused[1] ?? '');
    else findings.add('ARCHIVE', 'CUT_OFF');
    return null;
  }
  findOverlaps([...entries.values()], findings);
  return findings.first('ARCHIVE').some(({ fault }) => fault !== 'FILE_UNKNOWN') ? null : entries;
}

/** Files that share what is stored of them are the way to a bomb that no single file gives away. */
function findOverlaps(entries: Entry[], findings: Findings): void {
  let [end, before] = [0, ''];
  for (const entry of entries.sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    const { relativeOffsetOfLocalHeader: start, fileName } = entry;
    if (start < end) findings.add('ARCHIVE', 'OVERLAPPING', fileName, null, { other: before });
    end = start + HEADER_BYTES + entry.fileNameLength + entry.compressedSize;
    before = fileName;
  }
}
