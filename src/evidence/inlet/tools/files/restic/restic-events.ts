import type { Json } from '../../../payload/exact-json';
import { countAt } from '../../../payload/json-values';
import type { ToolOutput } from '../../../payload/tool-output';

type Event = { [key: string]: Json };

const EXIT_LOCKED = 11;
const LOCKED = /repository is already locked|unable to create lock|failed to lock/i;
const SOURCE_MISSING = /does not exist, skipping/;

/** What restic says on both channels, in JSON where it can. */
export class ResticEvents {
  readonly all: readonly Event[];

  constructor(readonly output: ToolOutput) {
    this.all = [...output.jsonLines('stdout').events, ...output.jsonLines('stderr').events];
  }

  get summary(): Event | null {
    return this.output.jsonLines().events.findLast((event) => event['message_type'] === 'summary') ?? null;
  }

  get errors(): number {
    const told = this.all.filter((event) => event['message_type'] === 'error').length;
    const counted = this.all.map((event) => countAt(event, 'error_count') ?? 0);
    const skipped = [...this.output.text.matchAll(new RegExp(SOURCE_MISSING, 'g'))].length;
    return counted.reduce((most, count) => Math.max(most, count), told + (told ? 0 : skipped));
  }

  get isLocked(): boolean {
    return this.output.exitCode === EXIT_LOCKED || (this.output.hasFailed && LOCKED.test(this.output.text));
  }
}
