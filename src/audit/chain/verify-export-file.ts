import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { message } from '../../platform/messages/messages';
import type { ChainHead } from './chain-hash';
import { type ExportVerdict, NotAnExport, verifyExport } from './exported-chain';

/** What a check of a file came to, for a terminal: 0 it holds, 1 it was tampered with, 2 it could not be checked. */
export interface FileVerdict {
  text: string;
  exitCode: 0 | 1 | 2;
}

/** Checks the file of an export, which is read as a stream. @param noted a head that was written down elsewhere. */
export async function verifyExportFile(path: string, noted?: ChainHead): Promise<FileVerdict> {
  const input = createReadStream(path, 'utf8');
  try {
    // Opening fails before the lines are asked for, and readline would not tell.
    await new Promise((resolve, reject) => input.once('open', resolve).once('error', reject));
    const verdict = await verifyExport(linesOf(input), noted);
    return verdict.firstBroken ? broken(verdict.firstBroken) : whole(verdict, noted);
  } catch (error) {
    const { code, message: said } = error as NodeJS.ErrnoException;
    if (error instanceof NotAnExport || code) return { text: `Not checked: ${said}`, exitCode: 2 };
    throw error;
  } finally {
    input.destroy();
  }
}

async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<string> {
  let failed: Error | undefined;
  input.once('error', (error) => (failed = error));
  yield* createInterface({ input, crlfDelay: Infinity });
  if (failed) throw failed;
}

function broken({ seq, line, reason }: NonNullable<ExportVerdict['firstBroken']>): FileVerdict {
  return { text: `NOT OK, line ${line}: ${message('en', `chainFault.${reason}`, { seq })} (${reason})`, exitCode: 1 };
}

function whole(verdict: ExportVerdict, noted: ChainHead | undefined): FileVerdict {
  const { events, digests, exportedAt, after, head, fromStart } = verdict;
  const from = fromStart ? 'from the first event of all' : `after place ${after.seq}, hash ${after.hash}`;
  return {
    text: [
      `OK: ${events + digests} events, ${events} with their text and ${digests} as digests; ${from}; exported ${exportedAt}`,
      `Last: place ${head.seq}, hash ${head.hash}`,
      noted
        ? `Place ${noted.seq} has the hash that was written down.`
        : 'That nothing was cut off the end, or all of it written anew, shows only a hash that was written down elsewhere: --seq, --hash.',
    ].join('\n'),
    exitCode: 0,
  };
}
