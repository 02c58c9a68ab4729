import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import { DueNotice, NoticeClock } from '../../obligations/clocks/notice-clock';
import { Clock } from '../../platform/clock/clock';
import { newId } from '../../platform/database/id';
import { unnest } from '../../platform/database/unnest';
import { loadRecipients } from './recipients';

const BATCH = 500;
/** A bound on one run; what is left is taken by the next, seconds later. */
const BATCHES_PER_RUN = 400;

const COLUMNS = {
  id: 'uuid',
  obligationId: 'uuid',
  systemId: 'uuid',
  ruleKey: 'text',
  occurrence: 'text',
  stage: 'text',
  audience: 'text',
  offsetDays: 'integer',
  plannedOn: 'date',
  recipientId: 'uuid',
  channel: 'text',
  status: 'text',
} as const;

/** Turns notices that have fallen due into rows of the reminder ledger, one for each person to be told. */
@Injectable()
export class ReminderSweep {
  constructor(
    private readonly dataSource: DataSource,
    private readonly notices: NoticeClock,
    private readonly clock: Clock,
  ) {}

  /** Works until nothing is due. @returns whether everything due has been written, so that digests may be formed. */
  async run(): Promise<boolean> {
    for (let round = 0; round < BATCHES_PER_RUN; round += 1) {
      const claimed = await this.dataSource.transaction(async (m) => {
        const due = await this.notices.claim(m, this.clock.now(), BATCH);
        await this.write(m, due);
        return due.length;
      });
      if (claimed < BATCH) return true;
    }
    return false;
  }

  private async write(m: EntityManager, due: readonly DueNotice[]): Promise<void> {
    if (due.length === 0) return;
    const recipientsOf = await loadRecipients(
      m,
      due.map(({ obligationId }) => obligationId),
      [...new Set(due.map(({ organisationId }) => organisationId))],
    );
    const rows = due.flatMap((notice) =>
      notice.planned.flatMap(({ stage, audience, offsetDays, on }) =>
        recipientsOf(notice.obligationId, notice.organisationId, audience).map((recipientId) => ({
          id: newId(),
          obligationId: notice.obligationId,
          systemId: notice.systemId,
          ruleKey: notice.ruleKey,
          occurrence: notice.occurrence,
          stage,
          audience,
          offsetDays,
          plannedOn: on,
          recipientId,
          channel: 'MAIL',
          status: 'PENDING',
        })),
      ),
    );
    if (rows.length === 0) return;
    const { columns, source, values } = unnest(rows, COLUMNS, 'row');
    await m.query(
      `INSERT INTO reminder (${columns.join(', ')}) SELECT * FROM ${source} ON CONFLICT DO NOTHING`,
      values,
    );
  }
}
