import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { Actor, hasAnywhere } from '../../../access/actor';
import { requireOrganisation } from '../../../access/scope/system-access';
import { AuditLog } from '../../../audit/audit-log';
import { localDate } from '../../../core/time/zone';
import { ObligationLedger } from '../../../obligations/obligation-ledger';
import { RefreshQueue } from '../../../obligations/clocks/refresh-queue';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { Problem } from '../../../platform/http/problem';
import type { OpenTable } from '../../../platform/tabular/read-table';
import type { ImportError, ImportReport, ImportRun } from '../import-run.entity';
import { storable } from '../reading/cell-text';
import { importErrorOf, ImportRefused, requireColumns, withRegister } from './opened-register';
import { OrganisationTree } from './organisation-tree';
import { People } from './people';
import { RowJudge } from './row-judge';
import { type CheckedImport, WritePass } from './write-pass';

type ClaimedRun = CheckedImport['run'] & Pick<ImportRun, 'attempts' | 'createdById'>;

/** So many workers may die over one import before it is given up. */
const MOST_ATTEMPTS = 5;
/** Bytes fetched at once. */
const PIECE = 4 * 1024 * 1024;
const PROGRESS_EVERY = 500;

/**
 * Does one import: the file is read once to check all of it, and once more inside one transaction that compares, writes and reports. So a
 * failure leaves nothing half-written, and a job that comes again after a crash starts anew or finds the work done.
 */
@Injectable()
export class SystemsImport {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly ledger: ObligationLedger,
    private readonly refreshQueue: RefreshQueue,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Faults of the file end the import as FAILED; any other error is thrown, for the queue to try again. */
  async run(importId: string): Promise<void> {
    const run = await this.claim(importId);
    if (!run) return;
    try {
      if (run.attempts > MOST_ATTEMPTS) throw new ImportRefused({ field: 'file', code: 'IMPORT_GIVEN_UP' });
      const actor = await this.importer(run);
      await withRegister(this.bytesOf(run.id), run.mapping.file, (table) => this.import(run, actor, table));
    } catch (error) {
      const refusal = importErrorOf(error);
      if (!refusal) throw error;
      await this.fail(run, refusal);
    }
  }

  private async claim(importId: string): Promise<ClaimedRun | undefined> {
    const [[run]] = await this.dataSource.query<[ClaimedRun[], number]>(
      `UPDATE import_run SET status = 'RUNNING', attempts = attempts + 1, rows_read = 0, rows_total = NULL
       WHERE id = $1 AND status IN ('QUEUED', 'RUNNING')
       RETURNING id, organisation_id AS "organisationId", mapping, dry_run AS "dryRun", attempts,
         created_by_id AS "createdById"`,
      [importId],
    );
    return run;
  }

  /** Who asked, if they still may: a role can be lost between the request and the work. */
  private async importer({ createdById, organisationId }: ClaimedRun): Promise<Actor> {
    const [person] = await this.dataSource.query<Omit<Actor, 'requestId'>[]>(
      `SELECT u.id AS "userId", u.locale, u.time_zone AS "timeZone",
         (SELECT coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'organisationId', r.organisation_id)), '[]')
          FROM role_assignment r WHERE r.user_id = u.id) AS roles
       FROM app_user u WHERE u.id = $1 AND u.active`,
      [createdById],
    );
    const actor = { ...(person as Omit<Actor, 'requestId'>), requestId: null };
    const refused = new ImportRefused({ field: 'mapping.organisationId', code: 'NOT_ALLOWED' });
    if (!person || !hasAnywhere(actor, 'systems:import')) throw refused;
    try {
      await requireOrganisation(this.dataSource.manager, actor, 'systems:import', organisationId);
    } catch (error) {
      throw error instanceof Problem ? refused : error;
    }
    return actor;
  }

  private async *bytesOf(importId: string): AsyncGenerator<Buffer> {
    for (let from = 1; ; from += PIECE) {
      const [row] = await this.dataSource.query<{ piece: Buffer | null }[]>(
        'SELECT substring(content FROM $2::integer FOR $3::integer) AS piece FROM import_run WHERE id = $1',
        [importId, from, PIECE],
      );
      if (!row?.piece || row.piece.length === 0) return;
      yield row.piece;
    }
  }

