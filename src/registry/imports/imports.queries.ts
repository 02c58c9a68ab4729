import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, scopeOf } from '../../access/actor';
import { organisationJson, personJson } from '../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { CursorQuery, decodeCursor, pageOf } from '../../platform/http/cursor';
import { Problem } from '../../platform/http/problem';
import { type Locale, message } from '../../platform/messages/messages';
import { csvStream } from '../../platform/tabular/csv/write-csv';
import { ImportFaultResponse, ImportPage, ImportResponse, ImportSummary } from './dto/import.response';
import type { RowFault } from './import-rejection.entity';
import { type ImportError, type ImportReport, LISTED } from './import-run.entity';

type Counts = Pick<ImportReport, 'created' | 'updated' | 'unchanged' | 'rejectedCount'>;
type RunRow = Omit<ImportSummary, keyof Counts | 'error'> & { error: ImportError | null; report: ImportReport | null };

const COLUMNS = `r.id, r.status, r.dry_run AS "dryRun", r.file_name AS "fileName", r.sha256, ${organisationJson('o')} AS organisation,
  ${personJson('u')} AS "createdBy", r.created_at AS "createdAt", r.finished_at AS "finishedAt", r.rows_read AS "rowsRead",
  r.rows_total AS "rowsTotal", r.error`;
/** A list needs the figures of a report, not its lists. */
const FIGURES = `CASE WHEN r.report IS NOT NULL THEN jsonb_build_object('created', r.report->'created', 'updated', r.report->'updated',
  'unchanged', r.report->'unchanged', 'rejectedCount', r.report->'rejectedCount') END AS report`;
const FROM = `import_run r JOIN organisation o ON o.id = r.organisation_id JOIN app_user u ON u.id = r.created_by_id`;
const REJECTIONS_PER_PAGE = 500;

/** Reads of imports, for the people who import for the organisation. */
@Injectable()
export class ImportsQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** The newest first. */
  async list(actor: Actor, { limit, cursor }: CursorQuery): Promise<ImportPage> {
    const parameters = new SqlParameters();
    const conditions = [scopeCondition(scopeOf(actor, 'systems:import'), parameters, 'r.organisation_id')];
    const [before] = decodeCursor(cursor, 'id') ?? [];
    if (before) conditions.push(`r.id < ${parameters.bind(before)}::uuid`);
    const rows = await this.dataSource.query<RunRow[]>(
      `SELECT ${COLUMNS}, ${FIGURES} FROM ${FROM} WHERE ${conditions.join(' AND ')} ORDER BY r.id DESC LIMIT ${parameters.bind(limit + 1)}`,
      parameters.values,
    );
    const { items, nextCursor } = pageOf(rows, limit, ({ id }) => [id]);
    return { items: items.map((row) => summary(row, actor.locale)), nextCursor };
  }

  /** @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string): Promise<ImportResponse> {
    const row = await this.row(actor, id);
    const { report } = row;
    const rejections = await this.rejections(id, 0, LISTED);
    const rejected = rejections.flatMap(({ rowNumber, faults }) =>
      faults.map((fault) => ({ row: rowNumber, ...fault })),
    );
    return {
      ...summary(row, actor.locale),
      format: report?.format ?? null,
      encoding: report?.encoding ?? null,
      delimiter: report?.delimiter ?? null,
      sheet: report?.sheet ?? null,
      ignoredColumns: report?.ignoredColumns ?? [],
      rejected: rejected.slice(0, LISTED).map((fault) => worded(fault, actor.locale)),
      unmapped: report?.unmapped ?? [],
      missing: report?.missing ?? [],
      missingCount: report?.missingCount ?? 0,
      changes: report?.changes ?? [],
      warnings: (report?.warnings ?? []).map((warning) => worded(warning, actor.locale)),
      warningCount: report?.warningCount ?? 0,
      organisationsCreated: report?.organisationsCreated ?? [],
      organisationsCreatedCount: report?.organisationsCreatedCount ?? 0,
      peopleCreatedCount: report?.peopleCreatedCount ?? 0,
    };
  }

  /** The rejected rows as they stood in the file, each with its row number and the reasons: to be put right and sent again. */
  async rejectedCsv(actor: Actor, id: string): Promise<Readable> {
    const { report } = await this.row(actor, id);
    const columns = report?.columns ?? [];
    const own = [message(actor.locale, 'importFile.row'), message(actor.locale, 'importFile.reasons')];
    return csvStream(
      [...columns, ...own.map((name) => freeName(name, columns))],
      this.rejectedRows(id, columns, actor.locale),
      {
        bom: true,
      },
    );
  }

  private async *rejectedRows(
    id: string,
    columns: readonly string[],
    locale: Locale,
  ): AsyncGenerator<(string | number)[]> {
    for (let after = 0; ;) {
      const page = await this.rejections(id, after, REJECTIONS_PER_PAGE);
      for (const { rowNumber, faults, cells } of page) {
        const reasons = faults.map((fault) => [fault.column, sentence(fault, locale)].filter(Boolean).join(': '));
        yield [...columns.map((_, index) => cells[index] ?? ''), rowNumber, reasons.join(' / ')];
      }
      const last = page.at(-1);
      if (!last) return;
      after = last.rowNumber;
    }
  }

  private rejections(
    id: string,
    after: number,
    limit: number,
  ): Promise<{ rowNumber: number; faults: RowFault[]; cells: string[] }[]> {
    return this.dataSource.query(
      `SELECT row_number AS "rowNumber", faults, cells FROM import_rejection
       WHERE import_id = $1 AND row_number > $2 ORDER BY row_number LIMIT $3`,
      [id, after, limit],
    );
  }

  private async row(actor: Actor, id: string): Promise<RunRow> {
    const parameters = new SqlParameters();
    const scope = scopeCondition(scopeOf(actor, 'systems:import'), parameters, 'r.organisation_id');
    const [row] = await this.dataSource.query<RunRow[]>(
      `SELECT ${COLUMNS}, r.report FROM ${FROM} WHERE ${scope} AND r.id = ${parameters.bind(id)}`,
      parameters.values,
    );
    if (!row) throw new Problem(404, 'NOT_FOUND');
    return row;
  }
}

function summary({ report, error, ...row }: RunRow, locale: Locale): ImportSummary {
  return {
    ...row,
    created: report?.created ?? 0,
    updated: report?.updated ?? 0,
    unchanged: report?.unchanged ?? 0,
    rejectedCount: report?.rejectedCount ?? 0,
    error: error && { field: error.field, code: error.code, message: sentence(error, locale) },
  };
}

function worded({ row, column, code, params }: RowFault & { row: number }, locale: Locale): ImportFaultResponse {
  return { row, column, code, message: sentence({ code, params }, locale) };
}

function sentence({ code, params }: Pick<RowFault, 'code' | 'params'>, locale: Locale): string {
  return message(locale, `field.${code}`, params);
}

/** A file that was rejected before may have the column already. */
function freeName(name: string, columns: readonly string[]): string {
  return columns.includes(name) ? freeName(`${name}_`, columns) : name;
}
