import { Injectable } from '@nestjs/common';
import type { EvidenceKind } from '../../core/evidence/evidence';
import type { Evidence } from '../../evidence/records/evidence.entity';
import { sentTogether } from '../../platform/database/client/sent-together';
import { type ColumnTypes, unnest } from '../../platform/database/unnest';
import { sealOfRun } from './evidence-seal';

/** The kinds of evidence that tools bring. */
export const TOLD_BY_TOOLS = ['BACKUP', 'VERIFICATION', 'RESTORE_TEST'] as const satisfies readonly EvidenceKind[];

/** What a tool told of one run, as it is to be kept. */
export type NewRun = Pick<
  Evidence,
  | 'id'
  | 'systemId'
  | 'backupRequirementId'
  | 'outcome'
  | 'strength'
  | 'performedAt'
  | 'recordedAt'
  | 'recoveryPointAt'
  | 'measuredMinutes'
  | 'recovered'
  | 'tool'
  | 'runId'
  | 'usable'
  | 'inletId'
  | 'submissionId'
  | 'startedAt'
  | 'finishedAt'
  | 'sizeBytes'
  | 'storedBytes'
  | 'sizeBasis'
  | 'flags'
  | 'run'
> & { kind: (typeof TOLD_BY_TOOLS)[number] };

/** A client of the driver: statements that are named are prepared once for each connection. */
export interface PreparingClient {
  query(statement: { name: string; text: string; values: unknown[] }): Promise<{ rows: unknown[] }>;
}

const RUN: ColumnTypes<NewRun & { source: string; sha256: string }> = {
  id: 'uuid',
  systemId: 'uuid',
  backupRequirementId: 'uuid',
  kind: 'text',
  outcome: 'text',
  strength: 'text',
  performedAt: 'timestamptz',
  recordedAt: 'timestamptz',
  recoveryPointAt: 'timestamptz',
  measuredMinutes: 'integer',
  recovered: 'boolean',
  tool: 'text',
  runId: 'text',
  usable: 'boolean',
  inletId: 'uuid',
  submissionId: 'uuid',
  startedAt: 'timestamptz',
  finishedAt: 'timestamptz',
  sizeBytes: 'bigint',
  storedBytes: 'bigint',
  sizeBasis: 'text',
  flags: 'jsonb',
  run: 'jsonb',
  source: 'text',
  sha256: 'text',
};

/**
 * The way in for evidence from tools: many runs at a time, with a row in the same transaction for each system that is to be judged anew and
 * each kind of what came in of it or went.
 * The caller asks `FreshVerdicts` after the commit.
 */
@Injectable()
export class RunIntake {
  /**
   * Stores runs. Its statements are handed to the client at once, so that one that does not wait for the answer before sends them together.
   * @param replaced by the id of each run that is a later telling: the ids of the records that it stands for.
   */
  async take(
    client: PreparingClient,
    runs: readonly NewRun[],
    replaced: ReadonlyMap<string, readonly string[]>,
  ): Promise<void> {
    if (runs.length === 0) return;
    const superseded = this.supersede(client, replaced);
    const rows = runs.map((run) => ({ ...run, source: 'INLET', sha256: sealOfRun(run) }));
    const { columns, source, values } = unnest(rows, RUN, 'row');
    const text = `WITH kept AS (INSERT INTO evidence (${columns.join(', ')}) SELECT * FROM ${source} RETURNING system_id, kind)
      INSERT INTO refresh_due (system_id, kind) SELECT DISTINCT system_id, kind FROM kept`;
    await sentTogether([superseded, client.query({ name: 'runs.take', text, values })]);
  }

  /** Before the later ones are stored: the unique key admits one live record of a run. */
  private async supersede(client: PreparingClient, replaced: ReadonlyMap<string, readonly string[]>): Promise<void> {
    const pairs = [...replaced].flatMap(([by, ids]) => ids.map((id) => ({ id, by })));
    if (pairs.length === 0) return;
    await sentTogether([
      client.query({ name: 'runs.defer', text: 'SET CONSTRAINTS fk_evidence_superseded_by DEFERRED', values: [] }),
      client.query({
        name: 'runs.supersede',
        text: `WITH gone AS (UPDATE evidence SET superseded_by_id = row.by FROM unnest($1::uuid[], $2::uuid[]) AS row(id, by)
            WHERE evidence.id = row.id AND superseded_by_id IS NULL RETURNING system_id, kind)
          INSERT INTO refresh_due (system_id, kind) SELECT DISTINCT system_id, kind FROM gone`,
        values: [pairs.map(({ id }) => id), pairs.map(({ by }) => by)],
      }),
    ]);
  }
}
