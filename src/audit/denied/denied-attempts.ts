import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { validate as isUuid } from 'uuid';
import type { Actor } from '../../access/actor';
import { Clock } from '../../platform/clock/clock';
import { AuditLog } from '../audit-log';
import { locate, type LocatedRecord } from './located-record';

const WINDOW_MS = 60_000;
const MOST_RECORDS = 20;

interface Denied {
  actor: Actor;
  method: string;
  route: string;
  status: number;
  record: LocatedRecord | undefined;
}

/** What came within a minute of a recorded attempt, to be recorded together. */
interface Window {
  first: Denied;
  openedAt: number;
  times: number;
  recordIds: Set<string>;
}

/**
 * Records what people attempted and may not: 403, and 404 for a record that is there and not theirs to see. After the answer, so that it
 * cannot be told by its time; the first of a person and route at once, what follows within a minute as one event: nobody can flood the record.
 */
@Injectable()
export class DeniedAttempts implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(DeniedAttempts.name);
  private readonly windows = new Map<string, Window>();
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly adapter: HttpAdapterHost,
    private readonly dataSource: DataSource,
    private readonly log: AuditLog,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    // Absent in a command or a process of jobs, which answer nobody.
    const fastify = this.adapter.httpAdapter?.getInstance() as FastifyInstance | undefined;
    fastify?.addHook('onResponse', (request, { statusCode }, done) => {
      this.answered(request, statusCode);
      done();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.enqueue(() => this.closeWindows(Infinity));
    await this.running;
  }

  private answered(request: FastifyRequest, status: number): void {
    if (this.windows.size > 0) this.enqueue(() => this.closeWindows(this.clock.now().getTime()));
    const { caller, method, routeOptions } = request;
    if (!caller || (status !== 403 && status !== 404)) return;
    const id = Object.values((request.params ?? {}) as Record<string, string>).findLast((value) => isUuid(value));
    if (status === 404 && id === undefined) return;
    this.enqueue(() =>
      this.denied({ actor: caller as Actor, method, route: routeOptions.url ?? 'none', status, record: undefined }, id),
    );
  }

  /** One after the other: two first attempts at once must not both be the first. */
  private enqueue(step: () => Promise<void>): void {
    this.running = this.running.then(step).catch((error: unknown) => this.logger.error(error));
  }

  private async denied(attempt: Denied, id: string | undefined): Promise<void> {
    const record = id === undefined ? undefined : await locate(this.dataSource.manager, attempt.actor, id);
    if (attempt.status === 404 && (!record || record.visible)) return;
    const key = `${attempt.actor.userId} ${attempt.actor.token?.id} ${attempt.method} ${attempt.route} ${attempt.status}`;
    const window = this.windows.get(key);
    if (!window) {
      const first = { ...attempt, record };
      this.windows.set(key, { first, openedAt: this.clock.now().getTime(), times: 0, recordIds: new Set() });
      return this.record(first, {});
    }
    window.times += 1;
    if (record && window.recordIds.size < MOST_RECORDS) window.recordIds.add(record.recordId);
  }

  private async closeWindows(now: number): Promise<void> {
    for (const [key, { first, openedAt, times, recordIds }] of this.windows) {
      if (now - openedAt < WINDOW_MS) continue;
      this.windows.delete(key);
      if (times > 0) await this.record(first, { times, ...(recordIds.size > 0 && { recordIds: [...recordIds] }) });
    }
  }

  private record({ actor, method, route, status, record }: Denied, facts: Record<string, unknown>): Promise<void> {
    return this.dataSource.transaction((m) =>
      this.log.record(m, actor, {
        action: 'access.denied',
        recordType: record?.recordType ?? 'route',
        recordId: record?.recordId ?? null,
        ...(record?.organisationId && { organisationId: record.organisationId }),
        after: { method, route, status, ...facts },
      }),
    );
  }
}
