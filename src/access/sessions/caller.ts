import type { FastifyRequest } from 'fastify';
import { browserName } from './browser-name';

/** Where a request comes from. */
export interface Caller {
  address: string;
  requestId: string;
  /** As a person recognises it, `Firefox, Windows`; null when the request does not say. */
  browser: string | null;
}

export function callerOf({ ip, id, headers }: FastifyRequest): Caller {
  return { address: ip, requestId: id, browser: browserName(headers['user-agent']) };
}
