import { createHash } from 'node:crypto';

/** A place in the chain and the hash there, which stands for every event up to it. */
export interface ChainHead {
  seq: number;
  hash: string;
}

/** What the first link follows. */
export const START: ChainHead = { seq: 0, hash: '0'.repeat(64) };

/** What can be wrong with a chain. */
export const CHAIN_FAULTS = [
  'EVENT_ALTERED',
  'EVENT_MISSING',
  'EVENT_MOVED',
  'EVENT_NOT_LINKED',
  'LINK_ALTERED',
  'LINK_MISSING',
  'PERSONAL_ALTERED',
  'PERSONAL_MISSING',
  'END_MISSING',
  'CHAIN_REWRITTEN',
] as const;
export type ChainFault = (typeof CHAIN_FAULTS)[number];

/** As the SQL function `audit_digest`. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** As the SQL function `audit_hash`. */
export function hashAfter({ hash }: ChainHead, seq: number, digest: string): string {
  return digestOf(`${hash} ${seq} ${digest}`);
}
