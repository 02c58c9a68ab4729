import { textAt } from '../../payload/json-values';
import type { RecordOutcome } from '../../reading/neutral-record';
import { framedBy, recordOf } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { Signal } from '../../reading/submission';
import type { ToolOutput } from '../../payload/tool-output';
import { quoted } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';

const OUTCOMES = { START: 'RUNNING', SUCCESS: 'PASSED', FAIL: 'FAILED' } as const satisfies Partial<
  Record<Signal, RecordOutcome>
>;
const SELF_DECLARED = ['SELF_DECLARED'];

/** A ping as healthchecks takes it: someone says that a run began, ended or failed, and there is nothing to see of it. */
interface Ping {
  signal: Signal;
  rid: string | null;
  message: string;
}

/** A ping written down as the request that was received. */
function requestOf(output: ToolOutput): { path: string; body: string } | null {
  const path = textAt(output.document, 'path');
  if (!path || !/^[A-Z]{3,7}$/.test(textAt(output.document, 'method') ?? '')) return null;
  return { path, body: textAt(output.document, 'body') ?? '' };
}

function pingOf(output: ToolOutput): Ping {
  const { signal, rid, exitCode } = output.submission;
  if (signal) return { signal, rid, message: output.text };
  const request = requestOf(output);
  if (!request) return { signal: exitCode ? 'FAIL' : 'SUCCESS', rid, message: output.text };
  const [path = '', query = ''] = request.path.split('?', 2);
  return {
    signal: signalOf(path.split('/').at(-1) ?? ''),
    rid: new URLSearchParams(query).get('rid') ?? rid,
    message: request.body,
  };
}

function signalOf(word: string): Signal {
  if (/^\d{1,3}$/.test(word)) return Number(word) === 0 ? 'SUCCESS' : 'FAIL';
  const named = ({ start: 'START', fail: 'FAIL', log: 'LOG', ign: 'LOG' } as const)[word];
  return named ?? 'SUCCESS';
}

function read(output: ToolOutput): Reading {
  const { signal, rid, message } = pingOf(output);
  if (signal === 'LOG') return { records: [], flags: SELF_DECLARED };
  const { receivedAt } = output.submission;
  const framed = framedBy(output);
  const starts = signal === 'START';
  const record = recordOf('ping', {
    kind: 'BACKUP',
    outcome: OUTCOMES[signal],
    strength: 'DECLARED',
    startedAt: framed.startedAt ?? (starts ? receivedAt : null),
    finishedAt: starts ? null : (framed.finishedAt ?? receivedAt),
    timeBasis: framed.timeBasis ?? 'RECEIVED',
    message,
    runKey: rid ? `rid:${rid}` : null,
    flags: SELF_DECLARED,
  });
  return { records: [record] };
}

export const PING: ToolAdapter = {
  tool: 'ping',
  name: 'ping',
  aliases: ['healthchecks', 'signal'],
  takesAnything: true,
  fits: (output) =>
    requestOf(output) !== null || (output.isSilent && output.submission.command === null && output.exitCode !== null),
  read(output) {
    // A request that was written down and cut may have been one that failed.
    const isWritten = output.submission.signal === null && /^\s*[[{]/.test(output.stdout);
    if (isWritten && !requestOf(output)) {
      output.requireDocument();
      throw new SubmissionRefused('NOT_PARSEABLE', 'PING_INCOMPLETE');
    }
    return read(output);
  },
  commandFor: (inletUrl) => `backup-command; curl -fsS -m 10 --retry 3 ${quoted(inletUrl)}/$?`,
};
