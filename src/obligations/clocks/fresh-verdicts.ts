import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EvidenceKind } from '../../core/evidence/evidence';
import { ObligationLedger } from '../obligation-ledger';

/** Systems in one transaction: so few that those judged first show at once, and that nothing waits long for their locks or for this process. */
const SYSTEMS = 100;
/** As long as it has worked, within these: half of the time is left to what comes in. */
const SHORTEST_REST_MS = 100;
const LONGEST_REST_MS = 200;
/** While more than so many systems wait, reports give way: faster than systems can be judged they would be kept for ever later verdicts. */
const MOST_WAITING = 100;
/** No report waits longer than that for the verdicts on others, however long they take. */
const LONGEST_WAIT_MS = 1_000;
/** A bound on one run; what is left is taken by the next. */
const ROUNDS = 2_000;

/**
 * Judges the systems whose tools have reported. Reports come in faster than systems can be judged, and many of one system at a time, so that
 * they are stored first, with a row here in the same transaction, and judged together right after (docs/adr/0030).
 */
@Injectable()
export class FreshVerdicts implements OnApplicationShutdown {
  private readonly logger = new Logger(FreshVerdicts.name);
  private running: Promise<void> | undefined;
  private resting: NodeJS.Timeout | undefined;
  private again = false;
  private behind = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly ledger: ObligationLedger,
  ) {}

  /**
   * After a commit: begins to judge, unless that goes on already. It rests in between, so that reports are never held up by the verdicts on those before them,
   * and what comes in of one system meanwhile is judged once. What fails here the tick does.
   */
  soon(): void {
    this.again = true;
    if (!this.running && !this.resting) this.running = this.judge();
  }

  /** Before a transaction of reports: waits until no system waits for its verdict, if too many did, but never for long. */
  async keptUp(): Promise<void> {
    if (this.behind) await Promise.race([this.running, sleep(LONGEST_WAIT_MS, undefined, { ref: false })]);
  }

  /** Judges until nothing is waiting. Returns how many systems were judged. */
  async run(): Promise<number> {
    let judged = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const systems = await this.round();
      if (systems === 0) break;
      judged += systems;
    }
    return judged;
  }

  /** Waits until nothing is being judged. */
  async settled(): Promise<void> {
    await this.running;
  }

  /** What waits for a rest to end is left to the tick. */
  async onApplicationShutdown(): Promise<void> {
    this.again = false;
    clearTimeout(this.resting);
    await this.settled();
  }

  private async judge(): Promise<void> {
    this.again = false;
    const begun = performance.now();
    try {
      await this.run();
    } catch (error) {
      this.logger.warn(`Systems wait to be judged: ${(error as Error).message}`);
    }
    // What waits still, another process has taken.
    this.behind = false;
    const rest = Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, performance.now() - begun));
    this.running = undefined;
    this.resting = setTimeout(() => this.rested(), rest).unref();
  }

  private rested(): void {
    this.resting = undefined;
    if (this.again) this.soon();
  }

  /** The systems that have waited longest, with every report of theirs. What another process has taken is left to it. */
  private round(): Promise<number> {
    return this.dataSource.transaction(async (m) => {
      const rows = await m.query<{ systemId: string; kinds: EvidenceKind[]; behind: boolean }[]>(
        `WITH oldest AS (SELECT system_id FROM refresh_due ORDER BY id LIMIT ${SYSTEMS} FOR UPDATE SKIP LOCKED),
           due AS (SELECT id FROM refresh_due WHERE system_id IN (SELECT system_id FROM oldest) FOR UPDATE SKIP LOCKED),
           gone AS (DELETE FROM refresh_due r USING due WHERE r.id = due.id RETURNING r.system_id, r.kind)
         SELECT system_id AS "systemId", array_agg(DISTINCT kind ORDER BY kind) AS kinds,
           EXISTS (SELECT FROM refresh_due OFFSET ${SYSTEMS + MOST_WAITING}) AS behind
         FROM gone GROUP BY system_id`,
      );
      this.behind = rows.some(({ behind }) => behind);
      const kinds = new Map(rows.map((row) => [row.systemId, row.kinds]));
      await this.ledger.refresh(m, [...kinds.keys()], { evidence: (systemId) => kinds.get(systemId) ?? [] });
      return rows.length;
    });
  }
}
