import i18next from 'i18next';
import { ApiProblem } from './problem';

type QueryValue = string | number | boolean | null | undefined;
export type Query = Record<string, QueryValue>;

/** An answer with the tag that a later write must present as `If-Match`. */
export interface Tagged<T> {
  value: T;
  etag: string | null;
}

interface Call {
  query?: Query;
  body?: unknown;
  ifMatch?: string | null;
  signal?: AbortSignal;
}

const BASE = '/api/v1';

/** The address of a call, for links that the browser follows by itself. */
export function addressOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  return search.size > 0 ? `${BASE}${path}?${search}` : `${BASE}${path}`;
}

async function refusal(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  return new ApiProblem(response.status, body && typeof body === 'object' ? body : {});
}

async function send<T>(method: string, path: string, call: Call): Promise<Tagged<T>> {
  const headers = new Headers({ Accept: 'application/json', 'Accept-Language': i18next.language });
  if (call.ifMatch) headers.set('If-Match', call.ifMatch);
  const form = call.body instanceof FormData;
  if (call.body !== undefined && !form) headers.set('Content-Type', 'application/json');
  const response = await fetch(addressOf(path, call.query), {
    method,
    headers,
    credentials: 'same-origin',
    // The tag is the version of one row, the answer also holds the caller's language and names from other rows:
    // a 304 would bring old words back.
    cache: 'no-store',
    signal: call.signal ?? null,
    body: form ? (call.body as FormData) : call.body === undefined ? null : JSON.stringify(call.body),
  }).catch((error: unknown) => {
    if (call.signal?.aborted) throw error;
    throw new ApiProblem(0, {});
  });
  if (!response.ok) throw await refusal(response);
  const value = response.status === 204 ? undefined : await response.json();
  return { value: value as T, etag: response.headers.get('ETag') };
}

async function untagged<T>(answer: Promise<Tagged<T>>): Promise<T> {
  return (await answer).value;
}

/** The service under `/api/v1`; every call rejects with an `ApiProblem`. */
export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) =>
    untagged(send<T>('GET', path, { query: query ?? {}, ...(signal && { signal }) })),
  getTagged: <T>(path: string, signal?: AbortSignal) => send<T>('GET', path, signal ? { signal } : {}),
  post: <T>(path: string, body?: unknown, ifMatch: string | null = null) =>
    untagged(send<T>('POST', path, { body, ifMatch })),
  patch: <T>(path: string, body: unknown, ifMatch: string | null) =>
    untagged(send<T>('PATCH', path, { body, ifMatch })),
  put: <T>(path: string, body: unknown, ifMatch: string | null) => untagged(send<T>('PUT', path, { body, ifMatch })),
  delete: (path: string, ifMatch: string | null) => untagged(send<void>('DELETE', path, { ifMatch })),
};
