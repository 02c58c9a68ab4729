import Ajv, { type ErrorObject } from 'ajv';
import { STRENGTHS } from '../../../../core/evidence/evidence-strength';
import { type Json, isObject } from '../../payload/exact-json';
import { at, bigAt, countAt, objectsAt, textAt } from '../../payload/json-values';
import {
  type NeutralRecord,
  RECORD_KINDS,
  RECORD_OUTCOMES,
  type RecordKind,
  type RecordOutcome,
} from '../../reading/neutral-record';
import { framedBy, recordOf, worst } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { offsetTime } from '../../payload/tool-times';
import { quoted } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';

const TOOL = 'neutral';

const text = { type: ['string', 'null'], maxLength: 10_000 };
const instant = { type: ['string', 'null'], maxLength: 40 };
const bytes = {
  anyOf: [
    { type: ['integer', 'null'], minimum: 0 },
    { type: 'string', pattern: '^[0-9]{1,30}$' },
  ],
};

/** A record as its sender writes it: a kind and an outcome, and of the rest what is known. */
const SCHEMA = {
  type: 'object',
  required: ['kind', 'outcome'],
  additionalProperties: false,
  properties: {
    kind: { enum: RECORD_KINDS },
    outcome: { enum: RECORD_OUTCOMES },
    strength: { enum: STRENGTHS },
    coverage: { type: ['number', 'null'], minimum: 0, maximum: 1 },
    startedAt: instant,
    finishedAt: instant,
    recoveryPointAt: instant,
    sizeBytes: bytes,
    storedBytes: bytes,
    host: text,
    dataset: text,
    location: text,
    errorCount: { type: ['integer', 'null'], minimum: 0 },
    message: text,
    tool: text,
    toolVersion: text,
    runKey: text,
    covers: { type: 'array', items: { type: 'string', maxLength: 1_000 }, maxItems: 1_000 },
    checks: {
      type: 'array',
      maxItems: 1_000,
      items: {
        type: 'object',
        required: ['name', 'expected', 'observed'],
        additionalProperties: false,
        properties: { name: { type: 'string' }, expected: { type: 'string' }, observed: { type: 'string' } },
      },
    },
  },
};
const isValid = new Ajv({ allErrors: false, allowUnionTypes: true }).compile(SCHEMA);
const TIMES = ['startedAt', 'finishedAt', 'recoveryPointAt'] as const;
const LEAST_STRENGTH = { BACKUP: 'COMPLETED', VERIFICATION: 'STRUCTURE_CHECKED', RESTORE_TEST: 'RESTORED' } as const;

/** Whether a value means to be a neutral record: a kind and an outcome in our words. */
export const looksNeutral = (value: Json | undefined): boolean =>
  (RECORD_KINDS as readonly string[]).includes(textAt(value, 'kind') ?? '') && textAt(value, 'outcome') !== null;

/** One record, several, or `{records: […]}`. */
function candidates(document: Json | undefined): Json[] | null {
  const list = Array.isArray(document) ? document : at(document, 'records');
  if (Array.isArray(list)) return list.length > 0 && list.every(looksNeutral) ? list : null;
  return looksNeutral(document) ? [document as Json] : null;
}

