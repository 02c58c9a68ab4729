import { createReadStream } from 'node:fs';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Where the document of the API is shown. */
export const DOCS_PATH = '/api/docs';
export const DOCUMENT_PATH = '/api/openapi.json';

/** Nothing in it is inline, so that the policy of every other page holds for it too. */
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Sonae API</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${DOCS_PATH}/swagger-ui.css">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="${DOCS_PATH}/swagger-ui-bundle.js"></script>
    <script src="${DOCS_PATH}/swagger-ui-init.js"></script>
  </body>
</html>
`;
const INIT = `SwaggerUIBundle({ url: '${DOCUMENT_PATH}', dom_id: '#swagger-ui', validatorUrl: null });\n`;

const JAVASCRIPT = 'text/javascript; charset=utf-8';
const FILES = { 'swagger-ui.css': 'text/css; charset=utf-8', 'swagger-ui-bundle.js': JAVASCRIPT } as const;

/** Serves Swagger UI with a page of our own: the one of the framework brings inline scripts and styles. */
export function serveDocsPage(fastify: FastifyInstance): void {
  const send = (reply: FastifyReply, type: string, content: unknown): unknown =>
    reply.header('cache-control', 'no-cache').type(type).send(content);
  for (const path of [DOCS_PATH, `${DOCS_PATH}/`])
    fastify.get(path, (_request, reply) => send(reply, 'text/html; charset=utf-8', PAGE));
  fastify.get(`${DOCS_PATH}/swagger-ui-init.js`, (_request, reply) => send(reply, JAVASCRIPT, INIT));
  for (const [name, type] of Object.entries(FILES))
    fastify.get(`${DOCS_PATH}/${name}`, (_request, reply) =>
      send(reply, type, createReadStream(require.resolve(`swagger-ui-dist/${name}`))),
    );
}
