import { HttpException } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { databaseProblem, type DatabaseError } from './constraint-problems';
import { Problem } from './problem';

/** Errors that Fastify gives a code of its own. */
const BY_CODE: Readonly<Record<string, string>> = {
  FST_ERR_BAD_URL: 'MALFORMED_URL',
  FST_ERR_CTP_INVALID_JSON_BODY: 'MALFORMED_JSON',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'MALFORMED_JSON',
  FST_REQ_FILE_TOO_LARGE: 'BODY_TOO_LARGE',
};

const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'MALFORMED_REQUEST',
  403: 'NOT_ALLOWED',
  404: 'ROUTE_NOT_FOUND',
  413: 'BODY_TOO_LARGE',
  414: 'MALFORMED_URL',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  503: 'UNAVAILABLE',
};

/** No connection: the socket's own codes, and what PostgreSQL says while it starts, stops, is full or lets nobody in. */
const NO_DATABASE = /^(ECONNREFUSED|ECONNRESET|connect ENOENT|ETIMEDOUT|EPIPE|08\w{3}|53\w{3}|57P0\d|55000)$/;
const CUT_OFF =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** The refusal that any error stands for; a fault of ours is 500 INTERNAL and says nothing of its inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HttpException) return httpProblem(error);
  const refusal = databaseRefusal(error);
  if (refusal) return refusal;
  const { statusCode, code } = (error ?? {}) as { statusCode?: unknown; code?: unknown };
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
    return new Problem(statusCode, codeOf(statusCode, code));
  return new Problem(500, 'INTERNAL');
}

function databaseRefusal(error: unknown): Problem | undefined {
  const inner: unknown = error instanceof QueryFailedError ? error.driverError : error;
  const { code, message, syscall } = (inner ?? {}) as Partial<NodeJS.ErrnoException>;
  // A missing file is our fault, a missing socket is not.
  if (NO_DATABASE.test(code === 'ENOENT' ? `${syscall} ${code}` : String(code)) || CUT_OFF.test(String(message)))
    return new Problem(503, 'UNAVAILABLE', { retryAfterSeconds: 5 });
  return error instanceof QueryFailedError ? databaseProblem(inner as DatabaseError) : undefined;
}

function httpProblem(error: HttpException): Problem {
  const status = error.getStatus();
  if (error.cause instanceof Problem) return error.cause;
  // The framework's check of Origin and Sec-Fetch-Site answers with this sentence and no code.
  if (status === 403 && error.message.startsWith('Cross-origin request')) return new Problem(403, 'CROSS_ORIGIN');
  // A body that is no JSON: Nest's own parser lets the SyntaxError through.
  if (error.cause instanceof SyntaxError) return new Problem(400, 'MALFORMED_JSON');
  return new Problem(status, codeOf(status, (error.cause as { code?: unknown } | undefined)?.code));
}

function codeOf(status: number, code: unknown): string {
  return BY_CODE[String(code)] ?? BY_STATUS[status] ?? (status < 500 ? 'MALFORMED_REQUEST' : 'INTERNAL');
}
