import type { OpenTable } from '../../../platform/tabular/read-table';
import type { RowFault } from '../import-rejection.entity';
import { type ImportReport, LISTED, type RowWarning } from '../import-run.entity';
import { comparable } from '../reading/cell-text';
import type { BatchPlan } from './batch-plan';
import type { NewOrganisation } from './organisation-tree';

/** Counts what an import comes to, row by row, and keeps the beginnings of its lists. */
export class ReportTally {
  private readonly counts = { created: 0, updated: 0, unchanged: 0, rejectedCount: 0, warningCount: 0 };
  private readonly changes: ImportReport['changes'] = [];
  private readonly warnings: RowWarning[] = [];
  private readonly unmapped = new Map<string, ImportReport['unmapped'][number]>();

  rejected(faults: readonly RowFault[]): void {
    this.counts.rejectedCount += 1;
    for (const { column, code, params } of faults) {
      if (code !== 'UNMAPPED_VALUE' || column === null) continue;
      const value = String(params?.value ?? '');
      const key = `${column}\n${comparable(value)}`;
      const known = this.unmapped.get(key);
      if (known) known.count += 1;
      else if (this.unmapped.size < LISTED) this.unmapped.set(key, { column, value, count: 1 });
    }
  }

  planned({ changes, unchanged, rejected, warnings }: BatchPlan): void {
    this.counts.unchanged += unchanged;
    for (const { row, before, after, fields } of changes) {
      const action = before ? 'UPDATED' : 'CREATED';
      const listed = before ? this.counts.updated++ : this.counts.created++;
      if (listed < LISTED) this.changes.push({ row, code: after.code, action, fields });
    }
    for (const { faults } of rejected) this.rejected(faults);
    for (const warning of warnings) this.warn(warning);
  }

  warn(warning: RowWarning): void {
    this.counts.warningCount += 1;
    if (this.warnings.length < LISTED) this.warnings.push(warning);
  }

  report(
    table: OpenTable,
    usedColumns: ReadonlySet<string>,
    missing: Pick<ImportReport, 'missing' | 'missingCount'>,
    made: { organisations: readonly NewOrganisation[]; people: number },
  ): ImportReport {
    return {
      format: table.format,
      encoding: table.encoding ?? null,
      delimiter: table.delimiter ?? null,
      sheet: table.sheet ?? null,
      columns: table.columns,
      ignoredColumns: table.columns.filter((column) => !usedColumns.has(column)),
      ...this.counts,
      unmapped: [...this.unmapped.values()],
      ...missing,
      changes: this.changes,
      warnings: this.warnings,
      organisationsCreated: made.organisations.slice(0, LISTED).map(({ path }) => path),
      organisationsCreatedCount: made.organisations.length,
      peopleCreatedCount: made.people,
    };
  }
}
