import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, ConfigError, readConfig } from './platform/config/config';
import type { DatabaseConnection } from './platform/database/data-source';
import { createLogger, type Pino } from './platform/logging/logger';

const LONGEST_STOP_MS = 10_000;
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One thing to undo when the process stops. */
export type Stop = () => Promise<unknown> | void;

/** A start that failed for a reason that one line tells; no stack is needed. */
export class StartError extends Error {}

/** Things to undo, last made first undone, also when the start itself fails half-way. */
export class Undo {
  private readonly steps: Stop[] = [];
  private running: Promise<void> | undefined;

  add(step: Stop): void {
    this.steps.unshift(step);
  }

  /** Undoes everything once, however often it is asked. @throws the first error, after all the other steps. */
  run(): Promise<void> {
    this.running ??= this.all();
    return this.running;
  }

  private async all(): Promise<void> {
    const errors: unknown[] = [];
    for (const step of this.steps) {
      try {
        await step();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}

/**
 * Runs a long-lived process: reads the settings, starts, and on a signal undoes what was started, last first. Nest's own shutdown hooks are
 * not used: the embedded database must outlive the application that uses it.
 */
export async function run(start: (config: Config, logger: Pino, undo: Undo) => Promise<void>): Promise<void> {
  const undo = new Undo();
  let logger: Pino | undefined;
  const stop = async (exitCode: number): Promise<void> => {
    const late = sleep(LONGEST_STOP_MS, 'late', { ref: false });
    const end = await Promise.race([undo.run().then(() => 'done'), late]).catch((error: unknown) => error);
    if (end === 'late') logger?.error(`did not stop within ${LONGEST_STOP_MS / 1000} s`);
    else if (end !== 'done') logger?.error(end);
    process.exit(end === 'done' ? exitCode : 1);
  };
  for (const signal of STOP_SIGNALS)
    process.once(signal, () => {
      logger?.info(`stopping (${signal})`);
      void stop(0);
    });
  try {
    const config = readConfig();
    logger = createLogger(config);
    await start(config, logger, undo);
  } catch (error) {
    const plain = error instanceof ConfigError || error instanceof StartError || !logger;
    if (plain) process.stderr.write(`${(error as Error).message}\n`);
    else logger?.fatal(error);
    await stop(1);
  }
}

/** @throws StartError when no database is named: these processes have none of their own. */
export function requireDatabase({ DATABASE_URL }: Config): DatabaseConnection {
  if (!DATABASE_URL)
    throw new StartError(
      'DATABASE_URL is not set. Set it to a PostgreSQL server, or use `npm start`, which brings one of its own.',
    );
  return { url: DATABASE_URL };
}

/** The address that people open. */
export function publicAddress({ PUBLIC_URL, HOST }: Config, port: number): string {
  const host = HOST.includes(':') ? `[${HOST}]` : HOST === '0.0.0.0' ? '127.0.0.1' : HOST;
  return PUBLIC_URL ?? `http://${host}:${port}`;
}
