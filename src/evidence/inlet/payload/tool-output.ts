import { CommandLine } from './command-line';
import { decodeLenient, decodeText } from './decode-text';
import { type Json, isObject, parseExact } from './exact-json';
import { parseYaml } from './exact-yaml';
import { SubmissionRefused } from '../reading/refused';
import type { Submission } from '../reading/submission';
import { SourceClock } from './tool-times';

/** The lines of a stream of JSON, and what stands between them. */
export interface JsonLines {
  events: { [key: string]: Json }[];
  otherLines: string[];
  /** Whether the last line begins an object and does not end it. */
  cut: boolean;
}

/** Enough for a log with braces in it; a stream of JSON has none. */
const MOST_BROKEN_LINES = 100;

/** The output of a tool as text, decoded once and parsed at most once. */
export class ToolOutput {
  readonly command: CommandLine;
  /** Null when nobody said how the command ended. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  private parsed: { value: Json } | { refusal: SubmissionRefused } | undefined;
  private yaml: { value: Json } | { refusal: SubmissionRefused } | undefined;
  private alone: ToolOutput | undefined;
  private readonly lines = new Map<string, JsonLines>();

  /** Throws SubmissionRefused (`WRONG_ENCODING`). */
  constructor(readonly submission: Submission) {
    this.command = new CommandLine(submission.command);
    this.exitCode = submission.exitCode;
    this.stdout = decodeText(submission.stdout);
    this.stderr = decodeLenient(submission.stderr);
  }

  /** Whether there is nothing to read on either channel. */
  get isSilent(): boolean {
    return this.stdout.trim() === '' && this.stderr.trim() === '';
  }

  get text(): string {
    return `${this.stdout}\n${this.stderr}`;
  }

  /** Whether the command is known to have ended badly. */
  get hasFailed(): boolean {
    return this.exitCode !== null && this.exitCode !== 0;
  }

  /** The whole of stdout as one JSON document; undefined when it is none. */
  get document(): Json | undefined {
    const parsed = this.parse();
    return 'value' in parsed ? parsed.value : undefined;
  }

  /** An indented object among the lines of a log, as where both channels were sent as one; null when there is none. */
  get embedded(): Json | null {
    const start = this.stdout.search(/^\{\s*$/m);
    const end = this.stdout.lastIndexOf('\n}');
    const parsed = start < 0 || end < start ? null : outcomeOf(this.stdout.slice(start, end + 2));
    return parsed && 'value' in parsed ? parsed.value : null;
  }

  /** This output with nothing but its JSON on stdout, where lines for people stand before or behind it; itself where there are none, or no whole JSON. */
  get jsonAlone(): ToolOutput {
    this.alone ??= this.withoutLines();
    return this.alone;
  }

  /** The document if any reader has asked for it; undefined otherwise, also where there is one. */
  get knownDocument(): Json | undefined {
    return this.parsed && 'value' in this.parsed ? this.parsed.value : undefined;
  }

  /** The document for a reader that can do with nothing else. Throws SubmissionRefused with what is wrong. */
  requireDocument(): Json {
    const parsed = this.parse();
    if ('refusal' in parsed) throw parsed.refusal;
    return parsed.value;
  }

  /** The documents of stdout as YAML, for a reader that knows by its marks that it is some. Throws SubmissionRefused with what is wrong. */
  requireYaml(): Json[] {
    this.yaml ??= attempted(() => parseYaml(this.stdout));
    if ('refusal' in this.yaml) throw this.yaml.refusal;
    return this.yaml.value as Json[];
  }

  /** One object a line, as on stdout; tools that log in JSON do so on stderr. */
  jsonLines(channel: 'stdout' | 'stderr' = 'stdout'): JsonLines {
    const known = this.lines.get(channel) ?? readLines(this[channel]);
    this.lines.set(channel, known);
    return known;
  }

  clock(): SourceClock {
    return new SourceClock(this.submission.sourceTimeZone);
  }

  private withoutLines(): ToolOutput {
    const start = this.document === undefined ? this.stdout.search(/^[[{]/m) : 0;
    if (start <= 0) return this;
    const json = this.stdout.slice(start, Math.max(this.stdout.lastIndexOf(']'), this.stdout.lastIndexOf('}')) + 1);
    return 'value' in outcomeOf(json) ? new ToolOutput({ ...this.submission, stdout: Buffer.from(json) }) : this;
  }

  private parse(): { value: Json } | { refusal: SubmissionRefused } {
    this.parsed ??= outcomeOf(this.stdout);
    return this.parsed;
  }
}

function outcomeOf(text: string): { value: Json } | { refusal: SubmissionRefused } {
  return attempted(() => {
    if (!/^\s*[[{]/.test(text)) throw new SubmissionRefused('NOT_PARSEABLE', 'NOT_JSON');
    return parseExact(text);
  });
}

function attempted(parse: () => Json): { value: Json } | { refusal: SubmissionRefused } {
  try {
    return { value: parse() };
  } catch (error) {
    if (error instanceof SubmissionRefused) return { refusal: error };
    throw error;
  }
}

function readLines(text: string): JsonLines {
  const found: JsonLines = { events: [], otherLines: [], cut: false };
  let failures = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const opens = line.startsWith('{');
    const closes = line.trimEnd().endsWith('}');
    found.cut = opens && !closes;
    const parsed = opens && closes && failures < MOST_BROKEN_LINES ? outcomeOf(line) : null;
    if (parsed && 'value' in parsed && isObject(parsed.value)) found.events.push(parsed.value);
    else found.otherLines.push(line);
    if (parsed && 'refusal' in parsed) failures += 1;
  }
  return found;
}
