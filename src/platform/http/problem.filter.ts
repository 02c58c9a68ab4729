import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isCivilDate } from '../../core/time/civil-date';
import { formatDate } from '../messages/format';
import { hasMessage, message, type Locale } from '../messages/messages';
import type { FieldProblem, Problem } from './problem';
import { problemOf } from './problem-of';
import { localeOf } from './request-context';

/** What a refusal looks like on the wire (RFC 9457), as `application/problem+json`. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  requestId: string;
  errors?: { field: string; code: string; message: string }[];
}

/** Every error of a request leaves through here, in the caller's language. Faults of ours are logged, never shown. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.status >= 500) this.logger.error(error);
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    sendProblem(http.getRequest<FastifyRequest>(), reply, problem);
  }
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
  const { retryAfterSeconds } = problem.details;
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', Math.max(1, Math.ceil(retryAfterSeconds)));
  if (problem.status === 401) void reply.header('www-authenticate', challengeFor(problem.code));
  void reply
    .code(problem.status)
    .header('x-request-id', request.id)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problemBody(problem, localeOf(request), request.id)));
}

/** How a program would be let in (RFC 6750). Browsers ask nobody for a password at this scheme. */
function challengeFor(code: string): string {
  return code === 'INVALID_API_TOKEN' ? 'Bearer realm="sonae", error="invalid_token"' : 'Bearer realm="sonae"';
}

export function problemBody(problem: Problem, locale: Locale, requestId: string): ProblemBody {
  const { status, code, details } = problem;
  const title = text(locale, `httpStatus.${status}`, {}) ?? code;
  return {
    type: `urn:sonae:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    code,
    detail: text(locale, `problem.${code}`, details.params) ?? title,
    requestId,
    ...(details.errors && { errors: details.errors.map((error) => fieldBody(error, locale)) }),
  };
}

function fieldBody({ field, code, params }: FieldProblem, locale: Locale) {
  return { field, code, message: text(locale, `field.${code}`, params) ?? code };
}

/** The sentence of a refusal, with days as people say them. */
function text(locale: Locale, key: string, params: Problem['details']['params'] = {}): string | undefined {
  if (!hasMessage(key)) return undefined;
  const words = Object.entries(params).map(([name, value]) => [name, isDay(value) ? formatDate(locale, value) : value]);
  return message(locale, key, Object.fromEntries(words));
}

const isDay = (value: unknown): value is string => typeof value === 'string' && isCivilDate(value);
