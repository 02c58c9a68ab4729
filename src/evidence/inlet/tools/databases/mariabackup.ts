import { framedBy, recordOf, worst } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { reported } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';

const TOOL = 'mariabackup';
const INFO_LINE = /^(\w+) = ?(.*)$/gm;
/** The last line but for those that newer versions add behind it: without it the file was cut. */
const LAST_KEY = 'compressed';
/** What a run says when it begins. */
const BEGUN = /^(?:mariabackup|xtrabackup|mariadb-backup) (?:based on|version)\b/im;
/** Options by which a backup leaves out databases or tables. */
const SOME_OF_IT = /--(?:databases|tables)(?:-file|-exclude)?[= ]/;
const DAMAGED = /page corruption|seems to be corrupted|\bis corrupted\b|checksum mismatch/i;
const COMPLETED = /completed OK!\s*$/;
const LOG =
  /^\[\d\d\] \d{4}-\d\d-\d\d \d\d:\d\d:\d\d |^(?:mariabackup|xtrabackup|mariadb-backup)[: ]|\[(?:Note|ERROR)\] \[MY-\d+\] \[Xtrabackup\]/im;

const infoOf = (text: string): Map<string, string> =>
  new Map([...text.matchAll(INFO_LINE)].map(([, key = '', value = '']) => [key, value.trim()]));
const isInfo = (text: string): boolean => /^uuid = \S+$/m.test(text) && /^tool_(?:name|command) = /m.test(text);

/** The file `xtrabackup_info` that a backup leaves: no size, and local times. */
function readInfo(output: ToolOutput): Reading {
  const info = infoOf(output.stdout);
  const value = (key: string): string | null => info.get(key) || null;
  if (!info.has(LAST_KEY)) throw new SubmissionRefused('TRUNCATED', 'LIST_CUT');
  const clock = output.clock();
  const finishedAt = clock.read(value('end_time') ?? undefined);
  const record = recordOf(TOOL, {
    kind: 'BACKUP',
    // Of some of the tables only.
    outcome: worst(output.hasFailed ? 'FAILED' : 'PASSED', value('partial') === 'Y' ? 'PARTIAL' : 'PASSED'),
    strength: 'COMPLETED',
    startedAt: clock.read(value('start_time') ?? undefined),
    finishedAt,
    recoveryPointAt: finishedAt,
    timeBasis: finishedAt && 'SOURCE_TZ',
    toolVersion: value('tool_version'),
    runKey: `${TOOL}:${value('uuid')}`,
    flags: [...clock.flags],
  });
  return { records: [record] };
}

/** What a log is of, when its command is not known. All of them end in the same words. */
const LOGS: readonly [kind: 'BACKUP' | 'VERIFICATION' | 'RESTORE_TEST', option: RegExp, words: RegExp][] = [
  ['RESTORE_TEST', /--(?:copy|move)-back\b/, /\b(?:Copying|Moving) \S+ to |\bOriginal data directory\b/i],
  ['VERIFICATION', /--prepare\b/, /This target seems to be|configuration for recovery|instance for recovery/],
  ['BACKUP', /--backup\b/, /Connecting to \w+ server|Using server version|Redo log \(from LSN|Transaction log of lsn/i],
];

function kindOf({ submission, text }: ToolOutput): 'BACKUP' | 'VERIFICATION' | 'RESTORE_TEST' | null {
  const asked = LOGS.find(([, option]) => option.test(submission.command ?? ''));
  // A backup copies too, and a restore never connects: the later of the list says more.
  return (asked ?? LOGS.findLast(([, , words]) => words.test(text)))?.[0] ?? null;
}

/** A run told by its log: the last line says whether it came to its end. */
function readLog(output: ToolOutput): Reading {
  if (!output.hasFailed && !LOG.test(output.text) && !COMPLETED.test(output.text))
    throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'mariabackup / xtrabackup_info' });
  const told = kindOf(output);
  if (told === null && !output.hasFailed)
    throw new SubmissionRefused('NOT_PARSEABLE', 'DEED_UNTOLD', { command: 'mariabackup' });
  const kind = told ?? 'BACKUP';
  const completed = COMPLETED.test(output.stderr.trimEnd()) || COMPLETED.test(output.stdout.trimEnd());
  const failed = output.hasFailed || !completed;
  const framed = framedBy(output);
  const record = recordOf(TOOL, {
    ...framed,
    kind,
    outcome: worst(
      failed ? 'FAILED' : 'PASSED',
      kind === 'BACKUP' && SOME_OF_IT.test(output.submission.command ?? '') ? 'PARTIAL' : 'PASSED',
    ),
    strength: ({ BACKUP: 'COMPLETED', VERIFICATION: 'STRUCTURE_CHECKED', RESTORE_TEST: 'RESTORED' } as const)[kind],
    recoveryPointAt: kind === 'BACKUP' ? framed.finishedAt : null,
    errorCount: failed ? null : 0,
    message: failed ? output.text.trim().slice(-2_000) : null,
    flags: [
      ...(completed || output.hasFailed ? [] : ['NO_SUMMARY']),
      ...(failed && DAMAGED.test(output.text) ? ['DAMAGE_FOUND'] : []),
    ],
  });
  return { records: [record], ofThisRun: true };
}

export const MARIABACKUP: ToolAdapter = {
  tool: TOOL,
  name: 'mariabackup / XtraBackup',
  aliases: ['xtrabackup', 'mariadb-backup', 'percona-xtrabackup'],
  programs: ['mariabackup', 'xtrabackup', 'mariadb-backup'],
  fits: (output) =>
    isInfo(output.stdout) || (LOG.test(output.text) && (/completed OK!/.test(output.text) || BEGUN.test(output.text))),
  read: (output) => (isInfo(output.stdout) ? readInfo(output) : readLog(output)),
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'cat /backup/full/xtrabackup_info', { zoned: true }),
};
