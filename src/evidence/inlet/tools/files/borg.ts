import { at, objectsAt, textAt } from '../../payload/json-values';
import { datedBy, framedBy, quietBackup, recordOf, worst } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import type { SourceClock } from '../../payload/tool-times';
import { reported } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';
import {
  TEXT_ARCHIVE,
  TEXT_INFO,
  TEXT_OF_REPOSITORY,
  createdRecord,
  humanArchive,
  humanList,
  isCreated,
  isListed,
  isOfRepository,
  listedRecords,
  shownRecords,
} from './borg-archives';
import { borgLogOf, checkRecord, extractRecord, isOfBorgmatic, isWarningExit } from './borg-log';

const TOOL = 'borg';
const VERBS = [
  'create',
  'list',
  'repo-list',
  'info',
  'check',
  'extract',
  'prune',
  'compact',
  'delete',
  'init',
] as const;
/** Words that may also be the value of an option: they count where the payload is not known for another verb. */
const SIDE_VERBS = [
  ...['rename', 'recreate', 'diff', 'mount', 'umount', 'key', 'config', 'upgrade', 'with-lock', 'break-lock', 'serve'],
  ...['export-tar', 'import-tar', 'benchmark', 'debug', 'repo-info', 'repo-create', 'repo-delete', 'repo-compress'],
  ...['repo-space', 'transfer', 'tag', 'undelete', 'version'],
] as const;
type Verb = (typeof VERBS)[number] | (typeof SIDE_VERBS)[number];
/** Without any of them a `create` that ends well says nothing of the archive that it made. */
const TALKATIVE = ['--json', '--stats', '-s'];
/** What `-v` says before the work begins. */
const BEGINS = /^Creating archive at ".*"$/;

function verbOf(output: ToolOutput): Verb | null {
  const named = output.command.programOf([TOOL]) ? output.command.verbOf(TOOL, [...VERBS, ...SIDE_VERBS]) : null;
  const isSure = named !== null && (VERBS as readonly string[]).includes(named);
  return isSure ? named : (verbOfPayload(output) ?? named);
}

function verbOfPayload(output: ToolOutput): Verb | null {
  if (isListed(output.document)) return 'list';
  if (isCreated(output.document)) return 'create';
  if (isOfBorgmatic(output)) return null;
  const log = borgLogOf(output);
  if (TEXT_ARCHIVE.test(log.text)) return TEXT_INFO.test(log.text) ? 'info' : 'create';
  if (isCreated(output.embedded ?? undefined)) return 'create';
  if (isListed(output.embedded ?? undefined)) return 'list';
  if ((humanList(output.stdout) ?? []).length > 0) return 'list';
  return log.isOfCheck ? 'check' : null;
}

function readCreate(output: ToolOutput): Reading {
  const log = borgLogOf(output);
  const clock = output.clock();
  if (output.command.hasBehind(TOOL, ['--dry-run', '-n'])) return { records: [], flags: ['DRY_RUN'] };
  const isQuiet = output.document === undefined && hasOnlyBegun(log.messages);
  if (output.exitCode === 0 && isQuiet && !output.command.hasBehind(TOOL, TALKATIVE))
    return { records: [quietBackup(TOOL, output)], ofThisRun: true };
  const mixed = output.document === undefined ? output.embedded : null;
  const document = output.document ?? mixed ?? undefined;
  const failed = output.hasFailed && !isWarningExit(output.exitCode);
  const mark = worst(
    failed || log.errors > 0 ? 'FAILED' : 'PASSED',
    isWarningExit(output.exitCode) || log.warnings > 0 ? 'PARTIAL' : 'PASSED',
  );
  const flags = [
    ...log.flags,
    ...(log.warnings > 0 ? ['STDERR_WARNING'] : []),
    ...(mixed === null ? [] : ['MIXED_OUTPUT']),
  ];
  if (document !== undefined && isCreated(document)) {
    const created = datedBy(output, createdRecord(TOOL, document, mark, clock));
    const errorCount = log.errors + log.warnings;
    const record = {
      ...created,
      errorCount,
      message: mixed === null ? log.text : null,
      flags: [...clock.flags, ...flags],
    };
    return { records: [record], ofThisRun: true };
  }
  // Several repositories may have been written to by one script.
  const told = log.text.split(/^(?=Repository: )/m).flatMap((block) => humanArchive(block, clock) ?? []);
  if (!output.hasFailed && told.length === 0 && !hasToldFailure(output)) {
    output.requireDocument();
    throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'borg create --json' });
  }
  const made = { kind: 'BACKUP', strength: 'COMPLETED', message: log.text } as const;
  const flagged = [...clock.flags, ...flags];
  const archives = told.map((facts) =>
    recordOf(TOOL, { ...made, outcome: mark, ...facts, errorCount: log.errors + log.warnings, flags: flagged }),
  );
  const none = recordOf(TOOL, {
    ...framedBy(output),
    ...made,
    outcome: 'FAILED',
    flags: [...flagged, 'NO_SUMMARY'],
  });
  return {
    records: archives.length > 0 ? archives.map((archive) => datedBy(output, archive)) : [none],
    ofThisRun: true,
  };
}

