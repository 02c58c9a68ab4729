import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { EmbeddedConnection } from '../../../src/platform/database/embedded/embedded-postgres';

/** A worker in a process of its own whose clock the test moves; needs the built service. */
export class PlayedWorker {
  private constructor(private readonly process: ChildProcess) {}

  static async start(
    connection: EmbeddedConnection,
    at: Date,
    settings: Record<string, string>,
  ): Promise<PlayedWorker> {
    const child = fork(join(__dirname, 'played-worker.mjs'), [], {
      env: {
        ...{ PATH: process.env.PATH, NODE_ENV: 'test', LOG_LEVEL: 'silent', TZ: 'UTC' },
        ...settings,
        PLAYED: JSON.stringify({ connection, at }),
      },
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the worker ended with ${String(code)} before it worked`);
    });
    await Promise.race([once(child, 'message'), ended]);
    ended.catch(() => undefined);
    return new PlayedWorker(child);
  }

  async moveTo(at: Date): Promise<void> {
    const moved = once(this.process, 'message');
    this.process.send({ to: at });
    await moved;
  }

  /** As a machine that loses its power. */
  async kill(): Promise<void> {
    const gone = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await gone;
  }
}
