import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import type { Audience } from '../../core/reminder/reminder-plan';
import { isHeldBack } from '../../core/reminder/snooze';
import { localDate } from '../../core/time/zone';
import { DueNotice, NoticeClock } from '../../obligations/clocks/notice-clock';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { newId } from '../../platform/database/id';
import { unnest } from '../../platform/database/unnest';
import { loadRecipients } from './recipients';
import { endSnoozes, openSnoozes } from './snoozes/snooze-rows';

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
  snoozeId: 'uuid',
  createdAt: 'timestamptz',
} as const;

/** Turns notices that have fallen due into rows of the reminder ledger, one for each person to be told. */
@Injectable()
export class ReminderSweep {
  constructor(
    private readonly dataSource: DataSource,
    private readonly notices: NoticeClock,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Works until nothing is due. @returns whether everything due has been written, so that digests may be formed. */
  async run(): Promise<boolean> {
    await this.dataSource.transaction((m) => endSnoozes(m, this.clock.now(), this.today()));
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

  private today(): string {
    return localDate(this.clock.now(), this.config.TZ_DEFAULT);
  }

  private async write(m: EntityManager, due: readonly DueNotice[]): Promise<void> {
    if (due.length === 0) return;
    const obligationIds = due.map(({ obligationId }) => obligationId);
    const organisationIds = [...new Set(due.map(({ organisationId }) => organisationId))];
    const recipients = await loadRecipients(m, obligationIds, organisationIds);
    const snoozes = await openSnoozes(m, obligationIds);
    const today = this.today();
    const snoozeOf = ({ obligationId, occurrence }: DueNotice, audience: Audience, userId: string): string | null => {
      const snooze = snoozes.get(obligationId);
      const heldBack = isHeldBack(snooze, { audience, occurrence }, today);
      return heldBack && recipients.isTheirs(obligationId, userId) ? (snooze?.id ?? null) : null;
    };
    const rows = due.flatMap((notice) =>
      notice.planned.flatMap(({ stage, audience, offsetDays, on }) =>
        recipients.of(notice.obligationId, notice.organisationId, audience).map((recipientId) => ({
          id: newId(),
          createdAt: this.clock.now(),
          snoozeId: snoozeOf(notice, audience, recipientId),
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
        })),
      ),
    );
    const statused = rows.map((row) => ({ ...row, status: row.snoozeId ? 'SNOOZED' : 'PENDING' }));
    if (rows.length === 0) return;
    const { columns, source, values } = unnest(statused, COLUMNS, 'row');
    await m.query(
      `INSERT INTO reminder (${columns.join(', ')}) SELECT * FROM ${source} ON CONFLICT DO NOTHING`,
      values,
    );
  }
}
