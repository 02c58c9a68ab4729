import { setTimeout as wait } from 'node:timers/promises';
import type { ProblemBody } from '../../platform/http/problem.filter';
import type { InletAnswer } from './receiving/inlet-answer';

/** What goes to an inlet, beside what its address says already. */
export interface Push {
  /** The secret address of the inlet. */
  to: URL;
  /** The raw output of a tool, or nothing for a mere signal. */
  body: Buffer;
  tool?: string | undefined;
  /** How the run stands: its exit code, or `start` or `fail`. */
  word?: string | undefined;
}

/** The inlet has not taken it; the message says why. */
export class PushRefused extends Error {}

const TRIES = 4;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** An answer that may be another one later: too many requests, or the service or its database is away. */
const COME_AGAIN = new Set([429, 502, 503, 504]);

/**
 * Sends the output of a tool to an inlet, and again while the service is away. Returns one line for each record that was read.
 * @throws PushRefused when it is not taken, or nobody answers.
 */
export async function push(what: Push, pause: (ms: number) => Promise<unknown> = wait): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const answer = await send(what).catch((error: Error) => error);
    const last = tries === TRIES;
    if (answer instanceof Error) {
      if (last) throw new PushRefused(`${what.to.origin} does not answer: ${causeOf(answer)}`);
      await pause(FIRST_PAUSE_MS * 2 ** tries);
    } else if (answer.ok) return told((await answer.json()) as InletAnswer);
    else if (last || !COME_AGAIN.has(answer.status)) throw new PushRefused(await refusalIn(answer));
    else await pause(secondsIn(answer.headers.get('retry-after')) ?? FIRST_PAUSE_MS * 2 ** tries);
  }
}

function send({ to, body, tool, word }: Push): Promise<Response> {
  const url = new URL(to);
  if (word !== undefined) url.pathname = `${url.pathname.replace(/\/$/, '')}/${word}`;
  if (tool !== undefined) url.searchParams.set('tool', tool);
  const content = body.length > 0 && { body: body as never, headers: { 'content-type': 'text/plain' } };
  // Whoever is redirected to would learn the secret.
  return fetch(url, { method: 'POST', redirect: 'manual', ...content });
}

function told({ records }: InletAnswer): string {
  if (records.length === 0) return 'Taken; nothing in it proves anything.';
  return records
    .map(({ kind, outcome, recoveryPointAt, id }) => ['Taken:', kind, outcome, recoveryPointAt, id].filter(Boolean))
    .map((words) => words.join(' '))
    .join('\n');
}

async function refusalIn(answer: Response): Promise<string> {
  const problem = await answer.json().catch(() => null);
  const { code, detail, errors = [] } = (problem ?? {}) as Partial<ProblemBody>;
  const fields = errors.map(({ field, message }) => `${field}: ${message}`);
  return ['Not taken:', answer.status, code, detail, ...fields].filter(Boolean).join(' ');
}

function secondsIn(retryAfter: string | null): number | undefined {
  const seconds = Number(retryAfter);
  return retryAfter !== null && Number.isFinite(seconds) ? Math.min(seconds * 1_000, LONGEST_PAUSE_MS) : undefined;
}

const causeOf = ({ message, cause }: Error): string => (cause as Error | undefined)?.message || message;
