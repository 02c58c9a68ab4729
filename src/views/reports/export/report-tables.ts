import type { Actor } from '../../../access/actor';
import type { ExportColumn, ExportedTable, TableLine } from '../../../audit/exports/list-export';
import { VERDICTS } from '../../../core/readiness/system-verdict';
import { hasMessage, type Locale, message } from '../../../platform/messages/messages';
import type { ReportContent } from '../content/report-content.response';
import type { ReportResponse } from '../dto/report.response';
import { type Named, type ReportLines, reportLines } from './report-lines';
import { REPORTS_EXPORT } from './reports-export';

type Column = ExportColumn<TableLine>;

const column = (key: string, words?: string, heading?: string): Column => ({
  ...{ key, value: (line) => line[key] },
  ...(words && { words }),
  ...(heading && { heading }),
});

/** The word for a code in the first of these groups that has it. */
const wordIn =
  (...groups: readonly string[]) =>
  (code: string, locale: Locale): string => {
    const group = groups.find((words) => hasMessage(`${words}.${code}`));
    return group ? message(locale, `${group}.${code}`) : code;
  };

const SYSTEM = [column('tier', 'tier'), column('organisation'), column('system'), column('code')];
const DUTY = [...SYSTEM, column('rule')];

const COLUMNS: Record<keyof ReportLines, readonly Column[]> = {
  counts: [
    { ...column('table'), word: wordIn('export.list', 'export.reportSection') },
    ...[column('total'), column('listed')],
  ],
  tiers: [
    ...[column('day'), column('tier', 'tier'), column('systems')],
    ...VERDICTS.map((verdict) => column(verdict, undefined, `verdict.${verdict}`)),
    ...[column('applicable'), column('met'), column('dueSoon', undefined, 'state.DUE_SOON')],
    ...[column('overdue'), column('failed', undefined, 'state.FAILED'), column('unknown', undefined, 'state.UNKNOWN')],
    ...[column('waived', undefined, 'state.WAIVED'), column('percentMet')],
  ],
  turns: [
    ...[...DUTY, column('fromState', 'state')],
    { ...column('state'), word: wordIn('state', 'export.reportState') },
    column('changedAt'),
  ],
  duties: [
    ...[...DUTY, column('state', 'state'), column('dueOn'), column('since'), column('gating'), column('owner')],
    column('reason'),
  ],
  waivers: [
    ...[...DUTY, column('status', 'export.reportState'), column('granted'), column('expiresOn'), column('renewals')],
    ...[column('why'), column('compensatingMeasure'), column('requestedBy'), column('decidedBy')],
  ],
  proofs: [
    ...SYSTEM,
    ...[column('evidenceKind', 'export.reportProof')],
    { ...column('outcome'), word: wordIn('outcome', 'export.reportState') },
    ...[column('performedAt'), column('measuredMinutes'), column('rtoMinutes'), column('lostMinutes')],
    column('rpoMinutes'),
  ],
  improvements: [
    ...[column('organisation'), column('opened'), column('ended'), column('open'), column('overdue')],
    column('percent'),
  ],
  exceptions: [column('section', 'export.reportSection'), ...DUTY, column('reason')],
};

/** A report as the tables of its page, behind one that tells which it is; only that while it is being made. */
export function reportTables(report: ReportResponse, actor: Actor): ExportedTable[] {
  const about = Object.fromEntries(REPORTS_EXPORT.columns.map(({ key, value }) => [key, value(report, actor)]));
  const columns = REPORTS_EXPORT.columns.map((each): Column => ({ ...each, value: (line) => line[each.key] }));
  const tables = report.content ? tablesOf(report.content, report, actor) : [];
  return [{ name: 'report', columns, rows: [about] }, ...tables];
}

function tablesOf(content: ReportContent, { people }: ReportResponse, { locale }: Actor): ExportedTable[] {
  const names = new Map(people.map(({ id, displayName }) => [id, displayName]));
  const lines = reportLines(content, {
    locale,
    named: ({ name, nameEn }: Named) => (locale === 'en' && nameEn) || name,
    person: (id) => (id === null ? null : (names.get(id) ?? null)),
  });
  return (Object.keys(COLUMNS) as (keyof ReportLines)[]).map((name) => ({
    name: `report-${name}`,
    columns: COLUMNS[name],
    rows: lines[name],
  }));
}
