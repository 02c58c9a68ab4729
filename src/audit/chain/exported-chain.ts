import { type ChainFault, type ChainHead, digestOf, hashAfter, START } from './chain-hash';

export const EXPORT_FORMAT = 'sonae-audit-1';

/** First line of an export: the link that it begins after, and the last one in it. */
export interface ExportHeader {
  format: typeof EXPORT_FORMAT;
  exportedAt: string;
  after: ChainHead;
  head: ChainHead;
}

/** Any other line: a link with the text of its event, or of an event that the reader did not get its digest. */
export type ExportedLink = ChainHead & ({ event: string } | { digest: string });

export interface ExportVerdict {
  valid: boolean;
  /** Events whose text is in the file. */
  events: number;
  /** Events of which only the digest is. */
  digests: number;
  exportedAt: string;
  after: ChainHead;
  head: ChainHead;
  /** Whether the file begins with the first event of all. */
  fromStart: boolean;
  /** Its place in the chain, and the line of the file where that was seen. */
  firstBroken: { seq: number; line: number; reason: ChainFault } | null;
}

/** What is read is not an export. */
export class NotAnExport extends Error {}

/**
 * Checks an exported chain without a database, line by line: every hash is computed anew from the texts and digests of the file.
 * @param noted a head that was written down elsewhere and lies within the file.
 * @throws NotAnExport when the first line is not that of an export.
 */
export async function verifyExport(lines: AsyncIterable<string>, noted?: ChainHead): Promise<ExportVerdict> {
  const reading = numbered(lines);
  const first = await reading.next();
  if (first.done) throw new NotAnExport('The file is empty.');
  const { exportedAt, after, head } = headerOf(first.value.text);
  let [at, line, events, digests] = [after, first.value.line, 0, 0];
  let met = noted === undefined || same(after, noted);
  const verdict = (firstBroken: ExportVerdict['firstBroken']): ExportVerdict => {
    const fromStart = same(after, START);
    return { valid: firstBroken === null, events, digests, exportedAt, after, head, fromStart, firstBroken };
  };
  for (let read = await reading.next(); !read.done; read = await reading.next()) {
    const { text } = read.value;
    line = read.value.line;
    const link = linkOf(text);
    const expected = at.seq + 1;
    if (!link) return verdict({ seq: expected, line, reason: await unreadable(reading) });
    if (link.seq > expected) return verdict({ seq: expected, line, reason: await absent(reading, expected) });
    if (link.seq < expected) return verdict({ seq: link.seq, line, reason: 'EVENT_NOT_LINKED' });
    const reason = faultOf(link, at, noted);
    if (reason) return verdict({ seq: link.seq, line, reason });
    if ('event' in link) events += 1;
    else digests += 1;
    met ||= link.seq === noted?.seq;
    at = { seq: link.seq, hash: link.hash };
  }
  if (!same(at, head)) return verdict({ seq: at.seq + 1, line: line + 1, reason: 'END_MISSING' });
  return verdict(met || !noted ? null : { seq: noted.seq, line: line + 1, reason: 'END_MISSING' });
}

interface NumberedLine {
  text: string;
  /** The first is 1. */
  line: number;
}

async function* numbered(lines: AsyncIterable<string>): AsyncGenerator<NumberedLine, void> {
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (text !== '') yield { text, line };
  }
}

function faultOf(link: ExportedLink, at: ChainHead, noted: ChainHead | undefined): ChainFault | null {
  const digest = 'event' in link ? digestOf(link.event) : link.digest;
  if (hashAfter(at, link.seq, digest) !== link.hash) return 'EVENT_ALTERED';
  return link.seq === noted?.seq && link.hash !== noted.hash ? 'CHAIN_REWRITTEN' : null;
}

/** A line that is no link was altered when others follow; as the last one, the file was cut off in the middle of it. */
async function unreadable(rest: AsyncGenerator<NumberedLine, void>): Promise<ChainFault> {
  return (await rest.next()).done ? 'END_MISSING' : 'EVENT_ALTERED';
}

/** A link that is not in its place may stand further below. */
async function absent(rest: AsyncGenerator<NumberedLine, void>, seq: number): Promise<ChainFault> {
  for await (const { text } of rest) if (linkOf(text)?.seq === seq) return 'EVENT_MOVED';
  return 'LINK_MISSING';
}

const same = (one: ChainHead, other: ChainHead): boolean => one.seq === other.seq && one.hash === other.hash;

function headerOf(line: string): ExportHeader {
  if (/^\uFEFF?seq,/.test(line))
    throw new NotAnExport('The file is the table (csv), which is for reading. The chain is in the export as ndjson.');
  const header = parsed(line) as Partial<ExportHeader> | undefined;
  if (header?.format !== EXPORT_FORMAT || !isHead(header.after) || !isHead(header.head))
    throw new NotAnExport(`The first line is not that of an export (${EXPORT_FORMAT}).`);
  return header as ExportHeader;
}

function linkOf(line: string): ExportedLink | undefined {
  const link = parsed(line) as (Partial<{ event: unknown; digest: unknown }> & Partial<ChainHead>) | undefined;
  if (!isHead(link) || (typeof link.event !== 'string' && typeof link.digest !== 'string')) return undefined;
  return link as ExportedLink;
}

function isHead<T extends Partial<ChainHead>>(value: T | undefined): value is T & ChainHead {
  return Number.isSafeInteger(value?.seq) && typeof value?.hash === 'string';
}

function parsed(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return value && typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}
