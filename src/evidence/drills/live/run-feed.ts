import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { personJson } from '../../../access/references/refs-sql';
import type { RunEventResponse } from '../runs/dto/drill-run.response';

/** How soon another process learns of what happened. */
const POLL_MS = 500;
/** A bound on one answer; what is left comes with the next. */
const BATCH = 500;

interface Follower {
  runId: string;
  /** The last event that was passed on. */
  after: number;
  next: (event: RunEventResponse) => void;
}

/**
 * Passes on what happens in runs, whichever process wrote it: the events are rows, and one statement for all followers of this process asks for
 * the new ones. A connection that listens would be lost behind a pooler, and what it missed be asked for all the same.
 */
@Injectable()
export class RunFeed implements OnModuleDestroy {
  private readonly logger = new Logger(RunFeed.name);
  private readonly followers = new Set<Follower>();
  private timer: NodeJS.Timeout | null = null;
  private isAsking = false;

  constructor(private readonly dataSource: DataSource) {}

  /** Follows a run from the event after `after`. Returns what ends it. */
  follow(runId: string, after: number, next: Follower['next']): () => void {
    const follower = { runId, after, next };
    this.followers.add(follower);
    this.timer ??= setInterval(() => void this.ask(), POLL_MS);
    void this.ask();
    return () => {
      this.followers.delete(follower);
      if (this.followers.size === 0) this.onModuleDestroy();
    };
  }

  onModuleDestroy(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }

  private async ask(): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      for (const [runId, events] of await this.newEvents())
        for (const follower of [...this.followers].filter((each) => each.runId === runId)) passOn(follower, events);
    } catch (error) {
      this.logger.warn(`events of runs: ${(error as Error).message}`);
    } finally {
      this.isAsking = false;
    }
  }

  private async newEvents(): Promise<Map<string, RunEventResponse[]>> {
    const from = new Map<string, number>();
    for (const { runId, after } of this.followers) from.set(runId, Math.min(after, from.get(runId) ?? after));
    if (from.size === 0) return new Map();
    const rows = await this.dataSource.query<(RunEventResponse & { runId: string })[]>(
      `SELECT e.run_id AS "runId", e.number, e.at, e.kind, ${personJson('u')} AS actor, e.step_key AS "stepKey", e.text
       FROM unnest($1::uuid[], $2::integer[]) AS followed(run_id, after)
       JOIN drill_run_event e ON e.run_id = followed.run_id AND e.number > followed.after
       LEFT JOIN app_user u ON u.id = e.actor_id ORDER BY e.run_id, e.number LIMIT ${BATCH}`,
      [[...from.keys()], [...from.values()]],
    );
    const events = new Map<string, RunEventResponse[]>();
    for (const { runId, ...event } of rows) events.set(runId, [...(events.get(runId) ?? []), event]);
    return events;
  }
}

/** Numbers have no gaps, so a follower that has left meanwhile or got an event before is told nothing twice. */
function passOn(follower: Follower, events: readonly RunEventResponse[]): void {
  for (const event of events.filter(({ number }) => number > follower.after)) {
    follower.after = event.number;
    follower.next(event);
  }
}
