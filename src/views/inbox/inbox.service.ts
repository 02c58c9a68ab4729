import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../access/actor';
import { Clock } from '../../platform/clock/clock';
import { Problem } from '../../platform/http/problem';

/** The only thing that the inbox itself keeps: what its person has read. It settles nothing, and an escalation is not acknowledged by it. */
@Injectable()
export class InboxService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Marks one entry as read. Doing it again changes nothing. @throws Problem 404 for what was told to somebody else. */
  async read(actor: Actor, id: string): Promise<void> {
    const values = [id, actor.userId, this.clock.now()];
    await this.dataSource.transaction(async (m) => {
      const [, reminders] = await m.query<[unknown[], number]>(
        'UPDATE reminder SET read_at = coalesce(read_at, $3) WHERE id = $1 AND recipient_id = $2',
        values,
      );
      if (reminders > 0) return;
      const [, notices] = await m.query<[unknown[], number]>(
        'UPDATE notice SET read_at = coalesce(read_at, $3) WHERE id = $1 AND user_id = $2',
        values,
      );
      if (notices === 0) throw new Problem(404, 'INBOX_ENTRY_NOT_FOUND');
    });
  }

  /** Marks everything as read that came up to `through`. */
  async readAll(actor: Actor, through: Date): Promise<void> {
    const values = [actor.userId, through, this.clock.now()];
    await this.dataSource.transaction(async (m) => {
      await m.query(
        `UPDATE reminder SET read_at = $3 WHERE recipient_id = $1 AND read_at IS NULL AND date_trunc('milliseconds', created_at) <= $2`,
        values,
      );
      await m.query(
        `UPDATE notice SET read_at = $3 WHERE user_id = $1 AND read_at IS NULL AND date_trunc('milliseconds', created_at) <= $2`,
        values,
      );
    });
  }
}
