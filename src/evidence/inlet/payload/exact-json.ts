import { parse } from 'lossless-json';
import { SubmissionRefused } from '../reading/refused';

/** Levels that an output may nest. */
export const DEEPEST = 64;
/** A number with as many digits as it must have to lose some of them in a double. Those of a name within quotes are no number. */
const MANY_DIGITS = /(?:^|[\s:,[-])\d{16}/;
const MAY_HIDE_A_KEY = /__proto__|constructor|\\u00/i;

/** A value of JSON: integers that a double cannot hold are bigints, all other numbers are numbers. */
export type Json = null | boolean | number | bigint | string | Json[] | { [key: string]: Json };

/**
 * JSON with exact integers. Throws SubmissionRefused: `TRUNCATED` when the text ends before its last bracket, `TOO_DEEP`,
 * `NOT_PARSEABLE` for what is no JSON and for keys that reach for the prototype of objects.
 */
export function parseExact(text: string): Json {
  if (isCut(text)) throw new SubmissionRefused('TRUNCATED', 'JSON_CUT');
  try {
    const value = MANY_DIGITS.test(text) ? exactly(text) : (JSON.parse(text) as Json);
    if (MAY_HIDE_A_KEY.test(text)) refusePrototypes(value);
    return value;
  } catch (error) {
    if (error instanceof SubmissionRefused) throw error;
    throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_JSON');
  }
}

function exactly(text: string): Json {
  const parseNumber = (digits: string): number | bigint => {
    const number = Number(digits);
    return Number.isSafeInteger(number) || !/^-?\d+$/.test(digits) ? number : BigInt(digits);
  };
  // The last one counts, as everywhere else.
  return parse(text, null, { parseNumber, onDuplicateKey: ({ newValue }) => newValue }) as Json;
}

/** Whether brackets or a string are open at the end. Goes over the text once, so that no nesting can exhaust the stack of a parser. */
function isCut(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 34) {
      i = endOfString(text, i);
      if (i < 0) return true;
    } else if (code === 123 || code === 91) {
      depth += 1;
      if (depth > DEEPEST) throw new SubmissionRefused('TOO_DEEP', 'NESTED', { deepest: DEEPEST });
    } else if (code === 125 || code === 93) depth -= 1;
  }
  return depth > 0;
}

/** The position of the quote that closes the string opened at `start`; -1 when none does. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === 92) backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
  return -1;
}

/** Throws SubmissionRefused (`NOT_PARSEABLE`) for keys that reach for the prototype of objects. */
export function refusePrototypes(value: Json): void {
  if (Array.isArray(value)) value.forEach(refusePrototypes);
  else if (isObject(value))
    for (const [key, inner] of Object.entries(value)) {
      const reaches = key === '__proto__' || (key === 'constructor' && isObject(inner) && 'prototype' in inner);
      if (reaches) throw new SubmissionRefused('NOT_PARSEABLE', 'PROTOTYPE_KEY', { key });
      refusePrototypes(inner);
    }
}

export function isObject(value: unknown): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
