import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { dueReminders, PlannedReminder } from '../../core/reminder/reminder-plan';
import { localDate } from '../../core/time/zone';
import { isJapaneseHoliday } from '../../platform/calendar/japanese-holidays';
import { Config } from '../../platform/config/config';
import { unnest } from '../../platform/database/unnest';
import { nextNoticeAt } from '../ledger/notices';
import { Obligation } from '../obligation.entity';

/** An obligation that somebody is to be told about now, with the notices that have fallen due. */
export interface DueNotice {
  obligationId: string;
  /** Null for what an organisation owes for itself. */
  systemId: string | null;
  organisationId: string;
  ruleKey: string;
  occurrence: string;
  planned: PlannedReminder[];
}

type Claimed = Pick<Obligation, 'id' | 'systemId' | 'organisationId' | 'ruleKey' | 'notifiedThroughOn'> & {
  occasion: NonNullable<Obligation['occasion']>;
};

/** The second clock of an obligation: when somebody is next to be told. */
@Injectable()
export class NoticeClock {
  constructor(private readonly config: Config) {}

  /**
   * Claims up to `limit` obligations whose `notifyAt` has come, and moves each to its next notice. Rows that another worker holds are
   * passed over. The caller writes the notices in the same transaction, so that a crash loses neither.
   */
  async claim(m: EntityManager, now: Date, limit: number): Promise<DueNotice[]> {
    const timeZone = this.config.TZ_DEFAULT;
    const today = localDate(now, timeZone);
    const claimed = await m.query<Claimed[]>(
      `SELECT id, system_id AS "systemId", organisation_id AS "organisationId", rule_key AS "ruleKey", occasion,
         notified_through_on::text AS "notifiedThroughOn"
       FROM obligation WHERE notify_at <= $1 ORDER BY notify_at, id LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [now, limit],
    );
    if (claimed.length === 0) return [];
    const moved = claimed.map(({ id, occasion }) => ({
      id,
      notifiedThroughOn: today,
      notifyAt: nextNoticeAt(occasion, today, timeZone),
    }));
    const { source, values } = unnest(moved, { id: 'uuid', notifiedThroughOn: 'date', notifyAt: 'timestamptz' }, 'row');
    await m.query(
      `UPDATE obligation SET notified_through_on = row.notified_through_on, notify_at = row.notify_at FROM ${source} WHERE obligation.id = row.id`,
      values,
    );
    return claimed.map(({ id, systemId, organisationId, ruleKey, occasion, notifiedThroughOn }) => ({
      obligationId: id,
      systemId,
      organisationId,
      ruleKey,
      occurrence: occasion.occurrence,
      planned: dueReminders(occasion, notifiedThroughOn, today, isJapaneseHoliday),
    }));
  }
}
