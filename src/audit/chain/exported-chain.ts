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
  after: ChainHead;
  head: ChainHead;
  /** Whether the file begins with the first event of all. */
  fromStart: boolean;
  firstBroken: { seq: number; reason: ChainFault } | null;
}

/** What is read is not an export. */
export class NotAnExport extends Error {}

/**
 * Checks an exported chain without a database: every hash is computed anew from the texts and digests of the file.
 * @param noted a head that was written down elsewhere and lies within the file.
 * @throws NotAnExport
 */
export async function verifyExport(lines: AsyncIterable<string>, noted?: ChainHead): Promise<ExportVerdict> {
  let header: ExportHeader | undefined;
  let at = START;
  let [events, digests] = [0, 0];
  let firstBroken: ExportVerdict['firstBroken'] = null;
  let met = noted === undefined;
  for await (const line of lines) {
    if (line === '') continue;
    if (!header) {
      header = headerOf(line);
      at = header.after;
      met ||= at.seq === noted?.seq && at.hash === noted.hash;
      continue;
    }
    const link = linkOf(line);
    const digest = 'event' in link ? digestOf(link.event) : link.digest;
    if ('event' in link) events += 1;
    else digests += 1;
    if (link.seq !== at.seq + 1) firstBroken = { seq: at.seq + 1, reason: 'LINK_MISSING' };
    else if (hashAfter(at, link.seq, digest) !== link.hash) firstBroken = { seq: link.seq, reason: 'EVENT_ALTERED' };
    else if (link.seq === noted?.seq && link.hash !== noted.hash)
      firstBroken = { seq: link.seq, reason: 'CHAIN_REWRITTEN' };
    if (firstBroken) break;
    met ||= link.seq === noted?.seq;
    at = { seq: link.seq, hash: link.hash };
  }
  if (!header) throw new NotAnExport('The file is empty.');
  if (!firstBroken && at.hash !== header.head.hash) firstBroken = { seq: at.seq + 1, reason: 'END_MISSING' };
  if (!firstBroken && !met && noted) firstBroken = { seq: noted.seq, reason: 'END_MISSING' };
  const { after, head } = header;
  const fromStart = after.seq === START.seq && after.hash === START.hash;
  return { valid: firstBroken === null, events, digests, after, head, fromStart, firstBroken };
}

function headerOf(line: string): ExportHeader {
  const header = parsed(line) as Partial<ExportHeader>;
  if (header.format !== EXPORT_FORMAT || !isHead(header.after) || !isHead(header.head))
    throw new NotAnExport(`The first line is not that of an export (${EXPORT_FORMAT}).`);
  return header as ExportHeader;
}

function linkOf(line: string): ExportedLink {
  const link = parsed(line) as Partial<{ event: unknown; digest: unknown }> & Partial<ChainHead>;
  if (!isHead(link) || (typeof link.event !== 'string' && typeof link.digest !== 'string'))
    throw new NotAnExport(`This line is no link of a chain: ${line.slice(0, 80)}`);
  return link as ExportedLink;
}

function isHead<T extends Partial<ChainHead>>(value: T | undefined): value is T & ChainHead {
  return typeof value?.seq === 'number' && typeof value.hash === 'string';
}

function parsed(line: string): object {
  try {
    const value: unknown = JSON.parse(line);
    if (value && typeof value === 'object') return value;
  } catch {
    // told below
  }
  throw new NotAnExport(`This line is no JSON: ${line.slice(0, 80)}`);
}
