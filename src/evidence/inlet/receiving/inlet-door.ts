import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost, ModuleRef } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../../platform/clock/clock';
import { sendProblem } from '../../../platform/http/problem.filter';
import { Problem } from '../../../platform/http/problem';
import { problemOf } from '../../../platform/http/problem-of';
import { localeOf } from '../../../platform/http/request-context';
import { addressKey } from '../../../platform/http/rate-limit/address-key';
import { RateLimits } from '../../../platform/http/rate-limit/rate-limits';
import type { Locale } from '../../../platform/messages/messages';
import { SubmissionRefused } from '../reading/refused';
import { whyText } from '../refusal-text';
import { InletLookup, type KnownInlet } from './inlet-lookup';
import { InletReceiver } from './inlet-receiver';
import { LARGEST_BODY_BYTES, messageOf } from './message-of';

/** Below the prefix of the API; what follows is a secret, and then perhaps a word. */
export const INLET_PATH = '/api/v1/inlet';

const METHODS = ['GET', 'HEAD', 'POST'] as const;
const NOTHING = /^(?:GET|HEAD)$/;

interface Opened {
  inlet: KnownInlet;
  hash: string;
}

/**
 * The way in for tools: routes of their own beside those of the framework, which would read a body before it knows whether somebody may send
 * it, and would lose its bytes. Nobody signs in here; the secret is all that lets one in, and it can do nothing but report.
 */
@Injectable()
export class InletDoor implements OnModuleInit {
  private readonly logger = new Logger(InletDoor.name);
  private readonly opened = new WeakMap<FastifyRequest, Opened>();

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly lookup: InletLookup,
    private readonly receiver: InletReceiver,
    private readonly modules: ModuleRef,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    // The processes of the jobs and of the command line have no door.
    const fastify = this.host.httpAdapter?.getInstance<FastifyInstance>();
    void fastify?.register((inside, _options, done) => {
      this.open(inside);
      done();
    });
  }

  /** Of the HTTP side, which is not there where there is no door. */
  private get limits(): RateLimits {
    return this.modules.get(RateLimits, { strict: false });
  }

  private open(inside: FastifyInstance): void {
    inside.removeAllContentTypeParsers();
    inside.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST_BODY_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    inside.setErrorHandler((error, request, reply) => this.refuse(error, request, reply));
    inside.addHook('onRequest', async (request, reply) => this.letIn(request, reply));
    for (const url of [`${INLET_PATH}/:secret`, `${INLET_PATH}/:secret/:word`])
      inside.route({
        method: [...METHODS],
        url,
        bodyLimit: LARGEST_BODY_BYTES,
        exposeHeadRoute: false,
        config: { limitsItself: true },
        handler: (request, reply) => this.take(request, reply),
      });
  }

  /** Before the body is read: who has no secret sends none. */
  private async letIn(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { secret } = request.params as { secret: string };
    const hash = this.lookup.hashOf(secret);
    const inlet = hash === null ? null : await this.lookup.find(hash);
    if (!inlet || hash === null) {
      await this.limits.admit('secret', addressKey(request.ip), reply);
      throw new Problem(404, 'INLET_NOT_FOUND');
    }
    await this.limits.admit('inlet', inlet.id, reply);
    this.opened.set(request, { inlet, hash });
  }

  private async take(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { inlet, hash } = this.opened.get(request) as Opened;
    if (NOTHING.test(request.method) && Buffer.isBuffer(request.body) && request.body.length > 0)
      throw new Problem(400, 'MALFORMED_REQUEST');
    const message = await messageOf(request, hash, this.clock.now());
    const kept = await this.receiver.receive(message, inlet);
    if ('gone' in kept) throw new Problem(404, 'INLET_NOT_FOUND');
    if ('refused' in kept) throw refusalOf(kept.refused, localeOf(request));
    return reply.code(kept.seen ? 200 : 201).send(kept.answer);
  }

  private async refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const problem = problemOf(error);
    if (problem.status >= 500) this.logger.error(error);
    const opened = this.opened.get(request);
    // What could not be read at all is a failure of the inlet too, and is seen there.
    if (opened && UNREAD.has(problem.status)) await this.note(opened, problem, request);
    sendProblem(request, reply, problem);
  }

  private async note({ inlet, hash }: Opened, { code }: Problem, { headers, ip }: FastifyRequest): Promise<void> {
    const refused =
      code === 'BODY_TOO_LARGE'
        ? new SubmissionRefused('TOO_LARGE', 'BODY_TOO_LARGE')
        : new SubmissionRefused('WRONG_ENCODING', 'BODY_UNREAD');
    const message = { ...NO_BODY, mediaType: headers['content-type'] ?? null, address: ip, secretHash: hash };
    await this.receiver
      .note({ ...message, receivedAt: this.clock.now() }, inlet, refused)
      .catch((reason: unknown) => this.logger.warn(`A refusal could not be noted: ${(reason as Error).message}`));
  }
}

const UNREAD = new Set([413, 415]);
const NO_BODY = { body: Buffer.alloc(0), declared: { tool: null, exitCode: null, signal: null, rid: null } };

/** Why it was refused, for who sent it. */
function refusalOf({ code, why }: SubmissionRefused, locale: Locale): Problem {
  const { field } = why.params;
  const errors = typeof field === 'string' ? [{ field, code: 'INVALID' }] : undefined;
  return new Problem(422, code, { params: { why: whyText(locale, why) }, errors });
}
