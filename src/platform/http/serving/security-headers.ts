import type { FastifyHelmetOptions } from '@fastify/helmet';
import type { FastifyReply, FastifyRequest } from 'fastify';

const NOTHING = ["'none'"];
const SELF = ["'self'"];

/** Where the document of the API is shown: the page of Swagger UI brings its own inline script and style. */
export const DOCS_PATH = '/api/docs';
const DOCS_POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Headers of every answer. A route that shows foreign HTML sets a policy of its own, which wins. */
export function securityHeaders(publicUrl: string | undefined): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': SELF,
        'script-src': SELF,
        'style-src': SELF,
        'img-src': [...SELF, 'data:'],
        'connect-src': SELF,
        'object-src': NOTHING,
        'base-uri': NOTHING,
        'form-action': SELF,
        'frame-ancestors': NOTHING,
      },
    },
    // Told to a browser over http it would mean nothing; behind TLS it keeps people there.
    hsts: publicUrl?.startsWith('https:') ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' },
    // Nothing here needs it, and Chromium warns at every mail that is shown in its sandboxed frame.
    originAgentCluster: false,
    referrerPolicy: { policy: 'same-origin' },
  };
}

/** Fastify hook on sending: the page of the API document needs a policy of its own. */
export function docsPolicy(request: FastifyRequest, reply: FastifyReply, payload: unknown, done: () => void): void {
  if (request.url === DOCS_PATH || request.url.startsWith(`${DOCS_PATH}/`))
    void reply.header('content-security-policy', DOCS_POLICY);
  done();
}
