/** A command as it was typed: its words, and the part that belongs to a program. */
export class CommandLine {
  private readonly words: readonly string[];

  constructor(command: string | null) {
    this.words = (command?.slice(0, 10_000).match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? []).flatMap((word) =>
      /^["'].*\s/.test(word) ? word.slice(1, -1).split(/\s+/) : [word.replace(/^["']|["']$/g, '')],
    );
  }

  /** The first of the programs that the line runs, behind `sudo`, `sh -c` and the like; null when it runs none of them. */
  programOf(programs: readonly string[]): string | null {
    const found = this.words.map(basename).find((word) => programs.includes(word));
    return found ?? null;
  }

  /** The first of the verbs that stands behind the program and is no value of an option; null when none does. */
  verbOf<Verb extends string>(program: string, verbs: readonly Verb[]): Verb | null {
    const start = this.words.findIndex((word) => basename(word) === program);
    const found = this.words.find(
      (word, at) => at > start && (verbs as readonly string[]).includes(word) && !VALUED.test(this.words[at - 1] ?? ''),
    );
    return (found as Verb | undefined) ?? null;
  }

  /** The last words, as many as there are up to `count`. */
  last(count: number): readonly string[] {
    return this.words.slice(-count);
  }

  has(option: string): boolean {
    return this.words.includes(option);
  }

  /** Whether one of the options stands behind the program: `nice -n 19` before it says nothing of it. */
  hasBehind(program: string, options: readonly string[]): boolean {
    const start = this.words.findIndex((word) => basename(word) === program);
    return start >= 0 && this.words.slice(start + 1).some((word) => options.includes(word));
  }

  /** The value of `--option=value` or `--option value`; null without it. */
  valueOf(option: string): string | null {
    const joined = this.words.find((word) => word.startsWith(`${option}=`));
    if (joined) return joined.slice(option.length + 1);
    const index = this.words.indexOf(option);
    return (index >= 0 && this.words[index + 1]) || null;
  }
}

/** Options of backup tools that take the word behind them, however that is called: a repository may be named `check`. Of one letter only those that no tool takes alone. */
const VALUED =
  /^(?:-[rc]|--(?:repo|repository|repository-file|password-file|password-command|config|config-file|cache-dir|cacert|option|remote-path|rsh|log-file|log-dir|stanza|format))$/;

const basename = (word: string): string => word.slice(word.lastIndexOf('/') + 1).replace(/\.exe$/i, '');
