import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../access/actor';
import { Clock } from '../platform/clock/clock';
import { type AuditEntry, AuditLog } from './audit-log';

const ONE_EVENT_MS = 60 * 60_000;
const MOST_KNOWN = 10_000;

/** Records that somebody looked at something confidential: once an hour for the same person and record, however often pages ask. */
@Injectable()
export class SightLog {
  private readonly lastAt = new Map<string, number>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly log: AuditLog,
    private readonly clock: Clock,
  ) {}

  async seen(actor: Actor, entry: AuditEntry): Promise<void> {
    const key = `${actor.userId} ${actor.token?.id} ${entry.action} ${entry.recordId}`;
    const now = this.clock.now().getTime();
    if (now - (this.lastAt.get(key) ?? -Infinity) < ONE_EVENT_MS) return;
    await this.dataSource.transaction((m) => this.log.record(m, actor, entry));
    if (this.lastAt.size >= MOST_KNOWN) this.lastAt.clear();
    this.lastAt.set(key, now);
  }
}
