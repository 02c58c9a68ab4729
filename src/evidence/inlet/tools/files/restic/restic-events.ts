import { type Json, parseExact } from '../../../payload/exact-json';
import { countAt, textAt } from '../../../payload/json-values';
import type { ToolOutput } from '../../../payload/tool-output';
import { SubmissionRefused } from '../../../reading/refused';

type Event = { [key: string]: Json };

const EXIT_LOCKED = 11;
/** No repository, a lock, a wrong password: nothing of the store was seen. */
const NEVER_BEGAN = [10, EXIT_LOCKED, 12];
const EXIT_INTERRUPTED = 130;
const LOCKED = /repository is already locked|unable to create lock|failed to lock/i;
const INTERRUPTED = /context canceled|signal \w+ received/;
const SOURCE_MISSING = /does not exist, skipping/g;
const SOURCE_UNREADABLE = /^error: .+/gm;
const SOURCE_LEFT_OUT = /^Warning: (?:at least one source file could not be read|failed to read all source data)/m;

/** Snapshot ids are told with 8 digits by some versions and with 64 by others. */
export const keyOf = (id: string): string => `restic:${id.slice(0, 8)}`;

/** What restic says on both channels, in JSON where it can. */
export class ResticEvents {
  readonly all: readonly Event[];

  constructor(readonly output: ToolOutput) {
    this.all = [...output.jsonLines('stdout').events, ...output.jsonLines('stderr').events];
  }

  get summary(): Event | null {
    return this.output.jsonLines().events.findLast((event) => event['message_type'] === 'summary') ?? null;
  }

  /** What a backup could not read or did not find, and what a restore could not write. */
  get errors(): number {
    const { text } = this.output;
    const told = this.told.length;
    const counted = this.all.map((event) => countAt(event, 'error_count') ?? 0);
    const lines = [...text.matchAll(SOURCE_MISSING), ...text.matchAll(SOURCE_UNREADABLE)].length;
    return Math.max(told || lines || (SOURCE_LEFT_OUT.test(text) ? 1 : 0), ...counted);
  }

  /** Errors that are told as events, but for those of a run that was told to stop. */
  get faults(): number {
    return this.told.filter((event) => !INTERRUPTED.test(textAt(event, 'message') ?? '')).length;
  }

  get isLocked(): boolean {
    return this.exitCode === EXIT_LOCKED || (this.hasFailed && LOCKED.test(this.output.text));
  }

  /** What the run ended with: newer versions also tell it, so that it is known where a pipe has swallowed it. */
  get exitCode(): number | null {
    const last = this.all.findLast((event) => event['message_type'] === 'exit_error');
    return this.output.exitCode || countAt(last, 'code') || this.output.exitCode;
  }

  /** Whether the run is known to have ended badly. */
  get hasFailed(): boolean {
    return (this.exitCode ?? 0) !== 0;
  }

  /** Whether the run ended before it saw anything of what is stored. */
  get neverBegan(): boolean {
    return NEVER_BEGAN.includes(this.exitCode ?? 0);
  }

  get wasInterrupted(): boolean {
    return this.exitCode === EXIT_INTERRUPTED;
  }

  private get told(): Event[] {
    return this.all.filter((event) => event['message_type'] === 'error');
  }
}

/** The one line of JSON that `snapshots` and `forget` print, also among lines for people; undefined when there is none. */
export function listIn(output: ToolOutput): Json | undefined {
  const line = output.document === undefined ? /^\[.*\]$/m.exec(output.stdout)?.[0] : undefined;
  if (line === undefined) return output.document;
  try {
    return parseExact(line);
  } catch (error) {
    if (error instanceof SubmissionRefused) return undefined;
    throw error;
  }
}
