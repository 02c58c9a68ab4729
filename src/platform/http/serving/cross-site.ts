import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problem';
import { sendProblem } from '../problem.filter';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request says by what it is let in: a program that presents a token is judged by it alone, whatever cookies come with it. */
export function presentsToken({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return /^bearer /i.test(headers.authorization ?? '');
}

/**
 * Refuses a write that comes with cookies and does not say from which site: every browser says it, and what does not may be one that another
 * site has talked into it. The framework refuses those that say another site.
 */
export function refuseUnnamedSites(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request, reply) => {
    const { method, headers } = request;
    const named = Boolean(headers.origin || headers['sec-fetch-site']);
    if (SAFE.has(method) || named || headers.cookie === undefined || presentsToken(request)) return;
    sendProblem(request, reply, new Problem(403, 'CROSS_ORIGIN'));
    return reply;
  });
}
