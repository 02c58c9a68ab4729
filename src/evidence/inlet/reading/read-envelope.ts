import { isTimeZone } from '../../../core/time/zone';
import { decodeText } from '../payload/decode-text';
import { type Json, isObject, parseExact } from '../payload/exact-json';
import { SubmissionRefused } from './refused';
import type { Submission } from './submission';
import { isOffset, offsetTime } from '../payload/tool-times';
import { PING } from '../tools/signals/ping';
import { isNameOf } from '../tools/tool-adapter';

/** What the inlet and the address fill in where the body says nothing. */
export interface InletDeclarations {
  /** `?tool=`, else the tool that the inlet is declared for. */
  tool: string | null;
  sourceTimeZone: string | null;
  /** Of the path or the query: `/:exitStatus`, `/start`, `?rid=`. */
  exitCode: number | null;
  signal: Submission['signal'];
  rid: string | null;
  mapping: unknown;
  receivedAt: Date;
}

/** Fields of an envelope besides the two channels, of which it has at most one spelling each. */
const FIELDS = [
  'tool',
  'command',
  'exitCode',
  'sourceTimeZone',
  'startedAt',
  'finishedAt',
  'rid',
  'stdout',
  'stdoutBase64',
  'stderr',
  'stderrBase64',
];
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
const LONGEST = { tool: 100, command: 10_000, sourceTimeZone: 100, rid: 200 } as const;

/**
 * The submission in a body (docs/backup-tools.md): a JSON object of envelope fields and nothing else, or else the raw output itself. An
 * empty body is a ping, unless a tool is declared that would have said something. Throws SubmissionRefused (`INVALID_FIELDS`, `WRONG_ENCODING`) for an envelope that has not its shape.
 */
export function readEnvelope(body: Buffer, mediaType: string | null, declared: InletDeclarations): Submission {
  const envelope = mayBeEnvelope(mediaType, body) ? envelopeIn(body) : null;
  if (envelope) return submissionOf(envelope, mediaType, declared);
  const exitSignal = declared.exitCode === null ? 'SUCCESS' : declared.exitCode === 0 ? 'SUCCESS' : 'FAIL';
  return {
    ...declared,
    signal: declared.signal ?? (body.length === 0 && mayPing(declared) ? exitSignal : null),
    command: null,
    startedAt: null,
    finishedAt: null,
    stdout: body,
    stderr: Buffer.alloc(0),
    mediaType,
  };
}

/** What tells how a command ended, or speaks for no tool that has more to say. */
const mayPing = ({ exitCode, tool }: InletDeclarations): boolean =>
  exitCode !== null || tool === null || isNameOf(PING, tool);

// A glance at the first bytes keeps large outputs from being parsed twice.
const mayBeEnvelope = (mediaType: string | null, body: Buffer): boolean =>
  /^application\/(?:[\w.-]+\+)?json\b/i.test(mediaType ?? '') &&
  /^\s*\{/.test(body.subarray(0, 200).toString('latin1').replace(/^ï»¿/, ''));

/** The body as an envelope; null when it is JSON of another kind, or none at all: then it is up to the tool what to make of it. */
function envelopeIn(body: Buffer): { [key: string]: Json } | null {
  try {
    const parsed = parseExact(decodeText(body));
    const isEnvelope = isObject(parsed) && Object.keys(parsed).every((key) => FIELDS.includes(key));
    return isEnvelope ? parsed : null;
  } catch (error) {
    if (error instanceof SubmissionRefused) return null;
    throw error;
  }
}

function submissionOf(
  envelope: { [key: string]: Json },
  mediaType: string | null,
  declared: InletDeclarations,
): Submission {
  const text = (field: keyof typeof LONGEST): string | null => {
    const value = envelope[field] ?? null;
    if (value !== null && (typeof value !== 'string' || value.length > LONGEST[field])) refuse(field);
    return value === '' ? null : value;
  };
  const time = (field: 'startedAt' | 'finishedAt'): Date | null => {
    const value = envelope[field] ?? null;
    const instant = offsetTime(value);
    if (value !== null && value !== '' && !instant) refuse(field);
    return instant;
  };
  const exitCode = envelope['exitCode'] ?? null;
  if (
    exitCode !== null &&
    !(typeof exitCode === 'number' && Number.isInteger(exitCode) && Math.abs(exitCode) < 2 ** 32)
  )
    refuse('exitCode');
  const sourceTimeZone = text('sourceTimeZone');
  if (sourceTimeZone !== null && !isTimeZone(sourceTimeZone) && !isOffset(sourceTimeZone)) refuse('sourceTimeZone');
  return {
    tool: text('tool') ?? declared.tool,
    command: text('command'),
    // Windows writes what is below zero as what is beyond a signed number of 32 bits.
    exitCode: exitCode === null ? declared.exitCode : Number(exitCode) | 0,
    sourceTimeZone: sourceTimeZone ?? declared.sourceTimeZone,
    startedAt: time('startedAt'),
    finishedAt: time('finishedAt'),
    rid: text('rid') ?? declared.rid,
    stdout: channel(envelope, 'stdout'),
    stderr: channel(envelope, 'stderr'),
    mediaType,
    receivedAt: declared.receivedAt,
    signal: declared.signal,
    mapping: declared.mapping,
  };
}

function channel(envelope: { [key: string]: Json }, name: 'stdout' | 'stderr'): Buffer {
  const [plain, encoded] = [envelope[name] ?? null, envelope[`${name}Base64`] ?? null];
  if (plain !== null && encoded !== null) refuse(name);
  if (plain !== null) return typeof plain === 'string' ? Buffer.from(plain) : refuse(name);
  if (encoded === null) return Buffer.alloc(0);
  const compact = typeof encoded === 'string' ? encoded.replace(/\s/g, '') : refuse(`${name}Base64`);
  if (!BASE64.test(compact) || compact.length % 4 === 1) refuse(`${name}Base64`);
  return Buffer.from(compact, 'base64');
}

function refuse(field: string): never {
  throw new SubmissionRefused('INVALID_FIELDS', 'ENVELOPE_FIELD', { field });
}
