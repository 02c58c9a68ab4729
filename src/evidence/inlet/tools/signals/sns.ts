import { stringify } from 'lossless-json';
import type { Json } from '../../payload/exact-json';
import { at, objectsAt, textAt } from '../../payload/json-values';
import { SubmissionRefused } from '../../reading/refused';
import type { Submission } from '../../reading/submission';
import type { ToolOutput } from '../../payload/tool-output';
import { quoted } from '../shell';
import type { ToolAdapter } from '../tool-adapter';

const TOOL = 'sns';
const ALIASES = ['amazon-sns'];
const NAMES = [TOOL, ...ALIASES];
const CONFIRMATIONS = ['SubscriptionConfirmation', 'UnsubscribeConfirmation'];

const isMessage = (document: Json | undefined): boolean =>
  textAt(document, 'TopicArn') !== null &&
  textAt(document, 'MessageId') !== null &&
  [...CONFIRMATIONS, 'Notification'].includes(textAt(document, 'Type') ?? '');

/** One message as SNS posts it, or the records of it that a function is called with; null for anything else. */
function messagesOf(document: Json | undefined): Json[] | null {
  if (isMessage(document)) return [document as Json];
  const records = objectsAt(document, 'Records').map((record) => at(record, 'Sns') ?? null);
  return records.length > 0 && records.every(isMessage) ? records : null;
}

/**
 * What messages of Amazon SNS carry: the output of some tool, or AWS Backup's own notification, whose state stands in the attributes beside
 * it. The signature is not looked at: the address of the inlet is the secret. Throws SubmissionRefused for the request to confirm a
 * subscription, since nothing here calls an address that a message names.
 */
function unwrap(output: ToolOutput): Submission[] {
  const messages = messagesOf(output.requireDocument());
  if (!messages) throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_MESSAGE', { tool: 'Amazon SNS' });
  return messages.map((message) => carriedBy(message, output));
}

function carriedBy(message: Json, { submission }: ToolOutput): Submission {
  const [type, topic] = [textAt(message, 'Type') ?? '', textAt(message, 'TopicArn')];
  if (CONFIRMATIONS.includes(type)) throw new SubmissionRefused('NOT_PARSEABLE', 'SNS_WITHOUT_OUTPUT', { type, topic });
  const text = textAt(message, 'Message');
  if (text === null) throw new SubmissionRefused('NOT_PARSEABLE', 'EMPTY_MESSAGE', { tool: 'Amazon SNS' });
  const attributes = at(message, 'MessageAttributes');
  const isOfBackup = textAt(attributes, 'EventType', 'Value') ?? textAt(attributes, 'eventType', 'Value');
  return {
    ...submission,
    tool: NAMES.includes(submission.tool?.toLowerCase() ?? TOOL) ? null : submission.tool,
    // Of one message all deliveries have this name.
    rid: submission.rid ?? textAt(message, 'MessageId'),
    stdout: Buffer.from(
      isOfBackup ? (stringify({ Message: text, MessageAttributes: attributes ?? null }) ?? '') : text,
    ),
  };
}

export const SNS: ToolAdapter = {
  tool: TOOL,
  name: 'Amazon SNS',
  aliases: ALIASES,
  fits: ({ document }) => messagesOf(document) !== null,
  unwrap,
  read: () => ({ records: [] }),
  commandFor: (inletUrl) =>
    `aws sns subscribe --topic-arn "$TOPIC" --protocol https --notification-endpoint ${quoted(inletUrl)}`,
};
