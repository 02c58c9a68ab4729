import type { NewRun, PreparingClient } from '../../../obligations/intake/run-intake';
import { sentTogether } from '../../../platform/database/client/sent-together';
import { type ColumnTypes, unnest } from '../../../platform/database/unnest';
import type { Inlet } from '../inlet.entity';
import type { RawPayload } from '../raw-payload.entity';
import type { Submission } from '../submission.entity';

/** An inlet as it is locked for what has come in. `open` says by which secrets it may be opened now. */
export type LockedInlet = Inlet & { openHashes: string[] };

const LOCK = `
  SELECT i.id, i.system_id AS "systemId", i.backup_requirement_id AS "backupRequirementId", i.schedule_kind AS "scheduleKind", i.schedule,
    i.time_zone AS "timeZone", i.grace_minutes AS "graceMinutes", i.created_at AS "createdAt", i.row_version AS "rowVersion",
    i.first_signal_at AS "firstSignalAt", i.last_signal_at AS "lastSignalAt", i.last_outcome AS "lastOutcome", i.last_run_at AS "lastRunAt",
    i.last_good_at AS "lastGoodAt", i.running_started_at AS "runningStartedAt", i.running_run_id AS "runningRunId", i.refused,
    i.last_refused_at AS "lastRefusedAt", i.last_refusal AS "lastRefusal", i.newest_point_at AS "newestPointAt", i.lost, i.unusual, i.state, i.since,
    CASE WHEN i.revoked_at IS NOT NULL THEN ARRAY[]::text[]
      WHEN i.previous_until > $2 THEN ARRAY[i.secret_hash, i.previous_hash] ELSE ARRAY[i.secret_hash] END AS "openHashes"
  FROM inlet i WHERE i.id = ANY($1::uuid[]) ORDER BY i.id FOR NO KEY UPDATE`;

const RUN = `e.id, e.system_id AS "systemId", e.backup_requirement_id AS "backupRequirementId", e.kind, e.outcome, e.strength,
    e.performed_at AS "performedAt", e.recorded_at AS "recordedAt", e.recovery_point_at AS "recoveryPointAt",
    e.measured_minutes AS "measuredMinutes", e.recovered, e.tool, e.run_id AS "runId", e.usable, e.inlet_id AS "inletId",
    e.submission_id AS "submissionId", e.started_at AS "startedAt", e.finished_at AS "finishedAt", e.size_bytes::text AS "sizeBytes",
    e.stored_bytes::text AS "storedBytes", e.size_basis AS "sizeBasis", e.flags, e.run`;

/** What a list can lack at most; of older points nobody asks. */
const MOST_LOST = 2_000;
const LOST = `
  SELECT ${RUN} FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) lost(inlet_id, after_at, listed_at)
    CROSS JOIN LATERAL (SELECT * FROM evidence live WHERE live.inlet_id = lost.inlet_id AND live.run_id IS NOT NULL AND live.superseded_by_id IS NULL
        AND live.kind = 'BACKUP' AND live.outcome IN ('PASSED', 'PARTIAL') AND live.usable AND live.recovery_point_at <= lost.listed_at
        AND (lost.after_at IS NULL OR live.recovery_point_at > lost.after_at)
      ORDER BY live.recovery_point_at DESC, live.id DESC LIMIT ${MOST_LOST}) e`;

/**
 * The live records of runs by their inlet and name, and of those that go on at some inlets. Each is looked for by its key, also by a plan that was made when there
 * were none yet and is kept: with a plain join it goes over all runs once for each that is looked for.
 */
const KEPT = `
  SELECT ${RUN}
  FROM (SELECT * FROM unnest($1::uuid[], $2::text[]) UNION
      SELECT i.id, i.running_run_id FROM inlet i WHERE i.id = ANY($3::uuid[]) AND i.running_run_id IS NOT NULL) wanted(inlet_id, run_id)
    CROSS JOIN LATERAL (SELECT * FROM evidence live
      WHERE live.inlet_id = wanted.inlet_id AND live.run_id = wanted.run_id AND live.superseded_by_id IS NULL LIMIT 1) e`;

const SUBMISSION: ColumnTypes<Submission> = {
  id: 'uuid',
  inletId: 'uuid',
  receivedAt: 'timestamptz',
  address: 'text',
  mediaType: 'text',
  rawSha256: 'text',
  length: 'integer',
  disposition: 'text',
  refusal: 'text',
  refusalWhy: 'jsonb',
  tool: 'text',
  command: 'text',
  exitCode: 'integer',
  flags: 'jsonb',
};

