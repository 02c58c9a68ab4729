import { Entry, openPromise, ZipFile } from 'yauzl';
import { TableLimits } from '../table-limits';
import { TabularError } from '../tabular-error';

/** The zip archive of a workbook, read with bounds; nothing is ever written to disk. */
export class XlsxArchive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly limits: TableLimits,
  ) {}

  /** Reads the directory of the archive. Fails with XLSX_INVALID, XLSX_ENCRYPTED or ZIP_BOMB. */
  static async open(filePath: string, limits: TableLimits): Promise<XlsxArchive> {
    const zip = await openPromise(filePath, { autoClose: false }).catch((cause: unknown) => {
      throw invalid('The file begins like a zip archive but is not one.', cause);
    });
    try {
      return new XlsxArchive(zip, await readDirectory(zip, limits), limits);
    } catch (error) {
      zip.close();
      throw error instanceof TabularError ? error : invalid('The directory of the zip archive is damaged.', error);
    }
  }

  has(part: string): boolean {
    return this.entries.has(keyOf(part));
  }

  /** The text of one part in chunks. Fails with XLSX_INVALID or, when it inflates out of all bounds, ZIP_BOMB. */
  async *text(part: string): AsyncGenerator<string> {
    const entry = this.entries.get(keyOf(part));
    if (!entry) throw invalid(`The workbook lacks its part ${part}.`);
    let decoder: InstanceType<typeof TextDecoder> | undefined;
    let inflatedBytes = 0;
    try {
      for await (const chunk of await this.zip.openReadStreamPromise(entry)) {
        const bytes = chunk as Buffer;
        inflatedBytes += bytes.length;
        refuseBomb(entry, inflatedBytes, this.limits);
        decoder ??= new TextDecoder(encodingOf(bytes), { fatal: true });
        yield decoder.decode(bytes, { stream: true });
      }
      decoder?.decode();
    } catch (error) {
      if (error instanceof TabularError) throw error;
      // The reader stops an entry that inflates beyond the size its directory entry declares.
      if (error instanceof Error && /too many bytes/i.test(error.message)) throw bomb(entry, inflatedBytes);
      throw invalid(`The part ${part} of the workbook is damaged.`, error);
    }
  }

  close(): Promise<void> {
    if (!this.zip.isOpen) return Promise.resolve();
    return new Promise((resolve) => {
      this.zip.once('close', resolve);
      this.zip.close();
    });
  }
}

/** An XLSX_INVALID error. */
export function invalid(message: string, cause?: unknown): TabularError {
  return new TabularError('XLSX_INVALID', message, {}, { cause });
}

async function readDirectory(zip: ZipFile, limits: TableLimits): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  let declaredBytes = 0;
  let count = 0;
  for await (const entry of zip.eachEntry()) {
    count += 1;
    declaredBytes += entry.uncompressedSize;
    if (count > limits.maxZipEntries || declaredBytes > limits.maxInflatedBytes) throw bomb(entry, declaredBytes);
    refuseBomb(entry, entry.uncompressedSize, limits);
    if (entry.isEncrypted()) throw new TabularError('XLSX_ENCRYPTED', 'The workbook is protected by a password.');
    if (entries.has(keyOf(entry.fileName))) throw invalid(`The workbook has two parts ${entry.fileName}.`);
    entries.set(keyOf(entry.fileName), entry);
  }
  return entries;
}

function refuseBomb(entry: Entry, inflatedBytes: number, limits: TableLimits): void {
  const isLarge = inflatedBytes > limits.inflationFreeBytes;
  const ratio = inflatedBytes / Math.max(entry.compressedSize, 1);
  if (inflatedBytes > limits.maxInflatedEntryBytes || (isLarge && ratio > limits.maxInflationRatio)) {
    throw bomb(entry, inflatedBytes);
  }
}

function bomb(entry: Entry, inflatedBytes: number): TabularError {
  return new TabularError('ZIP_BOMB', `The workbook inflates out of all bounds (at its part ${entry.fileName}).`, {
    details: { part: entry.fileName, inflatedBytes },
  });
}

/** Part names compare without case and without a leading slash. */
function keyOf(part: string): string {
  return part.replace(/^\/+/, '').toLowerCase();
}

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
