import { mergeRuns } from '../../../core/evidence/merge-runs';
import type { NewRun, PreparingClient, RunIntake } from '../../../obligations/intake/run-intake';
import { newId } from '../../../platform/database/id';
import { maskSecrets, plainText } from '../payload/plain-text';
import { SubmissionRefused } from '../reading/refused';
import type { RawPayload } from '../raw-payload.entity';
import type { Submission } from '../submission.entity';
import type { Arrival } from './arrival';
import { keepBytes, keepProgress, keepSubmissions, keptRuns, type LockedInlet, lockInlets } from './arrival-statements';
import { answered, type InletAnswer } from './inlet-answer';
import { afterRefusal, afterRuns, standing } from './inlet-progress';
import { runOfRecord } from './run-of-record';

/** What became of a message: `seen` says that all of it was known. */
export type Kept =
  | { answer: InletAnswer; seen: boolean }
  | { refused: SubmissionRefused }
  /** The secret opens it no longer. */
  | { gone: true }
  /** Somebody has changed the inlet since the message was read. */
  | { changed: true };

/** A message with what is kept of it: its submission, and its runs beside the records that were told. */
interface Draft {
  arrival: Arrival;
  submission: Submission;
  runs: NewRun[];
}

/**
 * Keeps what has come in at any number of inlets, in one transaction and a fixed number of statements. Answers in the order of `arrivals`.
 * @param client within a transaction that the caller begins and ends.
 */
export async function keepArrivals(
  client: PreparingClient,
  intake: RunIntake,
  arrivals: readonly Arrival[],
  now: Date,
): Promise<Kept[]> {
  const inlets = await lockInlets(client, [...new Set(arrivals.map(({ inlet }) => inlet.id))], now);
  const drafts = arrivals.map((arrival) => draftOf(arrival, inlets));
  const wanted = drafts.flatMap((draft) => ('submission' in draft ? draft.runs : []));
  const runs = new Runs(await keptRuns(client, wanted));
  const kept = drafts.map((draft) => ('submission' in draft ? keep(draft, runs, inlets) : draft));

  const taken = drafts.filter((draft): draft is Draft => 'submission' in draft);
  if (taken.length === 0) return kept;
  await keepBytes(client, bytesOf(taken));
  await keepSubmissions(
    client,
    taken.map(({ submission }) => submission),
  );
  await intake.take(client, runs.added(), runs.replaced());
  const touched = [...new Set(taken.map(({ submission }) => submission.inletId))].flatMap((id) => inlets.get(id) ?? []);
  await keepProgress(
    client,
    touched.map((inlet) => ({ ...inlet, ...standing(inlet, now) })),
  );
  return kept;
}

function draftOf(arrival: Arrival, inlets: ReadonlyMap<string, LockedInlet>): Draft | Kept {
  const { inlet: known, message, read, rawSha256, command, exitCode } = arrival;
  const inlet = inlets.get(known.id);
  if (!inlet?.openHashes.includes(message.secretHash)) return { gone: true };
  if (inlet.rowVersion !== known.rowVersion) return { changed: true };
  const refused = read instanceof SubmissionRefused ? read : null;
  const id = newId();
  const submission: Submission = {
    id,
    inletId: known.id,
    receivedAt: message.receivedAt,
    address: message.address,
    mediaType: message.mediaType?.slice(0, 200) ?? null,
    rawSha256,
    length: message.body.length,
    disposition: read instanceof SubmissionRefused ? 'REFUSED' : read.disposition,
    refusal: refused?.code ?? null,
    refusalSeen: refused && plainText(maskSecrets(refused.message), 500),
    tool: read instanceof SubmissionRefused ? message.declared.tool : read.tool,
    command: command === null ? null : plainText(maskSecrets(command), 2000),
    exitCode,
    flags: read instanceof SubmissionRefused ? [] : read.flags,
  };
  const records = read instanceof SubmissionRefused ? [] : read.records;
  const runs = records.map((record, index) => runOfRecord(record, index, arrival, id));
  nameEnd(arrival, runs, inlet, id);
  return { arrival, submission, runs };
}

/** A ping names no run: one that ends is the one that goes on. */
function nameEnd({ ping, read }: Arrival, [only]: NewRun[], { runningRunId }: LockedInlet, submissionId: string): void {
  const named = read instanceof SubmissionRefused || read.records[0]?.runKey;
  if (ping && !named && only && only.outcome !== 'RUNNING') only.runId = runningRunId ?? `sent:${submissionId}`;
}

function keep({ arrival, submission, runs: told }: Draft, runs: Runs, inlets: Map<string, LockedInlet>): Kept {
  const inlet = inlets.get(submission.inletId) as LockedInlet;
  const { read, rawSha256, message } = arrival;
  if (read instanceof SubmissionRefused) {
    inlets.set(inlet.id, afterRefusal(inlet, read.code, message.receivedAt));
    return { refused: read };
  }
  // Once more: an earlier message of the same batch may have begun a run, or ended it.
  nameEnd(arrival, told, inlet, submission.id);
  const stored = told.map((run) => runs.take(run));
  inlets.set(
    inlet.id,
    afterRuns(
      inlet,
      stored.map(({ run }) => run),
      message.receivedAt,
    ),
  );
  const { disposition, flags, records } = read;
  return {
    answer: {
      disposition,
      flags,
      records: records.map((record, at) => answered(record, stored[at]?.run.id ?? '')),
      rawSha256,
    },
    seen: stored.length > 0 && stored.every(({ isNew }) => !isNew),
  };
}

/** The live records of runs, with what is being added to them. */
class Runs {
  private readonly live: Map<string, NewRun>;
  /** Ids of stored records by the id of the one that stands for them now. */
  private readonly stood = new Map<string, string[]>();
  private readonly fresh = new Set<string>();

  constructor(kept: readonly NewRun[]) {
    this.live = new Map(kept.map((run) => [keyOf(run), run]));
  }

  take(told: NewRun): { run: NewRun; isNew: boolean } {
    const key = keyOf(told);
    const before = this.live.get(key);
    const merged = before ? mergeRuns(before, told) : told;
    if (!merged) return { run: before as NewRun, isNew: false };
    // Two tellings within one batch become one record.
    const isStored = before && !this.fresh.has(before.id);
    const run = {
      ...merged,
      id: before && !isStored ? before.id : told.id,
      submissionId: told.submissionId,
      recordedAt: told.recordedAt,
    };
    if (isStored) this.stood.set(run.id, [before.id]);
    this.fresh.add(run.id);
    this.live.set(key, run);
    return { run, isNew: true };
  }

  added(): NewRun[] {
    return [...this.live.values()].filter(({ id }) => this.fresh.has(id));
  }

  replaced(): ReadonlyMap<string, readonly string[]> {
    return this.stood;
  }
}

const keyOf = ({ inletId, runId }: NewRun): string => `${inletId} ${runId}`;

function bytesOf(drafts: readonly Draft[]): RawPayload[] {
  const rows = new Map<string, RawPayload>();
  for (const { arrival, submission } of drafts) {
    const { rawSha256: sha256, length, receivedAt: keptAt } = submission;
    if (length > 0) rows.set(sha256, { sha256, bytes: arrival.message.body, length, keptAt });
  }
  return [...rows.values()];
}
