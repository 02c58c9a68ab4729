import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { DOCS_PATH, DOCUMENT_PATH } from './docs-page';
import { withLimits } from './limits';
import { withRefusals } from './refusals';

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457; texts are in the language of the account, or of Accept-Language for who is not signed in',
  required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
  properties: {
    type: { type: 'string', example: 'urn:sonae:problem:system-not-found' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable, for programs', example: 'SYSTEM_NOT_FOUND' },
    detail: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'code', 'message'],
        properties: {
          field: { type: 'string', example: 'copies[0].site' },
          code: { type: 'string', example: 'REQUIRED' },
          message: { type: 'string' },
        },
      },
    },
  },
} as const;

/** The description of the API, OpenAPI 3.1, made from the controllers. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Sonae')
    .setDescription('Resilience and backup readiness for government information systems')
    .setVersion('1')
    .addCookieAuth('sonae_session')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API token: `sonae_…`' })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  const { components } = document;
  const schemas = { ...components?.schemas, Problem: PROBLEM as never };
  return withLimits(withRefusals({ ...document, components: { ...components, schemas } }));
}

/** Serves the document at /api/openapi.json; made when first asked for. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup(DOCS_PATH.slice(1), app, () => openApiDocument(app), {
    jsonDocumentUrl: DOCUMENT_PATH.slice(1),
    ui: false,
    raw: ['json'],
  });
}
