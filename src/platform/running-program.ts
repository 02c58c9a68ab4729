import { AsyncLocalStorage } from 'node:async_hooks';

/** What of the service acts by itself: a job, or a command of the command line. */
export type ProgramName = `job:${string}` | `cli:${string}`;

const running = new AsyncLocalStorage<ProgramName>();

/** Runs `work` as a program that the audit events name. */
export function asProgram<T>(name: ProgramName, work: () => T): T {
  return running.run(name, work);
}

/** The program in which this is called; undefined in a request. */
export function currentProgram(): ProgramName | undefined {
  return running.getStore();
}
