import { createHash } from 'node:crypto';
import { ownOnly } from '../reading/own-names';
import { type InletDeclarations, readEnvelope } from '../reading/read-envelope';
import { readSubmission, type ReadSubmission } from '../reading/read-submission';
import { SubmissionRefused } from '../reading/refused';
import type { KnownInlet } from './inlet-lookup';

/** A message as it came in at an inlet. */
export interface Message {
  body: Buffer;
  mediaType: string | null;
  address: string;
  receivedAt: Date;
  /** Hash of the secret that it was sent to. */
  secretHash: string;
  declared: Pick<InletDeclarations, 'tool' | 'exitCode' | 'signal' | 'rid'>;
}

/** A message and what was read of it: records, or why there are none. */
export interface Arrival {
  message: Message;
  inlet: KnownInlet;
  rawSha256: string;
  command: string | null;
  exitCode: number | null;
  /** Whether it was a signal and no output of a tool. */
  ping: boolean;
  read: ReadSubmission | SubmissionRefused;
}

/** Reads a message as its inlet says. Never throws for what is in it. */
export function readArrival(message: Message, inlet: KnownInlet): Arrival {
  const rawSha256 = createHash('sha256').update(message.body).digest('hex');
  const arrival = { message, inlet, rawSha256, command: null, exitCode: message.declared.exitCode, ping: false };
  try {
    const submission = readEnvelope(message.body, message.mediaType, {
      ...message.declared,
      tool: message.declared.tool ?? inlet.tool,
      sourceTimeZone: inlet.timeZone,
      mapping: inlet.mapping,
      receivedAt: message.receivedAt,
    });
    const { command, exitCode, signal } = submission;
    const read = ownOnly(readSubmission(submission), inlet.ownNames);
    return { ...arrival, command, exitCode, ping: signal !== null, read };
  } catch (error) {
    if (error instanceof SubmissionRefused) return { ...arrival, read: error };
    throw error;
  }
}
