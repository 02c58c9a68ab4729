import { timingSafeEqual } from 'node:crypto';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../config/config';
import { Problem } from '../http/problem';
import { Public } from '../http/public.decorator';
import { HealthService, type ReadinessResponse } from './health.service';
import { Metrics } from './metrics';

const THIS_MACHINE = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** For whoever watches the service. Not under /api/v1. */
@ApiExcludeController()
@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthService,
    private readonly metrics: Metrics,
    private readonly config: Config,
  ) {}

  /** The process lives. */
  @Get('healthz')
  alive(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The process can do its work; 503 when it cannot. */
  @Get('readyz')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessResponse> {
    const readiness = await this.health.readiness();
    if (readiness.status === 'unavailable') void reply.status(503);
    return readiness;
  }

  @Get('metrics')
  async figures(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    if (!this.mayRead(request)) throw new Problem(403, 'NOT_ALLOWED');
    void reply.header('content-type', this.metrics.contentType);
    return this.metrics.page();
  }

  /** With a token, whoever has it; without one, this machine, but not through a proxy that runs on it. */
  private mayRead({ headers, socket }: FastifyRequest): boolean {
    const token = this.config.METRICS_TOKEN;
    if (token) return sameText(headers.authorization ?? '', `Bearer ${token}`);
    const forwarded = headers.forwarded ?? headers['x-forwarded-for'] ?? headers.via;
    return forwarded === undefined && THIS_MACHINE.has(socket.remoteAddress ?? '');
  }
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