function recordOfPosted(posted: Json, output: ToolOutput): NeutralRecord {
  refuseInvalid(posted);
  const kind = textAt(posted, 'kind') as RecordKind;
  const checks = objectsAt(posted, 'checks');
  const missed = checks.filter(({ expected, observed }) => expected !== observed);
  const outcome = worst(textAt(posted, 'outcome') as RecordOutcome, missed.length > 0 ? 'FAILED' : 'PASSED');
  const claimed = textAt(posted, 'strength') as NeutralRecord['strength'] | null;
  const coverage = at(posted, 'coverage');
  const [startedAt, finishedAt, recoveryPointAt] = TIMES.map((name) => offsetTime(at(posted, name)));
  const told = missed.map(
    ({ name, expected, observed }) =>
      `${name as string}: expected ${expected as string}, observed ${observed as string}`,
  );
  return recordOf(textAt(posted, 'tool') ?? TOOL, {
    kind,
    outcome,
    strength: strengthOf(kind, claimed, checks.length > 0),
    coverage: typeof coverage === 'number' ? coverage : null,
    startedAt,
    finishedAt,
    recoveryPointAt,
    timeBasis: startedAt || finishedAt || recoveryPointAt ? 'OFFSET' : null,
    sizeBytes: bigAt(posted, 'sizeBytes'),
    storedBytes: bigAt(posted, 'storedBytes'),
    host: textAt(posted, 'host'),
    dataset: textAt(posted, 'dataset'),
    location: textAt(posted, 'location'),
    errorCount: missed.length || countAt(posted, 'errorCount'),
    message: [textAt(posted, 'message'), ...told].filter((line) => line !== null).join('\n') || null,
    toolVersion: textAt(posted, 'toolVersion'),
    runKey: textAt(posted, 'runKey') ?? framedBy(output).runKey,
    covers: ((at(posted, 'covers') as string[] | undefined) ?? []).slice(),
  });
}

/** Content that was compared with what it should be is more than files that came back: that it was, the checks say and not the claim. */
function strengthOf(
  kind: RecordKind,
  claimed: NeutralRecord['strength'] | null,
  isChecked: boolean,
): NeutralRecord['strength'] {
  if (kind !== 'RESTORE_TEST') return claimed ?? LEAST_STRENGTH[kind];
  if (claimed === null) return isChecked ? 'VALIDATED' : LEAST_STRENGTH[kind];
  return claimed === 'VALIDATED' && !isChecked ? LEAST_STRENGTH[kind] : claimed;
}

function refuseInvalid(posted: Json): void {
  // Whole numbers beyond a double are bigints here, which the validator does not know.
  const plain = isObject(posted)
    ? Object.fromEntries(
        Object.entries(posted).map(([key, value]) => [key, typeof value === 'bigint' ? String(value) : value]),
      )
    : posted;
  const errors = isValid(plain) ? [] : (isValid.errors ?? []);
  const wrongTime = TIMES.find((name) => textAt(posted, name) !== null && !offsetTime(at(posted, name)));
  if (errors.length === 0 && !wrongTime) return;
  throw new SubmissionRefused('INVALID_FIELDS', 'NEUTRAL_FIELD', { field: wrongTime ?? fieldOf(errors[0]) });
}

export const fieldOf = (error: ErrorObject | undefined): string =>
  [error?.instancePath.slice(1), error?.params['missingProperty'] ?? error?.params['additionalProperty']]
    .filter(Boolean)
    .join('/');

export const NEUTRAL: ToolAdapter = {
  tool: TOOL,
  name: 'curl',
  aliases: ['sonae'],
  fits: ({ document }) => candidates(document) !== null,
  read(output) {
    const posted = candidates(output.requireDocument());
    if (!posted) throw new SubmissionRefused('INVALID_FIELDS', 'NEUTRAL_KIND', { field: 'kind' });
    // Two records of one message cannot both be the run that it names.
    const records = posted.map((one) => recordOfPosted(one, output));
    return {
      records:
        records.length > 1
          ? records.map((record, index) => ({ ...record, runKey: textAt(posted[index], 'runKey') }))
          : records,
    } satisfies Reading;
  },
  commandFor: told,
};

/** Runs any command and says when it began, when it ended and how; the line ends as the command did. */
function told(inletUrl: string): string {
  const now = '$(date -u +%FT%TZ)';
  const format = '{"kind":"BACKUP","outcome":"%s","startedAt":"%s","finishedAt":"%s","recoveryPointAt":"%s"}';
  return [
    `s=${now}`,
    'backup-command',
    'x=$?',
    '[ $x -eq 0 ] && r=PASSED || r=FAILED',
    `printf ${quoted(format)} $r "$s" "${now}" "$s" | curl -fsS --retry 3 -H 'Content-Type: application/json' --data-binary @- ${quoted(inletUrl)}`,
    '(exit $x)',
  ].join('; ');
}
