import { SubmissionRefused } from '../../reading/refused';
import type { JobRow } from './bacula-rows';

/**
 * `26-Nov 20:44 vm-dir JobId 1: Bacula vm-dir 9.6.7 (10Dec20):` begins the report of a job, which the director also sends by mail. Of a job
 * that failed it is an `Error: `; that of an Admin job does not name the director.
 */
const HEAD =
  /^.{0,200}?\bJobId \d{1,12}: (?:(?:Error|Fatal error|Warning): )?(?:Bacula|Bareos) (?:\S{1,100} )?\d[\w.~-]{0,40} \([^()\n]{0,40}\):.*$/m;
/** What the storage daemon says before a report, of a block that is not what was written. */
const DAMAGE = /\bJobId (\d{1,12}): .{0,200}?\bVolume data error\b/g;
const LINE = /^ {2}([A-Z][\w /()-]*?): +(.*)$/gm;
const LEVELS: Readonly<Record<string, string>> = {
  InitCatalog: 'V',
  Full: 'F',
  Incremental: 'I',
  Differential: 'D',
  VolumeToCatalog: 'O',
  DiskToCatalog: 'd',
  Catalog: 'C',
  Data: 'A',
};
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const isReport = (text: string): boolean => HEAD.test(text);

/** The jobs that reports are about, as rows of the catalog. Throws SubmissionRefused (`TRUNCATED`) for a report without its last line. */
export function reportRows(text: string): JobRow[] {
  const damaged = new Set([...text.matchAll(DAMAGE)].map(([, id]) => id));
  return text
    .split(new RegExp(HEAD, 'gm'))
    .slice(1)
    .map((report) => rowOfReport(report, damaged));
}

function rowOfReport(report: string, damaged: ReadonlySet<string | undefined>): JobRow {
  const lines = new Map([...report.matchAll(LINE)].map(([, name = '', value = '']) => [name, value.trim()]));
  const value = (...names: readonly string[]): string =>
    names.map((name) => lines.get(name)).find((found) => found) ?? '';
  const termination = lines.get('Termination');
  if (termination === undefined) throw new SubmissionRefused('TRUNCATED', 'JOB_REPORT_CUT');
  const level = value('Backup Level', 'Verify Level');
  const number = (...names: readonly string[]): string =>
    value(...names)
      .replace(/[^\d,].*$/, '')
      .replaceAll(',', '');
  const lost = value('Files Restored') !== '' && number('Files Restored') !== number('Files Expected');
  const errors = ['Non-fatal FD errors', 'FD Errors', 'SD Errors'].reduce((sum, name) => sum + Number(number(name)), 0);
  return new Map([
    ['jobid', value('JobId')],
    ['job', value('Job')],
    ['name', value('Job').replace(/\.\d{4}-\d\d-\d\d_[\d.]+_\d+$/, '')],
    ['type', /^(?:\*+ )?([BRV])/.exec(termination)?.[1] ?? ''],
    ['level', LEVELS[level.split(/[ ,]/)[0] ?? ''] ?? ''],
    ['client', value('Client', 'Restore Client').replace(/^"([^"]*)".*$/, '$1')],
    ['jobstatus', lost ? 'E' : statusOf(termination)],
    ['starttime', timeOf(value('Start time'))],
    ['endtime', timeOf(value('End time'))],
    ['jobfiles', number('FD Files Written', 'Files Restored', 'Files Examined')],
    ['jobbytes', number('FD Bytes Written', 'Bytes Restored')],
    ['joberrors', String(errors)],
    ['damaged', damaged.has(number('JobId')) ? '1' : ''],
  ]);
}

/** The letter of the catalog for the words of a report; the words themselves when they are not known. */
function statusOf(termination: string): string {
  if (/\bOK -- with warnings/.test(termination)) return 'W';
  if (/^(?:Backup|Restore|Verify) OK$/.test(termination)) return 'T';
  if (/\bDifferences\b/.test(termination)) return 'D';
  if (/\bCancell?ed\b/i.test(termination)) return 'A';
  if (/\bIncomplete\b/i.test(termination)) return 'I';
  return /\bError\b|\bmismatch\b/i.test(termination) ? 'E' : termination;
}

/** `26-Nov-2026 20:44:31`, in the director's time, as the catalog writes it. */
function timeOf(told: string): string {
  const [, day, month = '', year, time] = /^(\d\d)-(\w{3})-(\d{4}) (\d\d:\d\d:\d\d)/.exec(told) ?? [];
  const index = MONTHS.indexOf(month) + 1;
  return time && index > 0 ? `${year}-${String(index).padStart(2, '0')}-${day} ${time}` : '';
}
