import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Where the build of the pages is, seen from the compiled and from the written file alike. */
export const WEB_ROOT = join(__dirname, '../../../../web/dist');

const ASSETS = '/assets/';
const NOT_PAGES = ['/api/', '/healthz', '/readyz', '/metrics'];

/**
 * Serves the pages: hashed files for ever, everything else asked anew. Any address that a browser asks a page for, outside of the API, is the
 * one page: its router knows the rest.
 */
export async function serveWeb(fastify: FastifyInstance, root: string): Promise<void> {
  if (!existsSync(join(root, 'index.html'))) return;
  await fastify.register(fastifyStatic, { root, serve: false, dotfiles: 'ignore', cacheControl: false });
  fastify.get('/*', (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    if (path === '/api' || NOT_PAGES.some((prefix) => path.startsWith(prefix))) return reply.callNotFound();
    if (isPage(request, path)) return reply.header('cache-control', 'no-store').sendFile('index.html');
    const kept = path.startsWith(ASSETS) ? 'public, max-age=31536000, immutable' : 'no-cache';
    return reply.header('cache-control', kept).sendFile(path.slice(1));
  });
}

function isPage({ headers }: FastifyRequest, path: string): boolean {
  if (path === '/' || path === '/index.html') return true;
  return !path.startsWith(ASSETS) && (headers.accept ?? '').includes('text/html');
}
