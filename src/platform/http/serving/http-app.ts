import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config';
import { Metrics } from '../../health/metrics';
import { type Pino, PinoLogger } from '../../logging/logger';
import { sendProblem } from '../problem.filter';
import { problemOf } from '../problem-of';
import { limitAddresses } from '../rate-limit/rate-limit.guard';
import { RateLimits } from '../rate-limit/rate-limits';
import { requestIdFor } from '../request-context';
import { closeInTime } from './closing';
import { presentsToken, refuseUnnamedSites } from './cross-site';
import { serveDocsPage } from './docs-page';
import { serveOpenApi } from './openapi';
import { logRequests } from './request-log';
import { secureEveryAnswer } from './security-headers';
import { serveWeb, WEB_ROOT } from './web';

export const API_PREFIX = 'api/v1';
export const OUTSIDE_API = ['healthz', 'readyz', 'metrics'];

const LARGEST_BODY_BYTES = 1024 * 1024;
const LARGEST_UPLOAD_BYTES = 64 * 1024 * 1024;

export interface HttpOptions {
  config: Config;
  logger: Pino;
  /** Folder of the built pages. */
  webRoot?: string;
}

/** The application with everything that every route has in common; it does not listen yet. */
export async function createHttpApp(
  module: DynamicModule,
  { config, logger, webRoot = WEB_ROOT }: HttpOptions,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    genReqId: requestIdFor,
    requestIdHeader: false,
    trustProxy: config.TRUST_PROXY?.split(',').map((part) => part.trim()) ?? false,
    bodyLimit: LARGEST_BODY_BYTES,
    requestTimeout: 120_000,
    // Fastify answers an address it cannot decode before any of our code runs.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(request, reply, problemOf(error)),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new PinoLogger(logger),
    abortOnError: false,
  });
  app.setGlobalPrefix(API_PREFIX, { exclude: OUTSIDE_API });
  app.enableCsrfProtection({
    trustedOrigins: config.PUBLIC_URL ? [new URL(config.PUBLIC_URL).origin] : [],
    exclude: (request: FastifyRequest) => presentsToken(request),
  });

  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  secureEveryAnswer(fastify.server, config.PUBLIC_URL);
  logRequests(fastify, logger, app.get(Metrics));
  limitAddresses(fastify, app.get(RateLimits, { strict: false }));
  refuseUnnamedSites(fastify);
  await app.register(cookie as never);
  await app.register(multipart as never, { limits: { files: 1, fields: 20, fileSize: LARGEST_UPLOAD_BYTES } });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    // The same version of a record reads differently in another language and to another person: nobody keeps it.
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    done();
  });
  closeInTime(fastify);
  serveOpenApi(app);
  serveDocsPage(fastify);
  await serveWeb(fastify, webRoot);
  return app;
}
