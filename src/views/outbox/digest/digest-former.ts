import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { localDate, localTimeOfDay } from '../../../core/time/zone';
import { PROMPT_KINDS } from '../../../obligations/notices/notice.entity';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { newId } from '../../../platform/database/id';
import { unnest } from '../../../platform/database/unnest';
import { dropPromptOfRunsOver } from './digest-notices';

/** Gathers what each person is to be told into one mail a day, in the person's own zone (domain.md section 6), but for what cannot wait. */
@Injectable()
export class DigestFormer {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Forms the digests of people whose digest time has come and who have none for today. Reminders that come later in the day wait
   * for tomorrow's. The unique key (person, day) makes a second run harmless.
   */
  async run(): Promise<number> {
    const now = this.clock.now();
    const waiting = await this.dataSource.query<{ id: string; timeZone: string }[]>(
      `SELECT id, time_zone AS "timeZone" FROM app_user
       WHERE active AND (id IN (SELECT DISTINCT recipient_id FROM reminder WHERE status = 'PENDING' AND mail_id IS NULL)
         OR id IN (SELECT user_id FROM notice WHERE status = 'PENDING' AND mail_id IS NULL))`,
    );
    const rows = waiting
      .filter(({ timeZone }) => localTimeOfDay(now, timeZone) >= this.config.DIGEST_AT)
      .map(({ id, timeZone }) => ({ id: newId(), recipientId: id, digestOn: localDate(now, timeZone) }));
    if (rows.length === 0) return 0;
    return this.dataSource.transaction(async (m) => {
      const { source, values } = unnest(rows, { id: 'uuid', recipientId: 'uuid', digestOn: 'date' }, 'row');
      const formed = await m.query<{ id: string }[]>(
        `INSERT INTO mail (id, recipient_id, digest_on, status, created_at)
         SELECT id, recipient_id, digest_on, 'QUEUED', $4 FROM ${source} ON CONFLICT DO NOTHING RETURNING id`,
        [...values, now],
      );
      const ids = formed.map(({ id }) => id);
      if (ids.length > 0) {
        await m.query(
          `UPDATE reminder SET mail_id = mail.id FROM mail
           WHERE mail.id = ANY($1::uuid[]) AND reminder.recipient_id = mail.recipient_id
             AND reminder.status = 'PENDING' AND reminder.mail_id IS NULL`,
          [ids],
        );
        await m.query(
          `UPDATE notice SET mail_id = mail.id FROM mail WHERE mail.id = ANY($1::uuid[]) AND notice.user_id = mail.recipient_id
             AND notice.status = 'PENDING' AND notice.mail_id IS NULL`,
          [ids],
        );
      }
      return formed.length;
    });
  }

  /** Forms a mail at once for who is to be told what cannot wait for a digest. Everything that waits for one person goes into one. */
  async prompt(): Promise<number> {
    const now = this.clock.now();
    return this.dataSource.transaction(async (m) => {
      await dropPromptOfRunsOver(m);
      const waiting = await m.query<{ noticeIds: string[]; recipientId: string; timeZone: string }[]>(
        `WITH claimed AS (SELECT id, user_id FROM notice WHERE status = 'PENDING' AND mail_id IS NULL AND kind = ANY($1::text[])
           ORDER BY id FOR NO KEY UPDATE SKIP LOCKED)
         SELECT array_agg(claimed.id) AS "noticeIds", u.id AS "recipientId", u.time_zone AS "timeZone"
         FROM claimed JOIN app_user u ON u.id = claimed.user_id GROUP BY u.id`,
        [PROMPT_KINDS],
      );
      if (waiting.length === 0) return 0;
      const mails = waiting.map((row) => ({ ...row, id: newId(), digestOn: localDate(now, row.timeZone) }));
      const mail = unnest(mails, { id: 'uuid', recipientId: 'uuid', digestOn: 'date' }, 'row');
      await m.query(
        `INSERT INTO mail (id, recipient_id, digest_on, kind, status, created_at)
         SELECT id, recipient_id, digest_on, 'PROMPT', 'QUEUED', $4 FROM ${mail.source}`,
        [...mail.values, now],
      );
      const told = mails.flatMap(({ id: mailId, noticeIds }) => noticeIds.map((id) => ({ id, mailId })));
      const row = unnest(told, { id: 'uuid', mailId: 'uuid' }, 'row');
      await m.query(`UPDATE notice SET mail_id = row.mail_id FROM ${row.source} WHERE notice.id = row.id`, row.values);
      return mails.length;
    });
  }
}