const PROGRESS: ColumnTypes<Inlet> = {
  id: 'uuid',
  firstSignalAt: 'timestamptz',
  lastSignalAt: 'timestamptz',
  lastOutcome: 'text',
  lastRunAt: 'timestamptz',
  lastGoodAt: 'timestamptz',
  runningStartedAt: 'timestamptz',
  runningRunId: 'text',
  refused: 'integer',
  lastRefusedAt: 'timestamptz',
  lastRefusal: 'text',
  newestPointAt: 'timestamptz',
  lost: 'jsonb',
  state: 'text',
  reason: 'jsonb',
  since: 'timestamptz',
  nextDueAt: 'timestamptz',
  attentionAt: 'timestamptz',
};

/**
 * Begins a transaction. Its statements take lists of any length: planned once for all of them and not anew each time, which took as long as what they do.
 */
export async function begin(client: PreparingClient): Promise<void> {
  await sentTogether([
    client.query({ name: 'inlets.begin', text: 'BEGIN', values: [] }),
    client.query({ name: 'inlets.plans', text: 'SET LOCAL plan_cache_mode = force_generic_plan', values: [] }),
  ]);
}

export async function commit(client: PreparingClient): Promise<void> {
  await client.query({ name: 'inlets.commit', text: 'COMMIT', values: [] });
}

/** Locks inlets in the order of their ids until the transaction ends: what comes in at one is taken in turn. */
export async function lockInlets(
  client: PreparingClient,
  ids: readonly string[],
  now: Date,
): Promise<Map<string, LockedInlet>> {
  const { rows } = await client.query({ name: 'inlets.lock', text: LOCK, values: [ids, now.toISOString()] });
  return new Map((rows as LockedInlet[]).map((row) => [row.id, row]));
}

/** @param running inlets of which the run that goes on is wanted too, whatever its name. */
export async function keptRuns(
  client: PreparingClient,
  wanted: readonly Pick<NewRun, 'inletId' | 'runId'>[],
  running: readonly string[],
): Promise<NewRun[]> {
  if (wanted.length === 0) return [];
  const values = [wanted.map(({ inletId }) => inletId), wanted.map(({ runId }) => runId), running];
  return (await client.query({ name: 'inlets.kept', text: KEPT, values })).rows as NewRun[];
}

/** The live records of usable points that were there before a list of their inlet was made, and are newer than what is on it. */
export async function lostRuns(
  client: PreparingClient,
  lists: readonly { inletId: string; newestAt: Date | null; listedAt: Date }[],
): Promise<NewRun[]> {
  if (lists.length === 0) return [];
  const instants = (of: readonly (Date | null)[]): (string | null)[] => of.map((at) => at?.toISOString() ?? null);
  const values = [
    lists.map(({ inletId }) => inletId),
    instants(lists.map(({ newestAt }) => newestAt)),
    instants(lists.map(({ listedAt }) => listedAt)),
  ];
  return (await client.query({ name: 'inlets.lost', text: LOST, values })).rows as NewRun[];
}

/** Keeps bytes once for each digest; one that comes again is kept for longer. */
export async function keepBytes(client: PreparingClient, rows: readonly RawPayload[]): Promise<void> {
  if (rows.length === 0) return;
  const { columns, source, values } = unnest(
    rows,
    { sha256: 'text', bytes: 'bytea', length: 'integer', keptAt: 'timestamptz' },
    'row',
  );
  const text = `INSERT INTO raw_payload (${columns.join(', ')}) SELECT * FROM ${source} ORDER BY 1
    ON CONFLICT (sha256) DO UPDATE SET kept_at = excluded.kept_at WHERE raw_payload.kept_at < excluded.kept_at - interval '1 day'`;
  await client.query({ name: 'inlets.bytes', text, values });
}

export async function keepSubmissions(client: PreparingClient, rows: readonly Submission[]): Promise<void> {
  if (rows.length === 0) return;
  const { columns, source, values } = unnest(rows, SUBMISSION, 'row');
  const text = `INSERT INTO submission (${columns.join(', ')}) SELECT * FROM ${source}`;
  await client.query({ name: 'inlets.submissions', text, values });
}

export async function keepProgress(client: PreparingClient, rows: readonly Inlet[]): Promise<void> {
  if (rows.length === 0) return;
  const { columns, source, values } = unnest(rows, PROGRESS, 'row');
  const assignments = columns.filter((column) => column !== 'id').map((column) => `${column} = row.${column}`);
  const text = `UPDATE inlet SET ${assignments.join(', ')} FROM ${source} WHERE inlet.id = row.id`;
  await client.query({ name: 'inlets.progress', text, values });
}