function readList(output: ToolOutput): Reading {
  if (output.hasFailed && !isWarningExit(output.exitCode))
    throw new SubmissionRefused('TOOL_FAILED', 'LIST_FAILED', { tool: 'borg' });
  const clock = output.clock();
  // Warnings stand before the list where both channels were sent as one.
  const mixed = output.document === undefined && isListed(output.embedded ?? undefined) ? output.embedded : null;
  const human = output.document === undefined && mixed === null ? readForPeople(output, clock) : null;
  if (human) return human;
  const document = mixed ?? output.requireDocument();
  if (isOfRepository(document) && !isListed(document)) return { records: [] };
  if (!isListed(document)) throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'borg list --json' });
  const { records, flags } = listedRecords(TOOL, document, clock);
  return {
    records,
    flags: [...flags, ...clock.flags, ...(mixed === null ? [] : ['MIXED_OUTPUT'])],
    // What `info` says of an archive has its statistics.
    ofWholeStore: objectsAt(document, 'archives').every((archive) => at(archive, 'stats') === undefined),
  };
}

/** The text of `list` or of `info` of an archive; null when it is neither. */
function readForPeople(output: ToolOutput, clock: SourceClock): Reading | null {
  const { text } = borgLogOf(output);
  if (TEXT_INFO.test(text) && TEXT_ARCHIVE.test(text)) {
    const { records, flags } = shownRecords(TOOL, text, clock);
    return { records, flags: [...flags, ...clock.flags] };
  }
  if (TEXT_OF_REPOSITORY.test(output.stdout)) return { records: [] };
  const archives = output.command.has('--json') ? null : humanList(output.stdout);
  if (archives === null || (archives.length === 0 && output.exitCode !== 0)) return null;
  const { records, flags } = listedRecords(TOOL, { archives }, clock);
  return { records, flags: [...flags, ...clock.flags], ofWholeStore: true };
}

export const BORG: ToolAdapter = {
  tool: TOOL,
  name: 'BorgBackup',
  aliases: ['borgbackup'],
  programs: ['borg'],
  fits: (output) =>
    verbOfPayload(output) !== null ||
    [output.jsonLines('stderr'), output.jsonLines()].some(({ events }) =>
      events.some((event) => /^borg\./.test(textAt(event, 'name') ?? '')),
    ),
  read(output) {
    switch (verbOf(output)) {
      case 'create':
        return readCreate(output);
      case 'list':
      case 'repo-list':
      case 'info':
        return readList(output);
      case 'check':
        return {
          records: [checkRecord(TOOL, output, output.command.has('--verify-data') || isVerified(output))],
          ofThisRun: true,
        };
      case 'extract':
        return { records: [extractRecord(TOOL, output)], ofThisRun: true };
      case null:
        if (output.hasFailed || hasToldFailure(output)) return readCreate(output);
        throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_OUTPUT', { command: 'borg' });
      default:
        return { records: [] };
    }
  },
  commandFor: (inletUrl) =>
    reported(inletUrl, TOOL, 'borg create --json --stats ::data-{now} /srv/data', { zoned: true }),
};

/** Whether nothing was said, or but that the work begins and what was done with each file. */
const hasOnlyBegun = (messages: readonly string[]): boolean =>
  messages.every((message) => BEGINS.test(message) || message.trim() === '');

/** Whether borg itself says in JSON that it failed, also where its exit code is not known. */
const hasToldFailure = (output: ToolOutput): boolean =>
  [output.jsonLines('stderr'), output.jsonLines()].some(({ events }) =>
    events.some(
      (event) =>
        /^borg\b/.test(textAt(event, 'name') ?? '') && /^(?:ERROR|CRITICAL)$/.test(textAt(event, 'levelname') ?? ''),
    ),
  );

const isVerified = (output: ToolOutput): boolean =>
  /Finished cryptographic data integrity verification/.test(output.text);
