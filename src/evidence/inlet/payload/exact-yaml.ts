import { Composer, Parser } from 'yaml';
import { SubmissionRefused } from '../reading/refused';
import { DEEPEST, type Json, isObject, refusePrototypes } from './exact-json';

/** Reading YAML takes ten times as long as JSON of the same length. */
const LONGEST = 2 * 1024 * 1024;
/** YAML 1.2 without aliases, tags of its own and merge keys: all that programs write, and nothing that grows while it is read. */
const PLAIN = {
  schema: 'core',
  merge: false,
  resolveKnownTags: false,
  stringKeys: true,
  intAsBigInt: true,
  // The last one counts, as in JSON; to look for doubles takes time by the square of their number.
  uniqueKeys: false,
} as const;

/**
 * The documents of a stream of YAML as values of JSON; empty ones are left out. Throws SubmissionRefused: `TOO_LARGE`, `TOO_DEEP`, and
 * `NOT_PARSEABLE` for what is no YAML, for aliases and tags, and for keys that reach for the prototype of objects.
 */
export function parseYaml(text: string): Json[] {
  if (text.length > LONGEST) throw new SubmissionRefused('TOO_LARGE', 'LONG_YAML', { most: LONGEST });
  const values = valuesIn(text).filter((value) => value !== null && value !== undefined);
  const documents = values.map((value) => jsonOf(value, 1));
  documents.forEach(refusePrototypes);
  return documents;
}

function valuesIn(text: string): unknown[] {
  let first: SubmissionRefused | undefined;
  const composer = new Composer(PLAIN);
  // It would go on and keep an error for each of the characters that are left.
  Object.assign(composer, {
    onError(_source: unknown, code: string, message: string): never {
      first ??= code === 'RESOURCE_EXHAUSTION' ? tooDeep() : notYaml(message);
      throw first;
    },
  });
  try {
    const documents = [...composer.compose(new Parser().parse(text))];
    // None at all: a count of 1 is beyond the limit.
    return documents.map((document): unknown => document.toJS({ maxAliasCount: 0 }));
  } catch (error) {
    if (error instanceof SubmissionRefused) throw error;
    throw error instanceof RangeError ? tooDeep() : new SubmissionRefused('NOT_PARSEABLE', 'YAML_ALIAS');
  }
}

function jsonOf(value: unknown, depth: number): Json {
  if (depth > DEEPEST) throw tooDeep();
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value as Json;
  if (Array.isArray(value)) return value.map((inner) => jsonOf(inner, depth + 1));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, jsonOf(inner, depth + 1)]));
  return null;
}

const tooDeep = (): SubmissionRefused => new SubmissionRefused('TOO_DEEP', 'NESTED', { deepest: DEEPEST });
const notYaml = (message: string): SubmissionRefused =>
  new SubmissionRefused('NOT_PARSEABLE', 'NOT_YAML', { complaint: message.slice(0, 300) });
