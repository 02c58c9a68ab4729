import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../../platform/clock/clock';
import { inLanes } from '../ledger/lanes';
import { ObligationLedger, StateChange } from '../obligation-ledger';

const BATCH = 500;
/** A bound on one run; what is left is taken by the next, seconds later. */
const BATCHES_PER_RUN = 200;

/** Notices what time alone changes: obligations whose `attentionAt` has come are assessed anew. */
@Injectable()
export class ObligationTick {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ledger: ObligationLedger,
    private readonly clock: Clock,
  ) {}

  /** Works until nothing is due, a batch per transaction. Systems that another writer holds are left for its refresh or the next tick. */
  async run(): Promise<StateChange[]> {
    const lanes = await inLanes(() => this.lane());
    return [...lanes.flat(), ...(await this.ofOrganisations())];
  }

  private async lane(): Promise<StateChange[]> {
    const changes: StateChange[] = [];
    for (let round = 0; round < BATCHES_PER_RUN; round += 1) {
      const { systems, changed } = await this.batch();
      changes.push(...changed);
      if (systems === 0) break;
    }
    return changes;
  }

  private batch(): Promise<{ systems: number; changed: StateChange[] }> {
    return this.dataSource.transaction(async (m) => {
      // Systems are locked before obligations, as every other writer does it; the other order could deadlock. What another lane holds is not waited for:
      // each walks along the index past what the other has taken, and no further than its own batch.
      const due = await m.query<{ id: string }[]>(
        `SELECT s.id FROM obligation o JOIN system s ON s.id = o.system_id WHERE o.attention_at <= $1
         ORDER BY o.attention_at LIMIT ${BATCH} FOR NO KEY UPDATE OF s SKIP LOCKED`,
        [this.clock.now()],
      );
      const changed = await this.ledger.refresh(m, [...new Set(due.map(({ id }) => id))], 'HOUR');
      return { systems: due.length, changed };
    });
  }

  /** What organisations owe for themselves: few enough for one transaction. */
  private ofOrganisations(): Promise<StateChange[]> {
    return this.dataSource.transaction(async (m) => {
      const due = await m.query<{ id: string }[]>(
        `SELECT id FROM organisation WHERE id IN
           (SELECT organisation_id FROM obligation WHERE attention_at <= $1 AND system_id IS NULL)
         ORDER BY id FOR NO KEY UPDATE SKIP LOCKED`,
        [this.clock.now()],
      );
      return this.ledger.refreshOrganisations(
        m,
        due.map(({ id }) => id),
      );
    });
  }
}
