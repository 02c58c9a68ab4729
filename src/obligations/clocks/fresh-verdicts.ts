import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ObligationLedger, PAGE } from '../obligation-ledger';

/** Rows in one transaction: many tell of the same systems. */
const ROWS = 2_000;
/** A bound on one run; what is left is taken by the next. */
const ROUNDS = 100;

/**
 * Judges the systems whose tools have reported. Reports come in faster than systems can be judged, and many of one system at a time, so that
 * they are stored first, with a row here in the same transaction, and judged together right after (docs/adr/0030).
 */
@Injectable()
export class FreshVerdicts {
  private readonly logger = new Logger(FreshVerdicts.name);
  private running: Promise<void> | undefined;
  private again = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly ledger: ObligationLedger,
  ) {}

  /** After a commit: begins to judge, unless that goes on already. What fails here the tick does. */
  soon(): void {
    this.again = true;
    this.running ??= this.whileAsked().finally(() => (this.running = undefined));
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

  private async whileAsked(): Promise<void> {
    while (this.again) {
      this.again = false;
      try {
        await this.run();
      } catch (error) {
        this.logger.warn(`Systems wait to be judged: ${(error as Error).message}`);
      }
    }
  }

  private round(): Promise<number> {
    return this.dataSource.transaction(async (m) => {
      const rows = await m.query<{ system_id: string }[]>(
        `WITH due AS (SELECT id FROM refresh_due ORDER BY id LIMIT ${ROWS} FOR UPDATE SKIP LOCKED), gone AS (
           DELETE FROM refresh_due r USING due WHERE r.id = due.id RETURNING r.system_id)
         SELECT DISTINCT system_id FROM gone ORDER BY system_id`,
      );
      const systems = rows.map(({ system_id }) => system_id);
      for (let from = 0; from < systems.length; from += PAGE)
        await this.ledger.refresh(m, systems.slice(from, from + PAGE));
      return systems.length;
    });
  }
}
