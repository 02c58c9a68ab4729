import { EntityManager } from 'typeorm';
import type { Actor } from '../../../access/actor';
import type { AuditEntry, AuditLog } from '../../../audit/audit-log';
import { ObligationLedger } from '../../../obligations/obligation-ledger';
import { unnest } from '../../../platform/database/unnest';
import type { OpenTable } from '../../../platform/tabular/read-table';
import { insertSystems, updateSystems } from '../../systems/system-writer';
import { PlaceChanges } from '../../systems/writing/place-changes';
import { requestTierChanges } from '../../tier-changes/request-tier-changes';
import type { ImportReport, ImportRun } from '../import-run.entity';
import { storable } from '../reading/cell-text';
import { usedColumns } from '../reading/used-columns';
import { type Moment, planBatch, type PlannedChange, type PlannedTierChange } from './batch-plan';
import { missingSystems, movedSystems } from './absent-systems';
import { OrganisationTree } from './organisation-tree';
import { People } from './people';
import { ReportTally } from './report-tally';
import { type AcceptedRow, type RejectedRow, RowJudge } from './row-judge';

/** Rows that are compared and written by one statement each. */
const BATCH = 1_000;
/** So many changed systems are assessed within the import; a larger one leaves it to a job, to keep its transaction short. */
export const REFRESHED_WITHIN = 10_000;

/** What a write pass works with: the checked file and who asked. */
export interface CheckedImport {
  run: Pick<ImportRun, 'id' | 'organisationId' | 'mapping' | 'dryRun'>;
  actor: Actor;
  table: OpenTable;
  judge: RowJudge;
  tree: OrganisationTree;
  people: People;
  moment: Moment;
  timeZone: string;
}

/** Compares every row with the register and, unless it is a dry run, writes what differs. Belongs to one transaction. */
export class WritePass {
  private readonly tally = new ReportTally();
  private accepted: AcceptedRow[] = [];
  private rejected: RejectedRow[] = [];
  private readonly changed: string[] = [];
  private readonly places: PlaceChanges;

  constructor(
    private readonly m: EntityManager,
    private readonly of: CheckedImport,
    private readonly audit: AuditLog,
    private readonly ledger: ObligationLedger,
  ) {
    this.places = new PlaceChanges(m, { occurrence: of.run.id, note: null, createdAt: of.moment.now });
  }

  /**
   * @param onRow called after each row, with the number of rows done.
   * @returns the report, and whether the systems still have to be assessed by a job once this is committed.
   */
  async run(onRow: (count: number) => Promise<void>): Promise<{ report: ImportReport; refreshLater: boolean }> {
    const { run, table, judge, tree, people } = this.of;
    if (!run.dryRun) await this.prepare();
    let count = 0;
    for await (const row of table.rows) {
      const judged = judge.judge(row);
      if ('candidate' in judged) this.accepted.push(judged);
      else this.reject([judged]);
      if (this.accepted.length === BATCH) await this.writeBatch();
      if (this.rejected.length >= BATCH) await this.writeRejected();
      count += 1;
      await onRow(count);
    }
    await this.writeBatch();
    await this.writeRejected();
    await this.places.tell();
    const refreshLater = this.changed.length > REFRESHED_WITHIN;
    if (!refreshLater) await this.ledger.refreshPages(this.m, this.changed);
    const places = judge.codes;
    for (const warning of await movedSystems(this.m, run, places)) this.tally.warn(warning);
    const used = new Set(usedColumns(run.mapping).map(({ column }) => column));
    const missing = await missingSystems(this.m, run.organisationId, places);
    const made = { organisations: tree.made, people: people.made.length };
    return {
      report: this.tally.report(table, used, missing, made),
      refreshLater,
    };
  }

  /** Locks what the file names, in one order for everybody, and makes the organisations and people it needs. */
  private async prepare(): Promise<void> {
    const { run, judge, tree, people, actor, moment, timeZone } = this.of;
    await this.m.query(
      `SELECT s.id FROM system s JOIN unnest($2::text[]) AS file(code) ON file.code = s.code
       WHERE s.organisation_id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = $1 AND details_open)
       ORDER BY s.id FOR NO KEY UPDATE OF s`,
      [run.organisationId, [...judge.codes.keys()]],
    );
    await tree.write(this.m, moment.now);
    await people.write(this.m, actor, timeZone, moment.now);
    const organisations = tree.made.map(({ id, code, name, kind, parent }) => ({
      action: 'organisation.created' as const,
      recordType: 'organisation',
      recordId: id,
      organisationId: id,
      after: { code, name, kind, parentId: parent.id, importId: run.id },
    }));
    const persons = people.made.map(({ id, ...person }) => ({
      action: 'user.created' as const,
      recordType: 'user',
      recordId: id,
      after: { ...person, canSignIn: false, importId: run.id },
    }));
    await this.record([...organisations, ...persons]);
  }

