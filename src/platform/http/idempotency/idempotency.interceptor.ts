import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { DataSource } from 'typeorm';
import { Clock } from '../../clock/clock';
import { Problem } from '../problem';
import { ANSWERS_SECRET } from './answers-secret.decorator';
import { IdempotencyKey } from './idempotency-key.entity';

const KEY = /^[\x21-\x7e]{1,200}$/;
const KEPT_MS = 24 * 3_600_000;
/** A first request that never ended, because its process died, holds its key for this long. */
const GIVEN_UP_MS = 5 * 60_000;
const KEPT_HEADERS = ['etag', 'location'] as const;

/** What is kept of an answer. */
interface KeptAnswer {
  body: unknown;
  headers: Record<string, string>;
}

/**
 * `Idempotency-Key` on POST of signed-in people: the same key with the same request gets the first answer again, for 24 hours. Only answers of
 * success are kept: a refused request changed nothing and may be sent again. Uploads are left out; an import is harmless to repeat. An answer
 * with a secret in it is not kept either.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    const upload = request.headers['content-type']?.startsWith('multipart/');
    if (key === undefined || request.method !== 'POST' || !request.caller || upload) return next.handle();
    if (this.reflector.get<boolean | undefined>(ANSWERS_SECRET, context.getHandler()))
      throw new Problem(400, 'IDEMPOTENCY_KEY_REFUSED');
    if (typeof key !== 'string' || !KEY.test(key)) throw new Problem(400, 'MALFORMED_IDEMPOTENCY_KEY');
    return from(this.once({ userId: request.caller.userId, key }, request, http.getResponse<FastifyReply>(), next));
  }

  private async once(
    at: Pick<IdempotencyKey, 'userId' | 'key'>,
    request: FastifyRequest,
    reply: FastifyReply,
    next: CallHandler,
  ): Promise<unknown> {
    const requestHash = hashOf(request);
    if (!(await this.claim(at, requestHash))) return this.replay(at, requestHash, reply);
    try {
      const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      const response: KeptAnswer = { body: body ?? null, headers: headersOf(reply) };
      await this.dataSource.manager.update(IdempotencyKey, at, {
        status: reply.statusCode,
        response: response as never,
      });
      return body;
    } catch (error) {
      await this.dataSource.manager.delete(IdempotencyKey, { ...at, requestHash });
      throw error;
    }
  }

  /** Takes the key for this request; false when another request holds it. */
  private async claim({ userId, key }: Pick<IdempotencyKey, 'userId' | 'key'>, requestHash: string): Promise<boolean> {
    const now = this.clock.now();
    const rows = (await this.dataSource.query(
      `INSERT INTO idempotency_key AS held (user_id, key, request_hash, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (user_id, key) DO UPDATE
         SET request_hash = excluded.request_hash, created_at = excluded.created_at, status = NULL, response = NULL
         WHERE held.created_at < $5 OR (held.status IS NULL AND held.created_at < $6)
       RETURNING key`,
      [userId, key, requestHash, now, new Date(now.getTime() - KEPT_MS), new Date(now.getTime() - GIVEN_UP_MS)],
    )) as unknown[];
    return rows.length === 1;
  }

  private async replay(
    at: Pick<IdempotencyKey, 'userId' | 'key'>,
    requestHash: string,
    reply: FastifyReply,
  ): Promise<unknown> {
    const held = await this.dataSource.manager.findOneBy(IdempotencyKey, at);
    if (held && held.requestHash !== requestHash) throw new Problem(422, 'IDEMPOTENCY_KEY_REUSED');
    if (!held || held.status === null) throw new Problem(409, 'IDEMPOTENCY_IN_PROGRESS', { retryAfterSeconds: 1 });
    const { body, headers } = held.response as KeptAnswer;
    void reply.headers({ ...headers, 'idempotency-replayed': 'true' });
    return body ?? undefined;
  }
}

/** The credential is part of it: a token must not get an answer again that its person was given. */
function hashOf({ method, url, body, caller }: FastifyRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([method, url, body ?? null, caller?.token?.id]))
    .digest('hex');
}

function headersOf(reply: FastifyReply): Record<string, string> {
  const kept = KEPT_HEADERS.map((name) => [name, reply.getHeader(name)] as const);
  return Object.fromEntries(
    kept.filter((entry): entry is readonly [(typeof KEPT_HEADERS)[number], string] => typeof entry[1] === 'string'),
  );
}
