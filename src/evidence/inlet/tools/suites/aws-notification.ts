import { isObject } from '../../payload/exact-json';
import { at, textAt } from '../../payload/json-values';
import { type NeutralRecord, type RecordOutcome } from '../../reading/neutral-record';
import { recordOf, worst } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { offsetTime } from '../../payload/tool-times';
import type { Reading } from '../tool-adapter';

/** What AWS Backup publishes to a topic: a sentence for people, and attributes for programs where SNS delivers them. */
interface Notification {
  text: string;
  /** The value of an attribute; some events write its name with a small letter. */
  attribute(name: string): string | null;
}

const TEXT = /^\s*An AWS Backup (?:\w+ )?job (?:was|has|failed|completed|expired|started)\b/i;
const JOB_ID = /\b(Backup|Restore|Copy) ?Job ID ?: ?([\dA-F]{8}(?:-[\dA-F]{4}){3}-[\dA-F]{12})/i;
const RESOURCE = /(?<!Restored )\bResource ARN ?: ?(\S{1,2000})/i;
const COMPLETED_AT = /\bCompleted at ?: ?(\S{1,40})/i;
/** A part that was not backed up or did not come back: `EKS_BACKUP_OBJECT_FAILED`. */
const OBJECT_FAILED = /^\w+_(BACKUP|RESTORE)_OBJECT_FAILED$/;

const SENTENCES: readonly [RegExp, RecordOutcome][] = [
  [/\bfailed\b|\bexpired\b|\bwas stopped\b/i, 'FAILED'],
  [/\bcompleted successfully\b/i, 'PASSED'],
  [/\bstarted\b/i, 'RUNNING'],
];

/** The notification in an output: with its attributes, or the bare sentence of a raw delivery. Null for anything else. */
export function notificationOf({ document, stdout }: ToolOutput): Notification | null {
  const attributes = at(document, 'MessageAttributes');
  const attribute = (name: string): string | null =>
    textAt(attributes, name, 'Value') ?? textAt(attributes, name.charAt(0).toLowerCase() + name.slice(1), 'Value');
  if (isObject(attributes) && attribute('EventType') !== null)
    return { text: textAt(document, 'Message') ?? '', attribute };
  return TEXT.test(stdout.slice(0, 200)) ? { text: stdout, attribute: () => null } : null;
}

/**
 * A backup or a restore of which it is told that it ended, and how. Copies, indexes and changes of recovery points are none; neither vault nor
 * size are told, and the time of the message is none of the job. Throws SubmissionRefused (`TRUNCATED`).
 */
export function readNotification(
  tool: string,
  { text, attribute }: Notification,
  states: Readonly<Record<string, RecordOutcome>>,
): Reading {
  const event = attribute('EventType') ?? '';
  const [, label = '', named] = JOB_ID.exec(text) ?? [];
  const [, part] = OBJECT_FAILED.exec(event) ?? [];
  const word = part ?? (/^(BACKUP|RESTORE)_JOB$/.exec(event)?.[1] || (event ? '' : label.toUpperCase()));
  if (!word && !event) throw new SubmissionRefused('TRUNCATED', 'NOTIFICATION_CUT');
  const isBackup = word === 'BACKUP';
  if (!isBackup && word !== 'RESTORE') return { records: [] };
  const outcome = part ? (isBackup ? 'PARTIAL' : 'FAILED') : outcomeOf(text, attribute('State'), states);
  if (!outcome) return { records: [], flags: ['UNKNOWN_STATUS'] };
  const id = attribute(isBackup ? 'BackupJobId' : 'RestoreJobId') ?? attribute('Id') ?? named;
  const startedAt = offsetTime(attribute('StartTime'));
  const [, resource] = RESOURCE.exec(text) ?? [];
  return {
    records: [
      recordOf(tool, {
        kind: isBackup ? 'BACKUP' : 'RESTORE_TEST',
        outcome,
        strength: isBackup ? 'COMPLETED' : 'RESTORED',
        startedAt,
        finishedAt: outcome === 'RUNNING' ? null : offsetTime(COMPLETED_AT.exec(text)?.[1]),
        recoveryPointAt: isBackup ? startedAt : null,
        timeBasis: startedAt && 'OFFSET',
        dataset: isBackup && resource ? resource.replace(/\.$/, '') : null,
        message: outcome === 'PASSED' ? null : [text.trim(), attribute('Reason')].filter(Boolean).join('\n') || null,
        runKey: id ? `${isBackup ? 'aws-backup' : 'aws-restore'}:${id}` : null,
      }),
    ],
  };
}

/** The worse of what the attribute and the sentence say. A success that the sentence does not confirm has something to add. */
function outcomeOf(
  text: string,
  state: string | null,
  states: Readonly<Record<string, RecordOutcome>>,
): NeutralRecord['outcome'] | undefined {
  const [sentence = ''] = text.split(/\.\s/, 1);
  const told = SENTENCES.find(([words]) => words.test(sentence))?.[1];
  if (state === null) return told;
  const outcome = states[state];
  return outcome && worst(outcome, told ?? (outcome === 'PASSED' ? 'PARTIAL' : outcome));
}
