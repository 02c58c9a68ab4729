import {
  applyDecorators,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, tap } from 'rxjs';
import type { DeleteResult, UpdateResult } from 'typeorm';
import { Problem } from './problem';

// Proxies that compress an answer mark its tag as weak; the version in it is as exact as before.
const TAG = /^(?:W\/)?"(\d{1,9})"$/;

const versionParameter = createParamDecorator((_data: unknown, context: ExecutionContext): number =>
  versionIn(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);

/**
 * Argument of a write: the row version the caller last saw, from `If-Match`.
 * @throws Problem 428 when the header is missing, 400 when it is no ETag of ours.
 */
export const IfMatch = (): ParameterDecorator => (target, key, index) => {
  versionParameter()(target, key, index);
  const method = Object.getOwnPropertyDescriptor(target, key as string);
  if (method)
    ApiHeader({
      name: 'If-Match',
      required: true,
      description: 'The ETag of the last GET',
      schema: { type: 'string', pattern: TAG.source, maxLength: 20, example: '"1"' },
    })(target, key as string, method);
};

export function versionIn(header: string | undefined): number {
  if (header === undefined) throw new Problem(428, 'IF_MATCH_REQUIRED');
  const version = TAG.exec(header.trim())?.[1];
  if (version === undefined) throw new Problem(400, 'MALFORMED_IF_MATCH');
  return Number(version);
}

/**
 * Refuses a write that met another one.
 * @throws Problem 412 when the statement, with the expected row version in its condition, changed no row.
 */
export function requireFresh({ affected }: Pick<UpdateResult | DeleteResult, 'affected'>): void {
  if (affected !== 1) throw new Problem(412, 'STALE');
}

/** For the routes that answer with one resource: its row version (`property` of the answer) becomes the ETag. */
export const ETag = (property = 'version'): MethodDecorator =>
  applyDecorators(UseInterceptors(new EtagInterceptor(property)));

class EtagInterceptor implements NestInterceptor {
  constructor(private readonly property: string) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap((body: Record<string, unknown> | undefined) => {
        const version = body?.[this.property];
        if (typeof version === 'number') void reply.header('etag', `"${version}"`);
      }),
    );
  }
}
