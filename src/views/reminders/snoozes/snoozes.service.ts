import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, IsNull } from 'typeorm';
import { type Actor, scopeOf } from '../../../access/actor';
import { scopeCondition, SqlParameters } from '../../../access/scope/scope-sql';
import type { AuditAction } from '../../../audit/audit-actions';
import { AuditLog } from '../../../audit/audit-log';
import type { Tier } from '../../../core/importance/tier';
import { latestSnooze } from '../../../core/reminder/snooze';
import { localDate } from '../../../core/time/zone';
import { ASKED_PEOPLE } from '../../../obligations/notices/asked-sql';
import { Clock } from '../../../platform/clock/clock';
import { Config } from '../../../platform/config/config';
import { newId } from '../../../platform/database/id';
import { fieldProblem, Problem } from '../../../platform/http/problem';
import type { SnoozeResponse } from './dto/snooze.dto';
import { holdBack, release } from './snooze-rows';
import { Snooze } from './snooze.entity';

interface Asked {
  organisationId: string;
  tier: Tier;
  occurrence: string | null;
  people: (string | null)[];
}

/** Whoever is reminded of an obligation holds its reminders back for a while, for a reason (domain.md section 6). Nothing becomes green by it. */
@Injectable()
export class SnoozesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Holds back the reminders to owner and deputy about what is open now.
   * @throws Problem 404; 403 NOT_REMINDED for everybody else; 409 NOTHING_TO_SNOOZE when nobody is to be reminded, ALREADY_SNOOZED;
   *   422 for a day that has passed or lies beyond the limit of the tier.
   */
  async start(
    actor: Actor,
    obligationId: string,
    { reason, untilOn }: Pick<Snooze, 'reason' | 'untilOn'>,
  ): Promise<SnoozeResponse> {
    return this.dataSource.transaction(async (m) => {
      const { organisationId, tier, occurrence, people } = await this.asked(m, actor, obligationId);
      if (occurrence === null) throw new Problem(409, 'NOTHING_TO_SNOOZE');
      const today = localDate(this.clock.now(), this.config.TZ_DEFAULT);
      const limit = latestSnooze(tier, today);
      if (untilOn < today) throw fieldProblem(422, 'untilOn', 'IN_THE_PAST');
      if (untilOn > limit) throw fieldProblem(422, 'untilOn', 'TOO_FAR_AHEAD', { limit });
      const now = this.clock.now();
      await m.query(
        `UPDATE snooze SET ended_at = $2 WHERE obligation_id = $1 AND ended_at IS NULL AND (until_on < $3::date OR occurrence <> $4)`,
        [obligationId, now, today, occurrence],
      );
      if (await m.existsBy(Snooze, { obligationId, endedAt: IsNull() })) throw new Problem(409, 'ALREADY_SNOOZED');
      const number = 1 + (await m.countBy(Snooze, { obligationId, occurrence }));
      const row = { id: newId(), obligationId, occurrence, reason, untilOn, number };
      await m.insert(Snooze, { ...row, snoozedById: actor.userId, createdAt: now });
      await holdBack(
        m,
        row,
        people.filter((id) => id !== null),
      );
      await this.record(m, actor, 'snooze.started', row.id, organisationId, { obligationId, reason, untilOn, number });
      return { id: row.id, obligationId, untilOn, reason, number, endedAt: null };
    });
  }

  /** Ends one early, by whoever is reminded now. @throws Problem 404; 403 NOT_REMINDED; 409 SNOOZE_OVER when it has ended already. */
  async cancel(actor: Actor, id: string): Promise<SnoozeResponse> {
    return this.dataSource.transaction(async (m) => {
      const snooze = await m.findOne(Snooze, { where: { id }, lock: { mode: 'for_no_key_update' } });
      if (!snooze) throw new Problem(404, 'SNOOZE_NOT_FOUND');
      const { organisationId } = await this.asked(m, actor, snooze.obligationId, 'SNOOZE_NOT_FOUND');
      if (snooze.endedAt) throw new Problem(409, 'SNOOZE_OVER');
      const endedAt = this.clock.now();
      await m.update(Snooze, { id }, { endedAt, cancelledById: actor.userId });
      await release(m, [id]);
      const { obligationId, untilOn, reason, number } = snooze;
      await this.record(m, actor, 'snooze.cancelled', id, organisationId, { obligationId, untilOn });
      return { id, obligationId, untilOn, reason, number, endedAt };
    });
  }

  /** Whom the obligation asks first. @throws Problem 404 when the caller may not see it, 403 when they are not among them. */
  private async asked(
    m: EntityManager,
    actor: Actor,
    obligationId: string,
    notFound = 'OBLIGATION_NOT_FOUND',
  ): Promise<Asked> {
    const parameters = new SqlParameters();
    const id = parameters.bind(obligationId);
    const scope = scopeCondition(scopeOf(actor, 'systems:read'), parameters, 'o.organisation_id', [
      's.owner_id',
      's.deputy_id',
      'i.owner_id',
    ]);
    const [asked] = await m.query<Asked[]>(
      `SELECT o.organisation_id AS "organisationId", o.tier, o.occasion->>'occurrence' AS occurrence, ${ASKED_PEOPLE} AS people
       FROM obligation o LEFT JOIN system s ON s.id = o.system_id LEFT JOIN improvement_item i ON i.id = o.duty_of
       WHERE o.id = ${id} AND ${scope}`,
      parameters.values,
    );
    if (!asked) throw new Problem(404, notFound);
    if (!asked.people.includes(actor.userId)) throw new Problem(403, 'NOT_REMINDED');
    return asked;
  }

  private record(
    m: EntityManager,
    actor: Actor,
    action: AuditAction,
    recordId: string,
    organisationId: string,
    after: Record<string, unknown>,
  ): Promise<void> {
    return this.audit.record(m, actor, { action, recordType: 'snooze', recordId, organisationId, after });
  }
}
