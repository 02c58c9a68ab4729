import { asListed, asLost, mergeRuns } from '../../../core/evidence/merge-runs';
import type { NewRun, PreparingClient, RunIntake } from '../../../obligations/intake/run-intake';
import { sentTogether } from '../../../platform/database/client/sent-together';
import { newId } from '../../../platform/database/id';
import { maskSecrets, plainText } from '../payload/plain-text';
import { type RefusalWhy, SubmissionRefused } from '../reading/refused';
import type { RawPayload } from '../raw-payload.entity';
import type { Submission } from '../submission.entity';
import type { Arrival } from './arrival';
import {
  begin,
  commit,
  keepBytes,
  keepProgress,
  keepSubmissions,
  keptRuns,
  type LockedInlet,
  lockInlets,
  lostRuns,
} from './arrival-statements';
import { answered, type InletAnswer } from './inlet-answer';
import { afterList, afterRefusal, afterRuns, SAME_MS, standing } from './inlet-progress';
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
 * Keeps what has come in at any number of inlets, in one transaction, a fixed number of statements and two exchanges with the database; a third where a list lacks points.
 * Answers in the order of `arrivals`, once it is committed; whoever calls rolls back what throws.
 * @param client that sends what it is given without waiting for the answer before.
 */
export async function keepArrivals(
  client: PreparingClient,
  intake: RunIntake,
  arrivals: readonly Arrival[],
  now: Date,
): Promise<Kept[]> {
  const told = arrivals.map((arrival) => toldBy(arrival));
  const [, inlets, known] = await sentTogether([
    begin(client),
    lockInlets(client, [...new Set(arrivals.map(({ inlet }) => inlet.id))], now),
    keptRuns(
      client,
      told.flatMap((each) => each.runs),
      [...new Set(arrivals.flatMap(endsUnnamed))],
    ),
  ]);
  const drafts = told.map((each) => draftOf(each, inlets));
  const runs = new Runs(known);
  const kept = drafts.map((draft) => ('submission' in draft ? keep(draft, runs, inlets) : draft));

  const taken = drafts.filter((draft): draft is Draft => 'submission' in draft);
  await lose(client, taken, runs, inlets);
  const touched = [...new Set(taken.map(({ submission }) => submission.inletId))].flatMap((id) => inlets.get(id) ?? []);
  await sentTogether([
    keepBytes(client, bytesOf(taken)),
    keepSubmissions(
      client,
      taken.map(({ submission }) => submission),
    ),
    intake.take(client, runs.added(), runs.replaced()),
    keepProgress(
      client,
      touched.map((inlet) => ({ ...inlet, ...standing(inlet, now) })),
    ),
    commit(client),
  ]);
  return kept;
}

/** A message with the runs it tells of, before its inlet is looked at. */
interface Told {
  arrival: Arrival;
  submissionId: string;
  runs: NewRun[];
}

function toldBy(arrival: Arrival): Told {
  const { read } = arrival;
  const submissionId = newId();
  const records = read instanceof SubmissionRefused ? [] : read.records;
  return { arrival, submissionId, runs: records.map((record, at) => runOfRecord(record, at, arrival, submissionId)) };
}

/** What was sent may be named in a reason: shown to others, no credential may stand there. */
const sealed = ({ reason, params }: RefusalWhy): RefusalWhy => ({
  reason,
  params: Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? plainText(maskSecrets(value), 500) : value,
    ]),
  ),
});

/** The inlet of a message that may end the run that goes on there. */
function endsUnnamed({ ping, inlet }: Arrival): string[] {
  return ping ? [inlet.id] : [];
}

function draftOf({ arrival, submissionId: id, runs }: Told, inlets: ReadonlyMap<string, LockedInlet>): Draft | Kept {
  const { inlet: known, message, read, rawSha256, command, exitCode } = arrival;
  const inlet = inlets.get(known.id);
  if (!inlet?.openHashes.includes(message.secretHash)) return { gone: true };
  if (inlet.rowVersion !== known.rowVersion) return { changed: true };
  const refused = read instanceof SubmissionRefused ? read : null;
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
    refusalWhy: refused && sealed(refused.why),
    tool: read instanceof SubmissionRefused ? message.declared.tool : read.tool,
    command: command === null ? null : plainText(maskSecrets(command), 2000),
    exitCode,
    flags: read instanceof SubmissionRefused ? [] : read.flags,
  };
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
  const stored = told.map((run) => runs.take(run, read.listedAt !== null));
  const kept = stored.map(({ run }) => run);
  const { receivedAt } = message;
  const after = afterRuns(inlet, kept, receivedAt);
  inlets.set(inlet.id, read.listedAt ? afterList(after, kept, read.listedAt, read.flags) : after);
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

/** Takes back the points that lists of their stores lack: a later telling of their runs, which nothing rests on. */
async function lose(
  client: PreparingClient,
  drafts: readonly Draft[],
  runs: Runs,
  inlets: ReadonlyMap<string, LockedInlet>,
): Promise<void> {
  const lacking = drafts.flatMap(({ arrival: { read, inlet }, submission, runs: told }) => {
    const listedAt = read instanceof SubmissionRefused ? null : read.listedAt;
    if (!listedAt || !inlets.get(inlet.id)?.lost) return [];
    const points = told.flatMap((run) => runs.of(run).recoveryPointAt?.getTime() ?? []);
    const newestAt = points.length > 0 ? new Date(Math.max(...points) + SAME_MS) : null;
    return [{ inletId: inlet.id, newestAt, listedAt, submission }];
  });
  const bySource = new Map(lacking.map((list) => [list.inletId, list.submission]));
  for (const run of await lostRuns(client, lacking)) {
    const submission = bySource.get(run.inletId ?? '');
    if (submission) runs.lose(run, submission);
  }
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

  /** What stands for a run. */
  of(told: NewRun): NewRun {
    return this.live.get(keyOf(told)) ?? told;
  }

  /** @param isListed whether a list of its store tells of it. */
  take(told: NewRun, isListed: boolean): { run: NewRun; isNew: boolean } {
    const before = this.live.get(keyOf(told));
    const known = before && isListed ? asListed(before) : before;
    const merged = known ? (mergeRuns(known, told) ?? (known === before ? null : known)) : told;
    if (!merged) return { run: before as NewRun, isNew: false };
    const recovered =
      known?.recovered === false || told.recovered === false ? false : (told.recovered ?? merged.recovered);
    return { run: this.put({ ...merged, recovered }, before, told), isNew: true };
  }

  /** The point of a stored run is not on the list that a submission is. */
  lose(run: NewRun, { id: submissionId, receivedAt: recordedAt }: Submission): void {
    if (this.fresh.has(this.of(run).id)) return;
    this.put(asLost(run), run, { id: newId(), submissionId, recordedAt });
  }

  private put(
    merged: NewRun,
    before: NewRun | undefined,
    told: Pick<NewRun, 'id' | 'submissionId' | 'recordedAt'>,
  ): NewRun {
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
    this.live.set(keyOf(run), run);
    return run;
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
