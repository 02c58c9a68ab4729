import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../../access/actor';
import { mayBeTold } from '../../../access/references/may-be-told-sql';
import { AuditLog } from '../../../audit/audit-log';
import { Clock } from '../../../platform/clock/clock';
import { Problem } from '../../../platform/http/problem';
import { Reminder } from '../reminder.entity';
import { REMINDED_ORGANISATION, REMINDED_OWNERS, REMINDER_ABOUT } from '../../../obligations/notices/reminder-sql';

type Escalated = Pick<Reminder, 'stage' | 'status' | 'acknowledgedAt' | 'obligationId'> & { organisationId: string };

/**
 * A person says that they know of an escalation that went to them (domain.md section 6). It is no proof: nothing here calls the ledger, and the
 * notices still to come stay as planned.
 */
@Injectable()
export class AcknowledgementsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Acknowledges one. Doing it again changes nothing. Answers since when it is.
   * @throws Problem 404 for everybody else than its recipient; 409 NO_ESCALATION for another reminder, ESCALATION_OVER when it was never sent
   *   since proof had come.
   */
  async acknowledge(actor: Actor, id: string): Promise<{ id: string; acknowledgedAt: Date }> {
    return this.dataSource.transaction(async (m) => {
      const [row] = await m.query<Escalated[]>(
        `SELECT r.stage, r.status, r.acknowledged_at AS "acknowledgedAt", r.obligation_id AS "obligationId",
           ${REMINDED_ORGANISATION} AS "organisationId" FROM ${REMINDER_ABOUT}
         WHERE r.id = $1 AND r.recipient_id = $2 AND ${mayBeTold('r.recipient_id', REMINDED_OWNERS, REMINDED_ORGANISATION)}
         FOR NO KEY UPDATE OF r`,
        [id, actor.userId],
      );
      if (!row) throw new Problem(404, 'REMINDER_NOT_FOUND');
      if (row.stage !== 'ESCALATION') throw new Problem(409, 'NO_ESCALATION');
      if (row.acknowledgedAt) return { id, acknowledgedAt: row.acknowledgedAt };
      if (row.status === 'CANCELLED') throw new Problem(409, 'ESCALATION_OVER');
      const acknowledgedAt = this.clock.now();
      await m.update(Reminder, { id }, { acknowledgedAt });
      await this.audit.record(m, actor, {
        ...{ action: 'reminder.acknowledged', recordType: 'reminder', recordId: id },
        organisationId: row.organisationId,
        after: { obligationId: row.obligationId, acknowledgedAt: acknowledgedAt.toISOString() },
      });
      return { id, acknowledgedAt };
    });
  }
}
