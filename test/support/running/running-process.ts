import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Root of the repository, where the built product is. */
export const REPOSITORY = join(__dirname, '..', '..', '..');

/** What every program needs of the machine; the settings of the service come from the test alone. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'PG_BIN'];
const PATIENCE_MS = 60_000;

const started = new Set<RunningProcess>();

export interface RunOptions {
  settings?: Record<string, string>;
  /** Written to its standard input, which is then at its end. */
  input?: string;
  /** Leader of a process group of its own, so that a signal can be sent to the group as a terminal does it. */
  group?: boolean;
}

/** How a process ended, and all that it wrote. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A program of the built product as a process of its own. */
export class RunningProcess {
  stdout = '';
  stderr = '';
  private readonly ended: Promise<unknown>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly group: boolean,
  ) {
    child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.ended = once(child, 'close');
  }

  /** Runs Node with these words, in the root of the repository. */
  static start(words: string[], { settings = {}, input, group = false }: RunOptions = {}): RunningProcess {
    const inherited = INHERITED.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []));
    const child = spawn(process.execPath, words, {
      cwd: REPOSITORY,
      env: { ...Object.fromEntries(inherited), ...settings },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: group,
    });
    child.stdin.on('error', () => undefined); // it may end without having read
    child.stdin.end(input);
    const running = new RunningProcess(child, group);
    started.add(running);
    return running;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Waits until its standard output matches. @throws Error with all it wrote when it ends before, or in time does not. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const start = performance.now();
    for (;;) {
      const found = pattern.exec(this.stdout);
      if (found) return found;
      if (this.hasEnded || performance.now() - start > PATIENCE_MS)
        throw new Error(`${this.hasEnded ? 'ended without' : 'does not say'} ${pattern}: ${this.stdout}${this.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Sends a signal to it, or to its whole group when it leads one; to nobody when it is gone, as one who presses Ctrl-C late does. */
  signal(signal: NodeJS.Signals): void {
    if (!this.group) this.child.kill(signal);
    else if (!this.hasEnded) process.kill(-this.pid, signal);
  }

  /** Waits until it is gone. @throws Error when it does not go. */
  async end(): Promise<Ending> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`does not end: ${this.stdout}${this.stderr}`)), PATIENCE_MS);
    });
    await Promise.race([this.ended, late]).finally(() => clearTimeout(timer));
    const { exitCode, signalCode } = this.child;
    return { code: exitCode, signal: signalCode, stdout: this.stdout, stderr: this.stderr };
  }

  /** Sends a signal and waits until it is gone. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ending> {
    this.signal(signal);
    return this.end();
  }

  /** The lines of its log that tell of something wrong, and whatever it wrote to standard error. */
  complaints(): string[] {
    const lines = this.stdout.split('\n').filter((line) => /^\{"level":"(warn|error|fatal)"/.test(line));
    return [...lines, ...this.stderr.split('\n').filter(Boolean)];
  }
}

/** Runs a command to its end. */
export function runToEnd(words: string[], options: RunOptions = {}): Promise<Ending> {
  return RunningProcess.start(words, options).end();
}

/** Ends, the hard way, every process that a test of this file has left; for `afterAll`, however the tests went. */
export async function endLeftProcesses(): Promise<void> {
  const left = [...started].filter(({ hasEnded }) => !hasEnded);
  started.clear();
  await Promise.all(left.map((one) => one.stop('SIGKILL')));
}
