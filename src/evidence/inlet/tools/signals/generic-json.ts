import Ajv, { type ErrorObject } from 'ajv';
import { STRENGTHS } from '../../../../core/evidence/evidence-strength';
import type { Json } from '../../payload/exact-json';
import { bigAt, countAt, textAt } from '../../payload/json-values';
import { type NeutralRecord, RECORD_KINDS, RECORD_OUTCOMES } from '../../reading/neutral-record';
import { framedBy, recordOf } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { type SourceClock, epochTime, offsetTime } from '../../payload/tool-times';
import { reported } from '../shell';
import type { ToolAdapter } from '../tool-adapter';
import { fieldOf } from './neutral';

const TOOL = 'generic-json';

/** Where a field stands in the payload (JSON Pointer, RFC 6901), and for words of another language what they mean. */
interface Source {
  pointer?: string;
  /** Words of the payload, and ours for them. A word that is not here is unknown. */
  values?: Record<string, string>;
  /** The same for every record. */
  value?: string;
}

/** How JSON of any shape becomes records. `items` points to the list of them; without it the document is one. */
export interface JsonMapping {
  items?: string;
  fields: Record<string, Source>;
}

const pointer = { type: 'string', pattern: '^(?:/(?:[^~/]|~[01])*)*$', maxLength: 500 };
const anywhere = {
  type: 'object',
  additionalProperties: false,
  properties: { pointer, value: { type: 'string', maxLength: 1_000 } },
  oneOf: [{ required: ['pointer'] }, { required: ['value'] }],
};
/** A field of ours with a fixed set of words: a pointer needs a translation, unless the payload speaks our words. */
const oneOf = (words: readonly string[]): object => ({
  type: 'object',
  additionalProperties: false,
  properties: {
    pointer,
    value: { enum: words },
    values: { type: 'object', maxProperties: 100, additionalProperties: { enum: words } },
  },
  oneOf: [{ required: ['pointer'] }, { required: ['value'] }],
});

/** JSON Schema of a mapping. */
export const MAPPING_SCHEMA = {
  type: 'object',
  required: ['fields'],
  additionalProperties: false,
  properties: {
    items: pointer,
    fields: {
      type: 'object',
      required: ['outcome'],
      additionalProperties: false,
      properties: {
        kind: oneOf(RECORD_KINDS),
        outcome: oneOf(RECORD_OUTCOMES),
        strength: oneOf(STRENGTHS),
        ...Object.fromEntries(
          [
            'startedAt',
            'finishedAt',
            'recoveryPointAt',
            'sizeBytes',
            'storedBytes',
            'host',
            'dataset',
            'location',
            'errorCount',
            'message',
            'toolVersion',
            'runKey',
          ].map((name) => [name, anywhere]),
        ),
      },
    },
  },
};
const isValid = new Ajv({ allowUnionTypes: true, strictRequired: false }).compile<JsonMapping>(MAPPING_SCHEMA);

/** What is wrong with a mapping by its schema; nothing when it is one. */
export const faultsOf = (mapping: unknown): readonly ErrorObject[] => (isValid(mapping) ? [] : (isValid.errors ?? []));

/** Checks a mapping before it is used. Throws SubmissionRefused (`INVALID_FIELDS`) with the field that is wrong. */
export function checkMapping(mapping: unknown): JsonMapping {
  if (isValid(mapping)) return mapping;
  throw new SubmissionRefused('INVALID_FIELDS', 'MAPPING', { field: fieldOf(isValid.errors?.[0]) });
}

/** The value that a pointer leads to; undefined when nothing is there. */
export function pointed(document: Json, path: string): Json | undefined {
  let value: Json | undefined = document;
  for (const step of path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    if (Array.isArray(value) && !/^\d+$/.test(step)) return undefined;
    value = (value as { [key: string]: Json })[step];
  }
  return value;
}

function read(output: ToolOutput): { records: NeutralRecord[]; flags: string[] } {
  const { items, fields } = checkMapping(output.submission.mapping);
  const document = output.requireDocument();
  const list = items === undefined ? [document] : pointed(document, items);
  if (!Array.isArray(list)) throw new SubmissionRefused('NOT_PARSEABLE', 'NO_LIST_THERE', { pointer: items ?? '' });
  const clock = output.clock();
  const records = list.map((item) => recordOfItem(item, fields, output, clock, list.length === 1));
  const known = records.filter((record) => record !== null);
  return {
    records: known,
    flags: [
      ...clock.flags,
      ...(known.length < records.length ? ['UNKNOWN_STATUS'] : []),
      ...(list.length === 0 ? ['EMPTY_INVENTORY'] : []),
    ],
  };
}

function recordOfItem(
  item: Json,
  fields: JsonMapping['fields'],
  output: ToolOutput,
  clock: SourceClock,
  alone: boolean,
): NeutralRecord | null {
  const raw = (name: string): Json | undefined => {
    const source = fields[name];
    return source?.pointer === undefined ? source?.value : pointed(item, source.pointer);
  };
  const word = <Word extends string>(name: string, words: readonly Word[]): Word | null => {
    const told = raw(name);
    const key = typeof told === 'string' || typeof told === 'number' || typeof told === 'boolean' ? String(told) : '';
    const values = fields[name]?.values;
    const ours = values ? (Object.hasOwn(values, key) ? values[key] : undefined) : key;
    return words.find((candidate) => candidate === ours) ?? null;
  };
  const time = (name: string): Date | null => offsetTime(raw(name)) ?? epochTime(raw(name)) ?? clock.read(raw(name));
  const text = (name: string): string | null => {
    const told = raw(name);
    return typeof told === 'number' || typeof told === 'bigint' ? String(told) : textAt({ told: told ?? null }, 'told');
  };
  const outcome = word('outcome', RECORD_OUTCOMES);
  const kind = fields['kind'] ? word('kind', RECORD_KINDS) : 'BACKUP';
  if (!outcome || !kind) return null;
  const key = text('runKey');
  const framed = framedBy(output);
  const known = { startedAt: time('startedAt'), finishedAt: time('finishedAt') };
  return recordOf(TOOL, {
    ...(alone && !known.startedAt && !known.finishedAt ? framed : { ...known, timeBasis: 'OFFSET' as const }),
    kind,
    outcome,
    strength: word('strength', STRENGTHS) ?? 'DECLARED',
    recoveryPointAt: time('recoveryPointAt'),
    sizeBytes: bigAt({ told: raw('sizeBytes') ?? null }, 'told'),
    storedBytes: bigAt({ told: raw('storedBytes') ?? null }, 'told'),
    sizeBasis: fields['sizeBytes']?.pointer ? `json ${fields['sizeBytes'].pointer}` : null,
    host: text('host'),
    dataset: text('dataset'),
    location: text('location'),
    errorCount: countAt({ told: raw('errorCount') ?? null }, 'told'),
    message: text('message'),
    toolVersion: text('toolVersion'),
    runKey: key ? `json:${key}` : alone ? framed.runKey : null,
  });
}

export const GENERIC_JSON: ToolAdapter = {
  tool: TOOL,
  name: 'JSON with a mapping',
  aliases: ['json'],
  // Only where the inlet declares how: any JSON would fit.
  fits: ({ submission, document }) =>
    submission.mapping !== null && submission.mapping !== undefined && document !== undefined,
  takesAnything: true,
  read: (output) => ({ ...read(output) }),
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'backup-report --json'),
};
