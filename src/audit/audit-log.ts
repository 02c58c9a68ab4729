import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import type { Actor } from '../access/actor';
import { Clock } from '../platform/clock/clock';
import { newId } from '../platform/database/id';
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

/** Writes audit events, each in the transaction of the change it tells of; the database links them at its commit. */
@Injectable()
export class AuditLog {
  constructor(private readonly clock: Clock) {}

  async record(m: EntityManager, actor: WhoActs | null, ...entries: AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const request = currentRequest();
    const events = [];
    for (const entry of entries) {
      const { action, recordType, recordId, before = null, after = null } = entry;
      const actorId = actor?.userId ?? null;
      const subjectId = recordType === 'user' ? recordId : actorId;
      events.push({
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
        organisationId:
          entry.organisationId === undefined ? await this.organisationOf(m, subjectId, actorId) : entry.organisationId,
        ...(splitPersonal({ before, after, subjectId, actorId, address: request?.ip }) as object),
      });
    }
    await m.insert(AuditEvent, events);
  }

  /** The nearest organisation above all the roles of the first of these people who has any. */
  private async organisationOf(m: EntityManager, ...people: (string | null)[]): Promise<string | null> {
    for (const person of people) {
      const [nearest] = (await m.query(
        `WITH held AS (SELECT DISTINCT organisation_id FROM role_assignment WHERE user_id = $1)
         SELECT c.ancestor_id AS id FROM organisation_closure c JOIN held USING (organisation_id)
         GROUP BY c.ancestor_id HAVING count(*) = (SELECT count(*) FROM held) ORDER BY sum(c.depth) LIMIT 1`,
        [person],
      )) as { id: string }[];
      if (nearest) return nearest.id;
    }
    return null;
  }
}
