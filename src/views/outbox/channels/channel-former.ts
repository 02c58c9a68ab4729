import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { addDays } from '../../../core/time/civil-date';
import { localDate, localTimeOfDay } from '../../../core/time/zone';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { newId } from '../../../platform/database/id';
import { unnest } from '../../../platform/database/unnest';

/** How far back a day looks for reminders that a channel has not been told of: longer than an outage over holidays. */
const LOOK_BACK_DAYS = 10;
/** Channels of one transaction; what is left is taken by the next, seconds later. */
const BATCH = 200;

/** Gathers what each channel is to be told into one message a day, out of the reminder ledger (domain.md section 6). */
@Injectable()
export class ChannelFormer {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Forms today's messages once their time has come and the reminders of the day have been written. Returns how many. A channel that nothing
   * is to be told of gets none.
   */
  async run(): Promise<number> {
    const now = this.clock.now();
    if (localTimeOfDay(now, this.config.TZ_DEFAULT) < this.config.DIGEST_AT) return 0;
    const today = localDate(now, this.config.TZ_DEFAULT);
    return this.dataSource.transaction(async (m) => {
      const [claimed] = await m.query<[{ id: string }[], number]>(
        `UPDATE channel SET formed_on = $1 WHERE id IN (
           SELECT id FROM channel WHERE ended_at IS NULL AND NOT paused AND (formed_on IS NULL OR formed_on < $1)
             AND NOT EXISTS (SELECT FROM obligation WHERE notify_at <= $2)
           ORDER BY id LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED) RETURNING id`,
        [today, now],
      );
      if (claimed.length === 0) return 0;
      const told = await m.query<{ channelId: string }[]>(
        `WITH told AS (
           INSERT INTO channel_item (channel_id, obligation_id, occurrence, stage, offset_days, told_on)
           SELECT DISTINCT c.id, r.obligation_id, r.occurrence, r.stage, r.offset_days, $2::date
           FROM channel c JOIN organisation_closure below ON below.ancestor_id = c.organisation_id AND below.details_open
           JOIN obligation o ON o.organisation_id = below.organisation_id
           JOIN reminder r ON r.obligation_id = o.id AND r.planned_on BETWEEN greatest(c.told_from_on, $3::date) AND $2::date
             AND r.status <> 'SNOOZED'
           WHERE c.id = ANY($1::uuid[]) ON CONFLICT DO NOTHING RETURNING channel_id)
         SELECT DISTINCT channel_id AS "channelId" FROM told`,
        [claimed.map(({ id }) => id), today, addDays(today, -LOOK_BACK_DAYS)],
      );
      if (told.length === 0) return 0;
      const rows = told.map(({ channelId }) => ({ id: newId(), channelId }));
      const { source, values } = unnest(rows, { id: 'uuid', channelId: 'uuid' }, 'row', 3);
      await m.query(
        `INSERT INTO channel_message (id, channel_id, told_on, status, created_at)
         SELECT id, channel_id, $1::date, 'QUEUED', $2::timestamptz FROM ${source}`,
        [today, now, ...values],
      );
      return told.length;
    });
  }
}
