import { Inject, Injectable, Optional } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock/clock';
import { JobQueue } from '../queue/job-queue';
import { Heartbeats } from './heartbeats';

/** Set in processes that run the clock-driven jobs themselves. */
export const RUNS_JOBS = Symbol('RUNS_JOBS');

const PATIENCE_MS = 2_000;
/** Without a sweep for so long the worker counts as stopped. */
export const SWEEP_AGE_MS = 2 * 60_000;

export interface CheckResponse {
  ok: boolean;
  /** Why not. */
  error?: string;
}

export interface SweepResponse extends CheckResponse {
  /** When the reminder sweep last came to its end; null when it never has. */
  lastRanAt: Date | null;
}

/** `degraded`: requests are answered, but nobody runs the clock-driven jobs. */
export interface ReadinessResponse {
  status: 'ok' | 'degraded' | 'unavailable';
  checks: { database: CheckResponse; queue: CheckResponse & { kind: 'redis' | 'postgres' }; sweep: SweepResponse };
}

@Injectable()
export class HealthService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly jobs: JobQueue,
    private readonly heartbeats: Heartbeats,
    private readonly clock: Clock,
    @Optional() @Inject(RUNS_JOBS) private readonly runsJobs = false,
  ) {}

  async readiness(): Promise<ReadinessResponse> {
    const [database, queue, sweep] = await Promise.all([
      check(() => this.dataSource.query('SELECT 1')),
      check(() => this.jobs.queue('obligations').getJobCounts('waiting')),
      this.sweep(),
    ]);
    const answers = database.ok && queue.ok;
    const status = !answers || (this.runsJobs && !sweep.ok) ? 'unavailable' : sweep.ok ? 'ok' : 'degraded';
    return { status, checks: { database, queue: { ...queue, kind: this.jobs.kind }, sweep } };
  }

  private async sweep(): Promise<SweepResponse> {
    let lastRanAt: Date | null = null;
    const result = await check(async () => (lastRanAt = await this.heartbeats.lastRanAt('sweep')));
    const fresh = lastRanAt !== null && this.clock.now().getTime() - (lastRanAt as Date).getTime() <= SWEEP_AGE_MS;
    if (result.ok && !fresh) return { ok: false, error: 'the sweep has not run for two minutes', lastRanAt };
    return { ...result, lastRanAt };
  }
}

/** A store that hangs counts as one that is gone. */
async function check(work: () => Promise<unknown>): Promise<CheckResponse> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  try {
    await Promise.race([work(), late]);
    return { ok: true };
  } catch (error) {
    return { ok: false, error: (error as Error).message };
  } finally {
    clearTimeout(timer);
  }
}
