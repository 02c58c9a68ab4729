import { createHash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { PackedFile } from '../pack-format';

/** Small pieces are gathered before they go out: each one costs a stream event. */
const BLOCK = 64 * 1024;
/** Whoever takes nothing for so long is given up. */
const IDLE_MS = 120_000;

interface Counted {
  rows: number;
}

/**
 * A zip that is made while it is read, one file after the other; what went into each is counted and hashed on the way. Whoever stops reading ends
 * the reading of the rows.
 */
export class PackZip {
  readonly stream = new PassThrough();
  /** The files that are complete. */
  readonly files: PackedFile[] = [];
  private readonly zip = new ZipFile();
  private current: Readable | undefined;
  private readonly idle = setTimeout(() => this.stream.destroy(new Error('nobody takes the pack')), IDLE_MS).unref();

  /** @param mtime of every file in it. @param closed is called once, when it is complete, failed or given up. */
  constructor(
    private readonly mtime: Date,
    closed: () => void,
  ) {
    this.zip.outputStream.pipe(this.stream);
    (this.zip as unknown as NodeJS.EventEmitter).on('error', (error: Error) => this.stream.destroy(error));
    // It may fail before anybody listens; whoever takes it then is told all the same.
    this.stream.on('error', () => undefined);
    this.stream.once('close', () => {
      clearTimeout(this.idle);
      this.current?.destroy();
      closed();
    });
  }

  /** A file with one record a line. */
  addRows(name: string, pages: () => AsyncIterable<readonly object[]>): void {
    const counted = { rows: 0 };
    this.add(name, () => linesOf(pages(), counted), counted);
  }

  /** A file as one text, which is asked for when its turn has come. @param text gets the texts in blocks. */
  addText(name: string, text: () => Promise<string>): void {
    this.add(name, () => once(text), null);
  }

  end(): void {
    this.zip.end();
  }

  private add(name: string, text: () => AsyncIterable<string>, lines: Counted | null): void {
    this.zip.addReadStreamLazy(name, { mtime: this.mtime, mode: 0o100644 }, (take) => {
      this.current = Readable.from(this.counted(name, text(), lines), { objectMode: false });
      this.current.once('error', (error) => this.stream.destroy(error));
      take(null, this.current);
    });
  }

  private async *counted(name: string, text: AsyncIterable<string>, lines: Counted | null): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const piece of text) {
      this.idle.refresh();
      const block = Buffer.from(piece);
      hash.update(block);
      bytes += block.length;
      yield block;
    }
    this.files.push({ name, bytes, rows: lines?.rows ?? null, sha256: hash.digest('hex') });
  }
}

async function* linesOf(pages: AsyncIterable<readonly object[]>, counted: Counted): AsyncGenerator<string> {
  let block = '';
  for await (const page of pages) {
    counted.rows += page.length;
    for (const row of page) {
      block += `${JSON.stringify(row)}\n`;
      if (block.length < BLOCK) continue;
      yield block;
      block = '';
    }
  }
  if (block !== '') yield block;
}

async function* once(text: () => Promise<string>): AsyncGenerator<string> {
  yield await text();
}
