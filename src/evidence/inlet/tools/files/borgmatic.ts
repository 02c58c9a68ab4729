import type { Json } from '../../payload/exact-json';
import { datedBy, framedBy, quietBackup, recordOf } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';
import { reported } from '../shell';
import type { Reading, ToolAdapter } from '../tool-adapter';
import {
  TEXT_ARCHIVE,
  createdRecord,
  humanArchive,
  humanList,
  isCreated,
  isListed,
  isOfRepository,
  listedRecords,
} from './borg-archives';
import { BorgLog, checkRecord, extractRecord, isOfBorgmatic } from './borg-log';

const TOOL = 'borgmatic';
const VERBS = ['create', 'list', 'rlist', 'info', 'rinfo', 'check', 'prune', 'compact', 'extract'] as const;
type Verb = (typeof VERBS)[number];

function verbOf(output: ToolOutput): Verb | null {
  const named = output.command.programOf([TOOL]) ? output.command.verbOf(TOOL, VERBS) : null;
  return named ?? verbOfPayload(output);
}

function verbOfPayload(output: ToolOutput): Verb | null {
  const { document } = output;
  if (Array.isArray(document) && document.length > 0) {
    if (document.every(isCreated)) return 'create';
    return document.every(isListed) ? 'list' : null;
  }
  if (document === undefined && isOfBorgmatic(output) && TEXT_ARCHIVE.test(textOf(output))) return 'create';
  return document === undefined && isOfBorgmatic(output) && new BorgLog(output).isOfCheck ? 'check' : null;
}

const textOf = (output: ToolOutput): string => new BorgLog(output).text;

/** What borgmatic tells of an archive without `--stats`: that it is made, and that all is done. */
const BEGUN = ': Creating archive';
const ENDED_WELL = /: Successfully ran configuration file$/m;
const DRY_RUN = /: Creating archive \(dry run;/;

const hasEndedWell = (text: string): boolean =>
  text.includes(BEGUN) && ENDED_WELL.test(text.slice(text.indexOf(BEGUN)));

/** One archive a repository. When it ends badly, one of them has none: that is a run of its own that failed. */
function readCreate(output: ToolOutput): Reading {
  const log = new BorgLog(output);
  if (DRY_RUN.test(log.text) || output.command.hasBehind(TOOL, ['--dry-run', '-n']))
    return { records: [], flags: ['DRY_RUN'] };
  if (
    output.exitCode === 0 &&
    hasEndedWell(log.text) &&
    !TEXT_ARCHIVE.test(log.text) &&
    log.warnings + log.errors === 0
  )
    return { records: [quietBackup(TOOL, output)], ofThisRun: true };
  const clock = output.clock();
  const { document } = output;
  const created = Array.isArray(document) ? document.filter(isCreated) : [];
  const told = textOf(output)
    .split(/^(?=Repository: )/m)
    .flatMap((block) => humanArchive(block, clock) ?? []);
  if (!output.hasFailed && created.length === 0 && told.length === 0) {
    output.requireDocument();
    throw new SubmissionRefused('NOT_PARSEABLE', 'This is not what borgmatic create --json prints', {
      begins: output.stdout.slice(0, 80),
    });
  }
  const doubtful = output.hasFailed || log.warnings > 0 || log.errors > 0;
  const outcome = doubtful ? 'PARTIAL' : 'PASSED';
  const archives = [
    ...created.map((archive) => createdRecord(TOOL, archive, outcome, clock)),
    ...told.map((facts) => recordOf(TOOL, { kind: 'BACKUP', outcome, strength: 'COMPLETED', ...facts })),
  ];
  const records = archives.map((archive) => ({
    ...datedBy(output, archive),
    errorCount: log.errors + log.warnings,
    message: log.text,
  }));
  const failure = recordOf(TOOL, {
    ...framedBy(output),
    kind: 'BACKUP',
    outcome: 'FAILED',
    strength: 'COMPLETED',
    message: log.text,
  });
  return {
    records: output.hasFailed ? [...records, failure] : records,
    flags: [...clock.flags, ...log.flags, ...(log.warnings > 0 ? ['STDERR_WARNING'] : [])],
    ofThisRun: true,
  };
}

function readList(output: ToolOutput): Reading {
  if (output.hasFailed)
    throw new SubmissionRefused('TOOL_FAILED', 'borgmatic could not list its repositories', {
      exitCode: output.exitCode,
    });
  const archives = humanList(output.stdout.replace(/^.*: Listing archives$/gm, ''));
  const shown = output.document === undefined && archives && archives.length > 0 ? [{ archives }] : null;
  const document = shown ?? output.requireDocument();
  if (
    Array.isArray(document) &&
    document.length > 0 &&
    document.every((list) => isOfRepository(list) && !isListed(list))
  )
    return { records: [] };
  if (!shown && (!Array.isArray(document) || !document.every(isListed)))
    throw new SubmissionRefused('NOT_PARSEABLE', 'This is not what borgmatic list --json prints', {
      begins: output.stdout.slice(0, 80),
    });
  const clock = output.clock();
  const lists = (document as Json[]).map((list) => listedRecords(TOOL, list, clock));
  return {
    records: lists.flatMap(({ records }) => records),
    flags: [...lists.flatMap(({ flags }) => flags), ...clock.flags],
  };
}

export const BORGMATIC: ToolAdapter = {
  tool: TOOL,
  name: 'borgmatic',
  programs: ['borgmatic'],
  fits: (output) => verbOfPayload(output) !== null,
  read(output) {
    switch (verbOf(output)) {
      case 'create':
        return readCreate(output);
      case 'list':
      case 'rlist':
      case 'info':
      case 'rinfo':
        return readList(output);
      case 'check': {
        const dataRead = output.command.has('--verify-data') || /Finished cryptographic data/.test(output.text);
        return { records: [checkRecord(TOOL, output, dataRead)], ofThisRun: true };
      }
      case 'extract':
        return { records: [extractRecord(TOOL, output)], ofThisRun: true };
      case null:
        if (output.hasFailed) return readCreate(output);
        throw new SubmissionRefused('NOT_PARSEABLE', 'This is not the output of borgmatic', {
          begins: output.stdout.slice(0, 80),
        });
      default:
        return { records: [] };
    }
  },
  commandFor: (inletUrl) => reported(inletUrl, TOOL, 'borgmatic create --json', { zoned: true }),
};