  private async writeBatch(): Promise<void> {
    const rows = this.accepted;
    this.accepted = [];
    if (rows.length === 0) return;
    const { run, people, tree, moment } = this.of;
    const plan = await planBatch(this.m, rows, people, tree, run.mapping, moment);
    this.tally.planned(plan);
    this.rejected.push(...plan.rejected);
    if (run.dryRun) return;
    await this.writeSystems(plan.changes);
    await this.record(plan.changes.map((change) => this.auditOf(change)));
    await this.record(await this.places.follow(plan.changes.filter(isEdit)));
    await this.requestTiers(plan.tierChanges);
    for (const { after } of plan.changes) this.changed.push(after.id);
  }

  private async writeSystems(changes: readonly PlannedChange[]): Promise<void> {
    const [made, changed] = [true, false].map((isNew) =>
      changes.filter(({ before }) => (before === null) === isNew).map(({ after }) => after),
    ) as [PlannedChange['after'][], PlannedChange['after'][]];
    await insertSystems(this.m, made);
    const written = await updateSystems(this.m, changed);
    if (written.length !== changed.length) throw new Error('systems were changed by somebody else during the import');
  }

  private async requestTiers(planned: readonly PlannedTierChange[]): Promise<void> {
    const { run, actor, moment } = this.of;
    const wanted = planned.map(({ before, requestedTier }) => ({
      ...{ systemId: before.id, fromTier: before.tier, requestedTier, reason: null, importId: run.id },
    }));
    const organisations = new Map(planned.map(({ before }) => [before.id, before.organisationId]));
    const facts = new Map(wanted.map((one) => [one.systemId, one]));
    const requests = await requestTierChanges(this.m, actor.userId, moment.now, wanted);
    await this.record(
      requests.map(({ id, systemId }) => ({
        action: 'tier_change.requested',
        recordType: 'tier_change',
        recordId: id,
        organisationId: organisations.get(systemId) ?? null,
        after: { ...facts.get(systemId) },
      })),
    );
  }

  private auditOf({ before, after, fields }: PlannedChange): AuditEntry {
    const { id: importId } = this.of.run;
    const of = { recordType: 'system', recordId: after.id, organisationId: after.organisationId };
    if (!before) return { ...of, action: 'system.created', after: { ...after, importId } };
    const part = (row: typeof after): Record<string, unknown> =>
      Object.fromEntries(Object.entries(row).filter(([field]) => fields.includes(field.replace(/Minutes$/, ''))));
    const retires = after.lifecycle === 'RETIRED';
    return {
      ...of,
      action: retires ? 'system.retired' : 'system.changed',
      before: part(before),
      after: { ...part(after), importId },
    };
  }

  private reject(rows: readonly RejectedRow[]): void {
    this.rejected.push(...rows);
    for (const { faults } of rows) this.tally.rejected(faults);
  }

  private async writeRejected(): Promise<void> {
    const rows = this.rejected.map(({ row, faults, cells }) =>
      storable({ importId: this.of.run.id, rowNumber: row, faults, cells }),
    );
    this.rejected = [];
    if (rows.length === 0) return;
    const types = { importId: 'uuid', rowNumber: 'integer', faults: 'jsonb', cells: 'jsonb' };
    const { columns, source, values } = unnest(rows, types, 'refused');
    await this.m.query(`INSERT INTO import_rejection (${columns.join(', ')}) SELECT * FROM ${source}`, values);
  }

  private async record(entries: readonly AuditEntry[]): Promise<void> {
    for (let from = 0; from < entries.length; from += BATCH)
      await this.audit.record(this.m, this.of.actor, ...entries.slice(from, from + BATCH));
  }
}

function isEdit(change: PlannedChange): change is PlannedChange & { before: PlannedChange['after'] } {
  return change.before !== null;
}