  private async import(run: ClaimedRun, actor: Actor, table: OpenTable): Promise<void> {
    requireColumns(run.mapping, table);
    const tree = await OrganisationTree.load(
      this.dataSource.manager,
      run.organisationId,
      run.mapping.organisation?.create ?? false,
    );
    const judge = new RowJudge(run.mapping, table.columns, tree);
    const people = new People();
    const rows = await this.check(run, table, judge, people);
    await people.settle(this.dataSource.manager, run.organisationId);
    const now = this.clock.now();
    const moment = { now, today: localDate(now, this.config.TZ_DEFAULT) };
    const checked = { run, actor, table, judge, tree, people, moment, timeZone: this.config.TZ_DEFAULT };
    const refreshLater = await this.dataSource.transaction((m) => this.write(m, checked, rows));
    if (refreshLater) await this.refreshQueue.enqueue(run.organisationId);
  }

  /** The first pass: every fault of the file shows before anything is locked. Returns the number of rows. */
  private async check({ id }: ClaimedRun, table: OpenTable, judge: RowJudge, people: People): Promise<number> {
    let rows = 0;
    for await (const row of table.rows) {
      const judged = judge.judge(row);
      if ('candidate' in judged) people.note(judged.candidate.owner);
      rows += 1;
      if (rows % PROGRESS_EVERY === 0) await this.progress(id, 0, rows);
    }
    await this.progress(id, 0, rows);
    return rows;
  }

  /** The second pass. Returns whether the systems have to be assessed by a job. */
  private async write(m: EntityManager, checked: CheckedImport, rows: number): Promise<boolean> {
    const { run, actor } = checked;
    await m.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`import ${run.id}`]);
    const [open] = await m.query<object[]>(`SELECT FROM import_run WHERE id = $1 AND status = 'RUNNING'`, [run.id]);
    // Another worker that was thought dead has finished it.
    if (!open) return false;
    const pass = new WritePass(m, checked, this.audit, this.ledger);
    const { report, refreshLater } = await pass.run(async (count) => {
      if (count % PROGRESS_EVERY === 0) await this.progress(run.id, count, rows);
    });
    await this.finish(m, run, actor, report, rows);
    return refreshLater;
  }

  /** Outside the transaction, for people who watch. */
  private async progress(importId: string, rowsRead: number, rowsTotal: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE import_run SET rows_read = $2, rows_total = $3 WHERE id = $1 AND status = 'RUNNING'`,
      [importId, rowsRead, rowsTotal],
    );
  }

  private async finish(
    m: EntityManager,
    run: CheckedImport['run'],
    actor: Actor,
    report: ImportReport,
    rows: number,
  ): Promise<void> {
    await m.query(
      `UPDATE import_run SET status = 'DONE', content = NULL, rows_read = $2, rows_total = $2, report = $3, finished_at = $4
       WHERE id = $1`,
      [run.id, rows, JSON.stringify(storable(report)), this.clock.now()],
    );
    const { created, updated, unchanged, rejectedCount } = report;
    await this.audit.record(m, actor, {
      action: 'import.finished',
      recordType: 'import',
      recordId: run.id,
      organisationId: run.organisationId,
      after: { dryRun: run.dryRun, rows, created, updated, unchanged, rejectedCount },
    });
  }

  private async fail({ id, organisationId }: ClaimedRun, error: ImportError): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const [failed] = await m.query<[object[], number]>(
        `UPDATE import_run SET status = 'FAILED', content = NULL, error = $2, finished_at = $3
         WHERE id = $1 AND status = 'RUNNING' RETURNING id`,
        [id, JSON.stringify(storable(error)), this.clock.now()],
      );
      // Another worker that was thought dead has finished it.
      if (failed.length === 0) return;
      await this.audit.record(m, null, {
        action: 'import.failed',
        recordType: 'import',
        recordId: id,
        organisationId,
        after: { field: error.field, code: error.code },
      });
    });
  }
}
