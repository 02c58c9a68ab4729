import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import type { Actor } from '../access/actor';
import { Clock } from '../platform/clock/clock';
import { newId } from '../platform/database/id';
import { type ColumnTypes, unnest } from '../platform/database/unnest';
import { currentRequest } from '../platform/http/request-context';
import { currentProgram } from '../platform/running-program';
import type { AuditAction } from './audit-actions';
import { AuditEvent } from './audit-event.entity';
import { splitPersonal } from './personal-part';

/**
 * What happened to which record. `before` and `after` hold the changed fields only, never a secret. `email`, `displayName`, `address` and
 * `userAgent` in them are kept apart by themselves, so that they can be erased.
 */
export interface AuditEntry {
  action: AuditAction;
  recordType: string;
  recordId: string | null;
  /** Whose readers see the event; when absent, the organisation that holds all the roles of the person who is the record, or of the actor. */
  organisationId?: string | null;
  /** For whom the actor acts, when that is somebody else. */
  onBehalfOfId?: string;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
}

type WhoActs = Pick<Actor, 'userId' | 'requestId' | 'token'>;

const EVENT: ColumnTypes<AuditEvent> = {
  id: 'uuid',
  at: 'timestamptz',
  actorId: 'uuid',
  onBehalfOfId: 'uuid',
  requestId: 'text',
  tokenId: 'uuid',
  program: 'text',
  action: 'text',
  recordType: 'text',
  recordId: 'uuid',
  organisationId: 'uuid',
  before: 'jsonb',
  after: 'jsonb',
  personal: 'jsonb',
};

/** Writes audit events, each in the transaction of the change it tells of; the database links them at its commit. */
@Injectable()
export class AuditLog {
  constructor(private readonly clock: Clock) {}

  /** Two statements at most, whatever the number of entries. */
  async record(m: EntityManager, actor: WhoActs | null, ...entries: AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const request = currentRequest();
    const actorId = actor?.userId ?? null;
    const subjectOf = ({ recordType, recordId }: AuditEntry): string | null =>
      recordType === 'user' ? recordId : actorId;
    const unplaced = entries.filter(({ organisationId }) => organisationId === undefined);
    const organisations = await this.organisationsOf(
      m,
      unplaced.length > 0 ? [actorId, ...unplaced.map(subjectOf)] : [],
    );
    const events = entries.map((entry) => {
      const { action, recordType, recordId, before = null, after = null } = entry;
      const subjectId = subjectOf(entry);
      const nearest = [subjectId, actorId].map((person) => organisations.get(person ?? '')).find(Boolean);
      return {
        id: newId(),
        at: this.clock.now(),
        actorId,
        onBehalfOfId: entry.onBehalfOfId ?? null,
        requestId: actor?.requestId ?? request?.id ?? null,
        tokenId: actor?.token?.id ?? null,
        program: currentProgram() ?? null,
        action,
        recordType,
        recordId,
        organisationId: entry.organisationId === undefined ? (nearest ?? null) : entry.organisationId,
        ...splitPersonal({ before, after, subjectId, actorId, address: request?.ip }),
      };
    });
    const { columns, source, values } = unnest(events, EVENT, 'event');
    await m.query(`INSERT INTO audit_event (${columns.join(', ')}) SELECT * FROM ${source}`, values);
  }

  /** The nearest organisation above all the roles of each of these people who has any. */
  private async organisationsOf(
    m: EntityManager,
    people: readonly (string | null)[],
  ): Promise<ReadonlyMap<string, string>> {
    const ids = [...new Set(people.filter((person) => person !== null))];
    if (ids.length === 0) return new Map();
    const rows = await m.query<{ userId: string; id: string }[]>(
      `WITH held AS (SELECT user_id, organisation_id, count(*) OVER (PARTITION BY user_id) AS places
         FROM (SELECT DISTINCT user_id, organisation_id FROM role_assignment WHERE user_id = ANY($1::uuid[])) role)
       SELECT DISTINCT ON (user_id) user_id AS "userId", ancestor_id AS id
       FROM (SELECT held.user_id, c.ancestor_id, sum(c.depth) AS far FROM organisation_closure c JOIN held USING (organisation_id)
         GROUP BY held.user_id, c.ancestor_id, held.places HAVING count(*) = held.places) above
       ORDER BY user_id, far`,
      [ids],
    );
    return new Map(rows.map(({ userId, id }) => [userId, id]));
  }
}
