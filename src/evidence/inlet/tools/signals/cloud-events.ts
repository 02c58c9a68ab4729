import { stringify } from 'lossless-json';
import { type Json, isObject } from '../../payload/exact-json';
import { at, textAt } from '../../payload/json-values';
import { SubmissionRefused } from '../../reading/refused';
import type { Submission } from '../../reading/submission';
import type { ToolOutput } from '../../payload/tool-output';
import { quoted } from '../shell';
import type { ToolAdapter } from '../tool-adapter';

const TOOL = 'cloudevents';

const isEvent = (document: Json | undefined): boolean =>
  textAt(document, 'specversion') !== null &&
  textAt(document, 'type') !== null &&
  textAt(document, 'source') !== null &&
  textAt(document, 'id') !== null;

/**
 * What a CloudEvent in structured mode carries (CloudEvents 1.0): its data is the payload of some tool or a neutral record. The pair
 * of source and id names the event, and with it the run when nothing else does. Its time is that of the event and no time of a run.
 */
function unwrap(output: ToolOutput): Submission {
  const event = output.requireDocument();
  if (!isEvent(event))
    throw new SubmissionRefused('NOT_PARSEABLE', 'A CloudEvent has a specversion, a type, a source and an id', {
      begins: output.stdout.slice(0, 80),
    });
  const { submission } = output;
  return {
    ...submission,
    tool: null,
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
    throw new SubmissionRefused('NOT_PARSEABLE', 'The event carries no data', { type: textAt(event, 'type') });
  return Buffer.from(stringify(data) ?? '');
}

export const CLOUD_EVENTS: ToolAdapter = {
  tool: TOOL,
  name: 'CloudEvents',
  aliases: ['cloudevent'],
  fits: ({ document }) => isEvent(document),
  unwrap,
  read: () => ({ records: [] }),
  commandFor: (inletUrl) =>
    `curl -fsS -H 'Content-Type: application/cloudevents+json' --data-binary @event.json ${quoted(inletUrl)}`,
};
