import type { IncomingHttpHeaders } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../../platform/http/problem';
import type { InletDeclarations } from '../reading/read-envelope';
import type { Message } from './arrival';

export const LARGEST_BODY_BYTES = 16 * 1024 * 1024;

const unzip = promisify(gunzip);
const EXIT_STATUS = /^(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;
const SIGNALS: Readonly<Record<string, InletDeclarations['signal']>> = { start: 'START', fail: 'FAIL', log: 'LOG' };
const LONGEST_NAME = 200;

/** The message in a request below an inlet. @throws Problem 404 for an address that is none, 413 for more than may be sent, 415 for another coding than gzip. */
export async function messageOf(request: FastifyRequest, secretHash: string, receivedAt: Date): Promise<Message> {
  const { headers, body, ip } = request;
  const bytes = Buffer.isBuffer(body) ? await inflated(body, headers['content-encoding']) : Buffer.alloc(0);
  const { word } = request.params as { word?: string };
  const { tool, rid } = request.query as Record<string, unknown>;
  return {
    body: bytes,
    mediaType: headers['content-type'] ?? null,
    address: ip,
    receivedAt,
    secretHash,
    declared: { ...sayingOf(word, bytes.length === 0), tool: nameOf(tool), rid: nameOf(rid) ?? eventOf(headers) },
  };
}

/** What the last part of the address says: a signal, or how the command ended. */
function sayingOf(word: string | undefined, empty: boolean): Pick<InletDeclarations, 'signal' | 'exitCode'> {
  if (word === undefined) return { signal: null, exitCode: null };
  const signal = SIGNALS[word];
  if (signal) return { signal, exitCode: null };
  if (!EXIT_STATUS.test(word)) throw new Problem(404, 'ROUTE_NOT_FOUND');
  const exitCode = Number(word);
  return { signal: empty ? (exitCode === 0 ? 'SUCCESS' : 'FAIL') : null, exitCode };
}

/**
 * The name of a CloudEvent in binary mode, whose attributes are headers and whose data is the body (HTTP protocol binding 1.0, section 3.1):
 * as in structured mode, source and id. Null without all that an event must have.
 */
function eventOf(headers: IncomingHttpHeaders): string | null {
  if (/^application\/cloudevents/i.test(headers['content-type'] ?? '')) return null;
  const [version, type, source, id] = ['specversion', 'type', 'source', 'id'].map((name) => headers[`ce-${name}`]);
  return version && type && typeof source === 'string' && typeof id === 'string' && source && id
    ? `${decoded(source)}#${decoded(id)}`
    : null;
}

/** What is beyond ASCII is percent-encoded in headers; what is no such encoding stands for itself. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function nameOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, LONGEST_NAME) : null;
}

async function inflated(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  if (encoding === undefined || encoding === 'identity') return body;
  if (encoding !== 'gzip' && encoding !== 'x-gzip') throw new Problem(415, 'UNSUPPORTED_MEDIA_TYPE');
  try {
    return await unzip(body, { maxOutputLength: LARGEST_BODY_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new Problem(413, 'BODY_TOO_LARGE');
    // No gzip whatever the header says: it is kept as it came, and refused if it is nothing else either.
    return body;
  }
}
