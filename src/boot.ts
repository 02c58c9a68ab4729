import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, ConfigError, readConfig } from './platform/config/config';
import type { DatabaseConnection } from './platform/database/data-source';
import { createLogger, type Pino } from './platform/logging/logger';

/** A step that hangs must not keep the next ones from being done: the last of them stops the database. */
const LONGEST_STEP_MS = 8_000;
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A start that failed for a reason that one line tells; no stack is needed. */
export class StartError extends Error {}

/** Thrown out of a start, or a command, that was told to stop half-way. */
export class Stopped extends Error {}

/** What is open and must be closed again: last opened, first closed, also when a start fails or is stopped half-way. */
export class Undo {
  private readonly steps: (() => unknown)[] = [];
  private opening: Promise<unknown> = Promise.resolve();
  private running: Promise<void> | undefined;

  /** Opens one thing. @throws Stopped when everything is being closed: who starts must not go on. */
  async open<T>(open: () => T | Promise<T>, close: (opened: T) => unknown): Promise<T> {
    if (this.running) throw new Stopped();
    const opening = (async () => {
      const opened = await open();
      this.steps.unshift(() => close(opened));
      return opened;
    })();
    this.opening = opening.catch(() => undefined);
    const opened = await opening;
    if (this.running) throw new Stopped();
    return opened;
  }

  /** Whether everything is being closed. */
  get begun(): boolean {
    return this.running !== undefined;
  }

  /** Closes everything once, however often it is asked, and also what is being opened just now. @throws the first error, after all the others. */
  run(): Promise<void> {
    this.running ??= Promise.race([this.opening, late()])
      .catch(() => undefined) // a database that is still recovering is left to it; the next start takes it over
      .then(() => this.all());
    return this.running;
  }

  private async all(): Promise<void> {
    const errors: unknown[] = [];
    for (const step of this.steps) {
      try {
        await Promise.race([step(), late()]);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}

/** Calls back at the first signal to stop. More of them change nothing: Ctrl-C comes from the terminal and again from npm. */
export function onStopSignal(stop: (signal: NodeJS.Signals) => void): void {
  let told = false;
  for (const signal of STOP_SIGNALS)
    process.on(signal, () => {
      if (!told) stop(signal);
      told = true;
    });
}

/**
 * Runs a long-lived process: reads the settings, starts, and on a signal closes what was opened, last first. Nest's own shutdown hooks are
 * not used: the embedded database must outlive the application that uses it.
 */
export async function run(start: (config: Config, logger: Pino, undo: Undo) => Promise<void>): Promise<void> {
  const undo = new Undo();
  let logger: Pino | undefined;
  const stop = async (exitCode: number): Promise<void> => {
    try {
      await undo.run();
      process.exit(exitCode);
    } catch (error) {
      logger?.error(error);
      process.exit(1);
    }
  };
  onStopSignal((signal) => {
    logger?.info(`stopping (${signal})`);
    void stop(0);
  });
  try {
    const config = readConfig();
    logger = createLogger(config);
    await start(config, logger, undo);
  } catch (error) {
    if (undo.begun) return; // its ground was taken away because it is to stop
    const plain = error instanceof ConfigError || error instanceof StartError || !logger;
    if (plain) process.stderr.write(`${(error as Error).message}\n`);
    else logger?.fatal(error);
    await stop(1);
  }
}

async function late(): Promise<never> {
  await sleep(LONGEST_STEP_MS, undefined, { ref: false });
  throw new Error(`did not stop within ${LONGEST_STEP_MS / 1000} s`);
}

/** @throws StartError when no database is named: these processes have none of their own. */
export function requireDatabase({ DATABASE_URL }: Config): DatabaseConnection {
  if (!DATABASE_URL)
    throw new StartError(
      'DATABASE_URL is not set. Set it to a PostgreSQL server, or use `npm start`, which brings one of its own.',
    );
  return { url: DATABASE_URL };
}
