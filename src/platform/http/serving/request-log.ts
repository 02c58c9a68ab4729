import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../../health/metrics';
import type { Pino } from '../../logging/logger';
import { withRequest } from '../request-context';

/** Probes come every few seconds and say nothing when they succeed. */
const PROBES = new Set(['/healthz', '/readyz', '/metrics']);

/** Gives every request its id, for the log and the answer, and writes one line when it is answered. */
export function logRequests(fastify: FastifyInstance, logger: Pino, metrics: Metrics): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    withRequest(request, done);
  });
  // Reading a body ends in an event of the socket, which knows nothing of the request: begin anew.
  fastify.addHook('preValidation', (request, _reply, done) => withRequest(request, done));
  fastify.addHook('onResponse', (request, { statusCode, elapsedTime }, done) => {
    const { id: requestId, method, caller, routeOptions } = request;
    const route = routeOptions.url ?? 'none';
    metrics.observe(method, route, statusCode, elapsedTime);
    const level = PROBES.has(route) ? probeLevel(statusCode) : statusCode >= 500 ? 'error' : 'info';
    const facts = { requestId, method, route, status: statusCode, ms: Math.round(elapsedTime * 10) / 10 };
    logger[level]({ ...facts, userId: caller?.userId }, 'request');
    done();
  });
}

function probeLevel(statusCode: number): 'debug' | 'warn' {
  return statusCode < 400 ? 'debug' : 'warn';
}
