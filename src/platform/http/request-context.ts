import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { newId } from '../database/id';
import { type Locale, negotiateLocale } from '../messages/messages';

/** What the platform knows of the signed-in person; the access guard sets it and knows more. */
export interface Caller {
  userId: string;
  locale: Locale;
  /** The API token that acts for the person; absent in a session. */
  token?: { id: string };
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Absent until the access guard has run, and for a request without a session. */
    caller?: Caller;
  }
}

const SANE_ID = /^[\w.:-]{8,100}$/;

/** The request in which something happens. */
export interface RunningRequest {
  id: string;
  /** Address of the client, behind the trusted proxies. */
  ip: string;
}

const running = new AsyncLocalStorage<RunningRequest>();

/** The id of a new request: the one a proxy gave it in `x-request-id` when it is short and plain, else a new one. */
export function requestIdFor({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SANE_ID.test(given) ? given : newId();
}

/** Runs what follows with the request known to the log and to the audit events. */
export function withRequest({ id, ip }: RunningRequest, next: () => void): void {
  running.run({ id, ip }, next);
}

/** The request in which this is called; undefined outside of one. */
export function currentRequest(): RunningRequest | undefined {
  return running.getStore();
}

/** The language to answer in: the account's when somebody is signed in, else what `Accept-Language` asks for. */
export function localeOf(request: FastifyRequest): Locale {
  return request.caller?.locale ?? negotiateLocale(request.headers['accept-language']);
}
