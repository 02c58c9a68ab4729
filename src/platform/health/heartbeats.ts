import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock/clock';

/** Records that a clock-driven job came to its end, so that a worker that has stopped is noticed. */
@Injectable()
export class Heartbeats {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Runs `work` and, when it succeeds, stores when it ended and how long it took. */
  async around<T>(name: string, work: () => Promise<T>): Promise<T> {
    const startedAt = this.clock.now();
    const result = await work();
    const endedAt = this.clock.now();
    await this.dataSource.query(
      `INSERT INTO heartbeat (name, last_ran_at, duration_ms) VALUES ($1, $2, $3)
       ON CONFLICT (name) DO UPDATE SET last_ran_at = excluded.last_ran_at, duration_ms = excluded.duration_ms`,
      [name, endedAt, endedAt.getTime() - startedAt.getTime()],
    );
    return result;
  }

  async lastRanAt(name: string): Promise<Date | null> {
    const [row] = await this.dataSource.query<{ last_ran_at: Date }[]>(
      'SELECT last_ran_at FROM heartbeat WHERE name = $1',
      [name],
    );
    return row?.last_ran_at ?? null;
  }
}
