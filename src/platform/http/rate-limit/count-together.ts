import type { DataSource } from 'typeorm';
import { unnest } from '../../database/unnest';
import type { SharedCount, Taken } from './shared-count';

const PREFIX = 'rate:';

interface Waiting {
  points: number;
  taken(taken: Taken): void;
  failed(error: unknown): void;
}

/** A window that has run out begins anew with the points that are taken. Keys in order, so that two processes do not wait for each other in a circle. */
const takeAll = (source: string): string => `
  WITH moment AS (SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now)
  INSERT INTO rate_limit_count AS count (key, points, expire)
  SELECT row.key, row.points, now + $1::integer FROM ${source} CROSS JOIN moment ORDER BY row.key
  ON CONFLICT (key) DO UPDATE SET
    points = CASE WHEN count.expire <= excluded.expire - $1 THEN excluded.points ELSE count.points + excluded.points END,
    expire = CASE WHEN count.expire <= excluded.expire - $1 THEN excluded.expire ELSE count.expire END
  RETURNING key, points, (expire - (SELECT now FROM moment))::integer AS "endsInMs"`;

/**
 * The count in PostgreSQL. What is asked for in one turn of the event loop is taken in one statement: when a thousand programs report at the same minute, each
 * has a key of its own.
 */
export class CountTogether implements SharedCount {
  private waiting = new Map<string, Waiting>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly windowSeconds: number,
  ) {}

  take(key: string, points: number): Promise<Taken> {
    // Twice in one turn: what was asked for before goes by itself.
    if (this.waiting.has(key)) this.send();
    return new Promise((taken, failed) => {
      if (this.waiting.size === 0) setImmediate(() => this.send());
      this.waiting.set(key, { points, taken, failed });
    });
  }

  /** The data source is not ours to close. */
  close(): void {}

  private send(): void {
    const asked = this.waiting;
    this.waiting = new Map();
    if (asked.size > 0) void this.ask(asked);
  }

  private async ask(asked: ReadonlyMap<string, Waiting>): Promise<void> {
    const rows = [...asked].map(([key, { points }]) => ({ key: PREFIX + key, points }));
    const { source, values } = unnest(rows, { key: 'text', points: 'integer' }, 'row', 2);
    try {
      const counts = await this.dataSource.query<(Taken & { key: string })[]>(takeAll(source), [
        this.windowSeconds * 1000,
        ...values,
      ]);
      for (const { key, points, endsInMs } of counts) asked.get(key.slice(PREFIX.length))?.taken({ points, endsInMs });
    } catch (error) {
      for (const { failed } of asked.values()) failed(error);
    }
  }
}
