import { readFileSync, readlinkSync } from 'node:fs';

/** A living process as the kernel knows it. */
export interface ProcessFacts {
  /** Name of the program, or undefined where /proc is missing. */
  name?: string;
  /** Start in clock ticks since boot: tells a recycled pid from the process once meant. Undefined where /proc is missing. */
  startedAtTick?: string;
}

/** Facts of a living process; undefined when there is none. A zombie counts as dead: it holds nothing any more. */
export function livingProcess(pid: number): ProcessFacts | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  return process.platform === 'linux' ? factsFromProc(pid) : {};
}

/** Working directory of a process, or undefined when it cannot be told (another user's process, no /proc). */
export function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function factsFromProc(pid: number): ProcessFacts | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : {};
  }
  // "pid (name) state ppid …": the name may hold blanks and brackets, so count from the last bracket; field 22 is the start.
  const afterName = stat.lastIndexOf(')');
  const fields = stat.slice(afterName + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return { name: stat.slice(stat.indexOf('(') + 1, afterName), startedAtTick: fields[19] };
}
