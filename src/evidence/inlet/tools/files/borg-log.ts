import type { Json } from '../../payload/exact-json';
import { textAt } from '../../payload/json-values';
import type { NeutralRecord } from '../../reading/neutral-record';
import { framedBy, recordOf, worst } from '../../reading/record';
import { SubmissionRefused } from '../../reading/refused';
import type { ToolOutput } from '../../payload/tool-output';

const LOCKED = /\bLockTimeout\b|Failed to create\/acquire the lock|LockFailed/;
/** borg's own warnings, and the words of a log that names its levels, which may be parts of file names elsewhere. */
const WARNING = /(?:^|[\]\d:] )WARNING\b[: ]|: (?:\w+: )?\[Errno \d+\]|: file changed while we backed it up/;
const ERROR =
  /(?:^|[\]\d:] )(?:ERROR|CRITICAL)\b[: ]|^Data integrity error|IntegrityError|Traceback \(most recent call last\)|checksum mismatch|is not a valid repository/;
const CHECK_STARTED =
  /Starting (?:repository check|archive consistency check|cryptographic data integrity verification)/g;
const CHECK_ENDED =
  /Finished \w+ repository check|Archive consistency check complete|Finished cryptographic data integrity verification/g;
/** A check that is given some minutes a time: how far it came is only told as a place. */
const PART_CHECKED = /Finished partial segment check/;
/** What borgmatic says when borg, or a hook, ended badly. */
const BROKE_OFF = /(?:^|: )(?:Error running (?:actions for repository|configuration file)|An error occurred)$/m;
/** Of a check of some archives only. */
const SOME_CHECKED = /Orphaned objects check skipped \(needs all archives checked\)/;
/** A wrong passphrase, which comes to light between the two parts of a check. */
const NOT_OPENED = /passphrase supplied in .* is incorrect/;
/** Damage that keeps borg from opening what it was to check or to restore. */
const BEYOND_CHECK =
  /Invalid key data for repository|Inconsistency detected\. Please run "borg check|Data integrity error|IntegrityError/;
const NO_MATCH = /does not match any archives|No archives? (?:found|matched)/i;
const FOUND_INTEGRITY_ERRORS = /with ([1-9]\d*) integrity errors/;
const REPAIRED = /(?<!no )(?:errors|problems) found|orphaned objects found|all-zero chunk|missing (?:file )?chunk/i;
const CLEAN = /no problems found/g;

/** A file and what was done with it, of `--list`: what is wrong with one is told by a message of its own. */
const LISTED_FILE = /^[AMUCEdbchsfi?x+-] /;

/** What borg logs, as text or as JSON lines, on stderr or where both channels were sent as one: what went wrong, and how badly. */
class BorgLog {
  readonly warnings: number;
  readonly errors: number;
  readonly messages: readonly string[];
  private joined: string | undefined;

  constructor(readonly output: ToolOutput) {
    const channels = [
      output.jsonLines('stderr'),
      ...(output.document === undefined ? [output.jsonLines('stdout')] : []),
    ];
    const otherLines = channels.flatMap((channel) => channel.otherLines).filter((line) => !LISTED_FILE.test(line));
    const told = channels.flatMap(({ events }) => events).filter((event) => event['type'] === 'log_message');
    const level = (event: Json): string => textAt(event, 'levelname') ?? '';
    const warned = otherLines.filter((line) => WARNING.test(line) && !ERROR.test(line));
    const failed = otherLines.filter((line) => ERROR.test(line));
    this.warnings = told.filter((event) => level(event) === 'WARNING').length + warned.length;
    this.errors = told.filter((event) => /ERROR|CRITICAL/.test(level(event))).length + failed.length;
    this.messages = [...told.map((event) => textAt(event, 'message') ?? ''), ...otherLines];
  }

  get text(): string {
    this.joined ??= this.messages.join('\n');
    return this.joined;
  }

  get flags(): string[] {
    const { output } = this;
    return LOCKED.test(output.hasFailed ? output.text : output.stderr) ? ['REPO_LOCKED'] : [];
  }

  get isOfCheck(): boolean {
    return this.count(CHECK_STARTED) > 0;
  }

  /** Whether the log begins a part of a check that it does not end. */
  get isUnended(): boolean {
    return this.count(CHECK_STARTED) > this.count(CHECK_ENDED);
  }

  /** Whether a check was asked for archives that are not there. */
  get matchedNothing(): boolean {
    return NO_MATCH.test(this.text);
  }

  /** Whether borgmatic says that it did not get through. */
  get brokeOff(): boolean {
    return BROKE_OFF.test(this.text);
  }

