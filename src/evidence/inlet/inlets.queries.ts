import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Actor, wordingOf } from '../../access/actor';
import { requireSystemOf } from '../../access/scope/system-of-record';
import type { Reason } from '../../core/readiness/reason';
import { formatMinutes } from '../../core/time/duration';
import { Clock } from '../../platform/clock/clock';
import { Problem } from '../../platform/http/problem';
import { renderReason } from '../../platform/messages/render-reason';
import type { InletResponse } from './dto/inlet.response';
import type { RefusalWhy } from './reading/refused';
import { refusalText } from './refusal-text';

type Row = Omit<InletResponse, 'grace' | 'reason'> & {
  graceMinutes: number;
  reason: Reason;
  systemId: string;
  lastRefusalWhy: RefusalWhy | null;
};

/** `$1` is now. */
const SELECT = `
  SELECT i.id, i.backup_requirement_id AS "backupRequirementId", i.system_id AS "systemId", i.name, i.tool, i.time_zone AS "timeZone",
    i.schedule_kind AS "scheduleKind", i.schedule, i.grace_minutes AS "graceMinutes", i.copy_site AS "copySite", i.own_names AS "ownNames",
    i.mapping,
    i.secret_hint AS hint, CASE WHEN i.previous_until > $1 THEN i.previous_until END AS "previousUntil", i.revoked_at AS "revokedAt",
    i.state, i.reason, i.since, i.first_signal_at AS "firstSignalAt", i.last_signal_at AS "lastSignalAt", i.last_outcome AS "lastOutcome",
    i.next_due_at AS "nextDueAt", i.refused, i.last_refused_at AS "lastRefusedAt", i.last_refusal AS "lastRefusal",
    (SELECT s.refusal_why FROM submission s WHERE s.inlet_id = i.id AND s.disposition = 'REFUSED'
     ORDER BY s.received_at DESC, s.id DESC LIMIT 1) AS "lastRefusalWhy",
    i.created_at AS "createdAt", i.row_version AS version
  FROM inlet i`;

/** Reads of inlets. */
@Injectable()
export class InletsQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The inlets of a requirement that are open, oldest first. @throws Problem 404 for the requirement. */
  async ofRequirement(actor: Actor, requirementId: string): Promise<InletResponse[]> {
    const m = this.dataSource.manager;
    const [requirement] = await m.query<{ systemId: string }[]>(
      'SELECT system_id AS "systemId" FROM backup_requirement WHERE id = $1',
      [requirementId],
    );
    await requireSystemOf(m, actor, 'systems:read', requirement?.systemId, 'BACKUP_REQUIREMENT_NOT_FOUND');
    const rows = await m.query<Row[]>(
      `${SELECT} WHERE i.backup_requirement_id = $2 AND i.revoked_at IS NULL ORDER BY i.created_at, i.id`,
      [this.clock.now(), requirementId],
    );
    return rows.map((row) => response(row, actor));
  }

  /** @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string, m: EntityManager = this.dataSource.manager): Promise<InletResponse> {
    const [row] = await m.query<Row[]>(`${SELECT} WHERE i.id = $2`, [this.clock.now(), id]);
    if (!row) throw new Problem(404, 'INLET_NOT_FOUND');
    await requireSystemOf(m, actor, 'systems:read', row.systemId, 'INLET_NOT_FOUND');
    return response(row, actor);
  }
}

function response(
  { graceMinutes, reason, systemId: _system, lastRefusal, lastRefusalWhy, ...row }: Row,
  actor: Actor,
): InletResponse {
  return {
    ...row,
    grace: formatMinutes(graceMinutes),
    reason: renderReason(reason, { ...wordingOf(actor), ruleTitle: (ruleKey) => ruleKey }),
    lastRefusal: lastRefusal && refusalText(actor.locale, lastRefusal, lastRefusalWhy),
  };
}
