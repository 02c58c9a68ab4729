import { applyDecorators, type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../problem';
import { sendProblem } from '../problem.filter';
import { addressKey } from './address-key';
import { RateLimits } from './rate-limits';

const COUNTS_AS_SIGN_IN = 'sonae:counts-as-sign-in';

/** For routes at which somebody tries to get in: few a minute are let in from one address. */
export const CountsAsSignIn = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(COUNTS_AS_SIGN_IN, true));

/** Counts a request by its account or token, which the access guard has found, and attempts to sign in by their address. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const { caller, ip } = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (this.reflector.getAllAndOverride(COUNTS_AS_SIGN_IN, [context.getHandler(), context.getClass()]))
      await this.limits.admit('sign-in', addressKey(ip), reply);
    if (caller?.token) await this.limits.admit('token', caller.token.id, reply);
    else if (caller) await this.limits.admit('account', caller.userId, reply);
    return true;
  }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route counts its requests by something better than their address. */
    limitsItself?: boolean;
  }
}

/** Counts every request below `/api/` by its address, before anything else is done for it. Pages and probes are not counted. */
export function limitAddresses(fastify: FastifyInstance, limits: RateLimits): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/api/') || request.routeOptions.config.limitsItself) return;
    try {
      await limits.admit('address', addressKey(request.ip), reply);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      sendProblem(request, reply, error);
      return reply;
    }
  });
}