  /** Whether borg could not read what it had stored. */
  get isDamaged(): boolean {
    return BEYOND_CHECK.test(this.text);
  }

  private count(pattern: RegExp): number {
    return (this.text.match(pattern) ?? []).length;
  }
}

const KNOWN = new WeakMap<ToolOutput, BorgLog>();

/** The log of an output, gone through once however many readers ask for it. */
export function borgLogOf(output: ToolOutput): BorgLog {
  const known = KNOWN.get(output) ?? new BorgLog(output);
  KNOWN.set(output, known);
  return known;
}

/** Whether borgmatic ran borg: it names the repository before each step, and sums up its configuration files. */
export const isOfBorgmatic = ({ text }: ToolOutput): boolean =>
  /: (?:Running (?:consistency checks|actions)|Running .{1,40} for|(?:Successfully|Error) (?:ran|running) configuration file|Creating archive|Listing (?:archives|repository)$|Displaying .{1,40} information$|Error running actions for repository)|\bborgmatic\b/m.test(
    text,
  );

/** Whether a borg exit code means done with warnings: 1, or 100 to 127 with BORG_EXIT_CODES=modern. */
export const isWarningExit = (code: number | null): boolean =>
  code === 1 || (code !== null && code >= 100 && code <= 127);

/** A restore by `extract`. With `--dry-run` it reads all data and writes none: it verifies, and is no restore test. */
export function extractRecord(tool: string, output: ToolOutput): NeutralRecord {
  const log = borgLogOf(output);
  if (output.exitCode === null)
    throw new SubmissionRefused('TRUNCATED', 'EXIT_CODE_NEEDED', { command: `${tool} extract` });
  const dry = output.command.hasBehind(tool, ['--dry-run', '-n']);
  const failed = output.exitCode !== 0 || log.errors > 0 || log.warnings > 0;
  return recordOf(tool, {
    ...framedBy(output),
    kind: dry ? 'VERIFICATION' : 'RESTORE_TEST',
    outcome: failed ? 'FAILED' : 'PASSED',
    strength: dry ? 'DATA_CHECKED' : 'RESTORED',
    errorCount: failed ? log.errors + log.warnings || null : 0,
    message: log.text,
    flags: [...log.flags, ...(dry ? ['NOT_A_RESTORE'] : []), ...(log.isDamaged ? ['DAMAGE_FOUND'] : [])],
  });
}

/** The verification that a `check` is. A quiet one says nothing when all is well, which only its exit code of 0 tells from no run at all. */
export function checkRecord(tool: string, output: ToolOutput, dataRead: boolean): NeutralRecord {
  const log = borgLogOf(output);
  const { text } = log;
  const damaged =
    FOUND_INTEGRITY_ERRORS.test(text) ||
    REPAIRED.test(text) ||
    log.isDamaged ||
    (log.errors > 0 && log.isOfCheck && !NOT_OPENED.test(text));
  if (output.exitCode === null && !damaged && (text.match(CLEAN) ?? []).length === 0)
    throw new SubmissionRefused('TRUNCATED', 'EXIT_CODE_NEEDED', { command: `${tool} check` });
  const unfinished = log.isUnended && !output.hasFailed;
  const nothing = log.matchedNothing;
  const part = PART_CHECKED.test(text);
  const failed = output.hasFailed || damaged || log.errors > 0 || unfinished || log.brokeOff;
  const told = damaged || (log.isOfCheck && !log.brokeOff);
  const aborted = output.hasFailed && (told ? !isWarningExit(output.exitCode) : true);
  return recordOf(tool, {
    ...framedBy(output),
    kind: 'VERIFICATION',
    outcome: worst(failed ? 'FAILED' : 'PASSED', nothing ? 'PARTIAL' : 'PASSED'),
    strength: dataRead ? 'DATA_CHECKED' : 'STRUCTURE_CHECKED',
    // Of a part that is not told how large it is nothing is counted.
    coverage: nothing || part ? 0 : null,
    errorCount: failed ? log.errors || null : 0,
    message: failed || nothing ? log.text : null,
    flags: [
      ...log.flags,
      ...(damaged ? ['DAMAGE_FOUND'] : []),
      ...(nothing ? ['NOTHING_VERIFIED'] : []),
      ...(unfinished && !damaged ? ['NO_SUMMARY'] : []),
      ...(part || SOME_CHECKED.test(text) ? ['COVERAGE_PARTIAL'] : []),
      ...(aborted ? ['TOOL_FAILED'] : []),
    ],
  });
}
