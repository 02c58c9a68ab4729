import { stringify } from 'lossless-json';
import { type Json, isObject } from '../../payload/exact-json';
import { at, textAt } from '../../payload/json-values';
import { SubmissionRefused } from '../../reading/refused';
import type { Submission } from '../../reading/submission';
import type { ToolOutput } from '../../payload/tool-output';
import { quoted } from '../shell';
import type { ToolAdapter } from '../tool-adapter';

const TOOL = 'cloudevents';
const ALIASES = ['cloudevent'];
const BATCH = /^application\/cloudevents-batch\b/i;
const NAMES = [TOOL, ...ALIASES];

const isEvent = (document: Json | undefined): boolean =>
  textAt(document, 'specversion') !== null &&
  textAt(document, 'type') !== null &&
  textAt(document, 'source') !== null &&
  textAt(document, 'id') !== null;

const isBatch = (document: Json | undefined): document is Json[] =>
  Array.isArray(document) && document.length > 0 && document.every(isEvent);

/**
 * What CloudEvents in structured mode carry (CloudEvents 1.0), one or a batch: the data of each is the payload of some tool or a neutral
 * record. In binary mode the body is the data, and needs no unwrapping.
 */
function unwrap(output: ToolOutput): Submission[] {
  const document = output.requireDocument();
  // A batch may be empty.
  const events = Array.isArray(document) ? document : [document];
  return events.map((event) => carriedBy(event, output));
}

/**
 * The pair of source and id names an event, and with it the run when nothing else does. Its time is that of the event and no time of a run.
 * What the inlet declares is the tool inside.
 */
function carriedBy(event: Json, output: ToolOutput): Submission {
  if (!isEvent(event)) throw new SubmissionRefused('NOT_PARSEABLE', 'CLOUD_EVENT_INCOMPLETE');
  const { submission } = output;
  return {
    ...submission,
    tool: NAMES.includes(submission.tool?.toLowerCase() ?? TOOL) ? null : submission.tool,
    rid: submission.rid ?? `${textAt(event, 'source')}#${textAt(event, 'id')}`,
    stdout: dataOf(event),
    mediaType: textAt(event, 'datacontenttype') ?? 'application/json',
  };
}

function dataOf(event: Json): Buffer {
  const base64 = textAt(event, 'data_base64');
  if (base64) return Buffer.from(base64, 'base64');
  const data = at(event, 'data');
  if (typeof data === 'string') return Buffer.from(data);
  if (data === undefined || data === null || !(isObject(data) || Array.isArray(data)))
    throw new SubmissionRefused('NOT_PARSEABLE', 'EVENT_WITHOUT_DATA');
  return Buffer.from(stringify(data) ?? '');
}

export const CLOUD_EVENTS: ToolAdapter = {
  tool: TOOL,
  name: 'CloudEvents',
  aliases: ALIASES,
  fits: ({ document, submission }) =>
    isEvent(document) || isBatch(document) || (Array.isArray(document) && BATCH.test(submission.mediaType ?? '')),
  unwrap,
  read: () => ({ records: [] }),
  commandFor: (inletUrl) =>
    `curl -fsS -H 'Content-Type: application/cloudevents+json' --data-binary @event.json ${quoted(inletUrl)}`,
};
