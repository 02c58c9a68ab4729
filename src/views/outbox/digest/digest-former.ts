import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { localDate, localTimeOfDay } from '../../../core/time/zone';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { newId } from '../../../platform/database/id';
import { unnest } from '../../../platform/database/unnest';

/** Gathers what each person is to be told into one mail a day, in the person's own zone (domain.md section 6). */
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
}
