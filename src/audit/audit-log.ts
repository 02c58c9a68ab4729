import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import type { Actor } from '../access/actor';
import { Clock } from '../platform/clock/clock';
import { newId } from '../platform/database/id';
import { AuditEvent } from './audit-event.entity';

/** What happened to which record. `before` and `after` hold the changed fields only, never a secret. */
export interface AuditEntry {
  action: string;
  recordType: string;
  recordId: string | null;
  organisationId?: string | null;
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
}

/** Writes audit events, each in the transaction of the change it tells of. */
@Injectable()
export class AuditLog {
  constructor(private readonly clock: Clock) {}

  async record(m: EntityManager, actor: Actor | null, ...entries: AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await m.insert(
      AuditEvent,
      entries.map((entry) => ({
        id: newId(),
        at: this.clock.now(),
        actorId: actor?.userId ?? null,
        requestId: actor?.requestId ?? null,
        action: entry.action,
        recordType: entry.recordType,
        recordId: entry.recordId,
        organisationId: entry.organisationId ?? null,
        before: (entry.before ?? null) as never,
        after: (entry.after ?? null) as never,
      })),
    );
  }
}
