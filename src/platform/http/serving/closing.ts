import type { FastifyInstance } from 'fastify';

/** How long a request that is being answered may hold a stop up. */
const PATIENCE_MS = 3_000;

/**
 * Lets the requests that are being answered come to their end when the server closes, and nothing else: a browser keeps its connection for a
 * next request, or opens a spare one, and the server would wait for either for more than a minute.
 */
export function closeInTime(fastify: FastifyInstance): void {
  let closing = false;
  fastify.addHook('preClose', (done) => {
    closing = true;
    setTimeout(() => fastify.server.closeAllConnections(), PATIENCE_MS).unref();
    done();
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) void reply.header('connection', 'close');
    done();
  });
}
