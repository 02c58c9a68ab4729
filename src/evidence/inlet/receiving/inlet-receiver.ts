import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { FreshVerdicts } from '../../../obligations/clocks/fresh-verdicts';
import { RunIntake } from '../../../obligations/intake/run-intake';
import { Clock } from '../../../platform/clock/clock';
import { SubmissionRefused } from '../reading/refused';
import { type Arrival, type Message, readArrival } from './arrival';
import { InletConnection } from './inlet-connection';
import { InletLookup, type KnownInlet } from './inlet-lookup';
import { keepArrivals, type Kept } from './keep-arrivals';

/** More at a time would hold the locks of their inlets for longer than it saves. */
const MOST_AT_ONCE = 200;
/** Bytes that one transaction takes, however few the messages. */
const MOST_BYTES = 32 * 1024 * 1024;
/** SQLSTATE of what a value is to blame for: a character that no text holds, a number out of range, a rule of one row. */
const CONTENT = /^(22|23)/;
const UNFIT = new SubmissionRefused('NOT_PARSEABLE', 'NOT_KEPT');

const NO_BYTES = createHash('sha256').digest('hex');

interface Waiting {
  arrival: Arrival;
  done(kept: Kept): void;
  failed(error: unknown): void;
}

/**
 * Takes messages. Those that come in while a transaction is under way are kept together by the next one: under load, one commit is for many of
 * them, and each is answered once it is committed (docs/backup-tools.md, docs/adr/0030).
 */
@Injectable()
export class InletReceiver {
  private readonly waiting: Waiting[] = [];
  private busy = false;

  constructor(
    private readonly connection: InletConnection,
    private readonly lookup: InletLookup,
    private readonly intake: RunIntake,
    private readonly fresh: FreshVerdicts,
    private readonly clock: Clock,
  ) {}

  /** Keeps one message and says what became of it; `gone` when its secret opens nothing any more. */
  async receive(message: Message, inlet: KnownInlet): Promise<Exclude<Kept, { changed: true }>> {
    const kept = await this.queue(readArrival(message, inlet));
    if (!('changed' in kept)) return kept;
    this.lookup.forget(message.secretHash);
    const changed = await this.lookup.find(message.secretHash);
    return changed ? this.receive(message, changed) : { gone: true };
  }

  /** Notes a message that could not even be read. */
  async note(message: Message, inlet: KnownInlet, read: SubmissionRefused): Promise<void> {
    await this.queue({ message, inlet, rawSha256: NO_BYTES, command: null, exitCode: null, ping: false, read });
  }

  private queue(arrival: Arrival): Promise<Kept> {
    return new Promise((done, failed) => {
      this.waiting.push({ arrival, done, failed });
      if (this.busy) return;
      this.busy = true;
      // What else comes in during this turn of the event loop goes with it.
      setImmediate(() => void this.work());
    });
  }

  private async work(): Promise<void> {
    while (this.waiting.length > 0) {
      await this.fresh.keptUp();
      const batch = takeFrom(this.waiting);
      await this.settle(batch);
      this.fresh.soon();
    }
    this.busy = false;
  }

  /** Keeps a batch and answers it. What the database refuses for what is in one message must not fail the others: then each goes alone. */
  private async settle(batch: readonly Waiting[]): Promise<void> {
    try {
      const kept = await this.keep(batch.map(({ arrival }) => arrival));
      batch.forEach(({ done }, at) => done(kept[at] as Kept));
    } catch (error) {
      const [first] = batch;
      const { code = '' } = error as { code?: string };
      if (batch.length > 1 && CONTENT.test(code)) for (const each of batch) await this.settle([each]);
      else if (first && CONTENT.test(code) && !(first.arrival.read instanceof SubmissionRefused))
        await this.settle([{ ...first, arrival: { ...first.arrival, read: UNFIT, command: null } }]);
      else for (const { failed } of batch) failed(asProblem(error));
    }
  }

  private keep(arrivals: readonly Arrival[]): Promise<Kept[]> {
    return this.connection.use((client) => keepArrivals(client, this.intake, arrivals, this.clock.now()));
  }
}

function takeFrom(waiting: Waiting[]): Waiting[] {
  let bytes = 0;
  const most = waiting.findIndex(({ arrival }, at) => {
    bytes += arrival.message.body.length;
    return at >= MOST_AT_ONCE || (at > 0 && bytes > MOST_BYTES);
  });
  return waiting.splice(0, most < 0 ? waiting.length : most);
}

/** Errors of the driver, as those that come through TypeORM are: a deadlock is to be tried again, and no fault of ours. */
function asProblem(error: unknown): unknown {
  const { code } = error as { code?: unknown };
  return error instanceof Error && typeof code === 'string' ? new QueryFailedError('', [], error) : error;
}
