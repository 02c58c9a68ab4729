import { isIP } from 'node:net';
import type { Config } from '../../../platform/config/config';

/** What passkeys are bound to. */
export interface RelyingParty {
  /** A host name; a passkey made for another one does not fit. */
  id: string;
  /** Where our pages come from, as browsers write it. */
  origin: string;
}

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/**
 * The address that people open, as far as browsers make passkeys for it: a host name with https, or this machine. Null for other addresses. Never
 * taken from a request: a page that poses as ours would bring its own name along.
 */
export function relyingPartyOf({
  PUBLIC_URL,
  HOST,
  PORT,
}: Pick<Config, 'PUBLIC_URL' | 'HOST' | 'PORT'>): RelyingParty | null {
  const address = PUBLIC_URL ?? (LOOPBACK.includes(HOST) ? `http://localhost:${PORT}` : undefined);
  if (address === undefined) return null;
  const { hostname, origin, protocol } = new URL(address);
  const isSafe = protocol === 'https:' || hostname === 'localhost';
  return isSafe && isIP(hostname.replace(/^\[|\]$/g, '')) === 0 ? { id: hostname, origin } : null;
}
