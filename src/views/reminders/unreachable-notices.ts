import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { nobodyReachable } from '../../access/references/reachable-sql';
import { addDays, dayOfWeek } from '../../core/time/civil-date';
import { localDate } from '../../core/time/zone';
import { tellPeople, type Told } from '../../obligations/notices/tell-people';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { Heartbeats } from '../../platform/health/heartbeats';
import type { JobHandler, JobName } from '../../platform/queue/job';
import { loadRecipients } from './recipients';

interface Silent {
  organisationId: string;
  systemId: string;
  systems: number;
}

/**
 * Once a day: whoever answers for an organisation (ISO, else the CISO's office, else an administrator) is told of the systems in operation that
 * nobody can be reminded about; each person once a week as long as it lasts.
 */
@Injectable()
export class UnreachableHandler implements JobHandler {
  readonly job: JobName = 'reminders.unreachable';

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly heartbeats: Heartbeats,
  ) {}

  async handle(): Promise<void> {
    await this.heartbeats.around('unreachable', () => this.run());
  }

  private async run(): Promise<void> {
    const now = this.clock.now();
    const today = localDate(now, this.config.TZ_DEFAULT);
    const occurrence = addDays(today, -dayOfWeek(today));
    await this.dataSource.transaction(async (m) => {
      const silent = await m.query<Silent[]>(
        `SELECT s.organisation_id AS "organisationId", (array_agg(s.id ORDER BY s.code, s.id))[1] AS "systemId", count(*)::int AS systems
         FROM system s WHERE ${nobodyReachable('s')} GROUP BY 1 ORDER BY 1`,
      );
      const recipients = await loadRecipients(
        m,
        [],
        silent.map(({ organisationId }) => organisationId),
      );
      const told = new Map<string, Told>();
      for (const { organisationId, systemId, systems } of silent)
        for (const userId of recipients.of(systemId, organisationId, 'MANAGER')) {
          const before = told.get(userId);
          told.set(userId, {
            ...{ userId, kind: 'SYSTEMS_UNREACHABLE', occurrence, note: null, createdAt: now },
            systemId: before?.systemId ?? systemId,
            systemCount: (before?.systemCount ?? 0) + systems,
            organisationIds: [...(before?.organisationIds ?? []), organisationId],
            path: '/systems?reachable=false',
          });
        }
      await tellPeople(m, [...told.values()]);
    });
  }
}
