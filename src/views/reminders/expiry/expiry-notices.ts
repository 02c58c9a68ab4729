import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { dueExpiryNotice } from '../../../core/reminder/expiry';
import { addDays } from '../../../core/time/civil-date';
import { localDate } from '../../../core/time/zone';
import { tellPeople } from '../../../obligations/notices/tell-people';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { Heartbeats } from '../../../platform/health/heartbeats';
import type { JobHandler, JobName } from '../../../platform/queue/job';

/** Longer ahead, or longer ago, nobody is told of anything. */
const [DAYS_AHEAD, DAYS_BACK] = [32, 9];

interface Ending {
  id: string;
  userId: string;
  name: string;
  createdAt: Date;
  expiresAt: Date;
}

/** A token that was revoked, or has been given another last day, needs no notice any more. What is in a mail already goes its way. */
const WITHDRAW = `
  UPDATE notice SET status = 'CANCELLED' WHERE status = 'PENDING' AND mail_id IS NULL AND kind IN ('TOKEN_EXPIRING','TOKEN_EXPIRED')
    AND NOT EXISTS (SELECT FROM api_token t WHERE t.id::text = split_part(notice.occurrence, ':', 1)
      AND to_char(t.expires_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MI') = split_part(notice.occurrence, ':', 2))`;

/** Once a day: whose API tokens end soon is told 30, 14 and 7 days before, and once after, each once (domain.md section 6). */
@Injectable()
export class ExpiryHandler implements JobHandler {
  readonly job: JobName = 'reminders.expiries';

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly heartbeats: Heartbeats,
  ) {}

  async handle(): Promise<void> {
    await this.heartbeats.around('expiries', () => this.run());
  }

  private async run(): Promise<void> {
    const createdAt = this.clock.now();
    const zone = this.config.TZ_DEFAULT;
    const today = localDate(createdAt, zone);
    await this.dataSource.transaction(async (m) => {
      await m.query(WITHDRAW);
      const ending = await m.query<Ending[]>(
        `SELECT id, user_id AS "userId", name, created_at AS "createdAt", expires_at AS "expiresAt" FROM api_token
         WHERE expires_at BETWEEN $1::date AND $2::date ORDER BY expires_at, id`,
        [addDays(today, -DAYS_BACK), addDays(today, DAYS_AHEAD)],
      );
      const told = ending.flatMap((token) => {
        // It works up to this instant, so its last day is the one before it.
        const lastOn = localDate(new Date(token.expiresAt.getTime() - 1), zone);
        const notice = dueExpiryNotice(localDate(token.createdAt, zone), lastOn, today);
        if (notice === null) return [];
        const kind = notice === 'OVER' ? ('TOKEN_EXPIRED' as const) : ('TOKEN_EXPIRING' as const);
        const end = token.expiresAt.toISOString().replace(/\D/g, '').slice(0, 12);
        return {
          ...{ userId: token.userId, kind, occurrence: `${token.id}:${end}:${notice}`, systemId: null, systemCount: 1 },
          ...{ organisationIds: [], path: '/account', note: `${token.name} (${lastOn})`, createdAt },
        };
      });
      await tellPeople(m, told);
    });
  }
}
