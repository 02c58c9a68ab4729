import { type CanActivate, type ExecutionContext, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../platform/http/problem';
import { hasAnywhere } from './actor';
import { ACCESS_RULE, type AccessRule, BEFORE_ENROLMENT, IN_EVERY_STATE, IN_PERSON } from './allow.decorator';
import { sessionTokenOf } from './sessions/session-cookie';
import { SessionsService, type SignedInPerson } from './sessions/sessions.service';
import { bearerOf, TokenActors } from './tokens/token-actors';

/** Denies by default: a route says by `@Allow`, `@SignedIn` or `@Public` who may use it, or nobody may. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionsService,
    private readonly tokens: TokenActors,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (rule === 'PUBLIC') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { actor, state } = await this.personOf(request);
    request.caller = actor;
    if (actor.token && (typeof rule === 'string' || this.reflector.get(IN_PERSON, context.getHandler())))
      throw new Problem(403, 'NOT_BY_TOKEN');
    // Who is signed in already is told so by the service.
    if (rule === 'FACTOR_NEEDED') return true;
    this.requireEnough(state, context);
    if (rule === 'SIGNED_IN' || (rule && hasAnywhere(actor, rule.permission))) return true;
    throw new Problem(403, 'NOT_ALLOWED');
  }

  /** Refuses who has not come far enough in signing in for the route. */
  private requireEnough(state: SignedInPerson['state'], context: ExecutionContext): void {
    const places = [context.getHandler(), context.getClass()];
    if (state === 'SIGNED_IN' || this.reflector.getAllAndOverride(IN_EVERY_STATE, places)) return;
    if (state === 'FACTOR_NEEDED') throw new Problem(401, 'SECOND_FACTOR_NEEDED');
    if (!this.reflector.getAllAndOverride(BEFORE_ENROLMENT, places)) throw new Problem(403, 'ENROLMENT_NEEDED');
  }

  /** A request that presents a token is judged by it alone, whatever cookies come with it. */
  private async personOf(request: FastifyRequest): Promise<SignedInPerson> {
    const bearer = bearerOf(request.headers.authorization);
    if (bearer === undefined) {
      const person = await this.sessions.personOf(sessionTokenOf(request), request.id);
      if (!person) throw new Problem(401, 'NOT_SIGNED_IN');
      return person;
    }
    const actor = await this.tokens.actorOf(bearer, request.ip, request.id);
    if (!actor) throw new Problem(401, 'INVALID_API_TOKEN');
    return { actor, state: 'SIGNED_IN' };
  }
}

/** Refuses to start with a route that does not say who may use it: it would answer 403 to everybody, unnoticed. */
@Injectable()
export class RouteCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onApplicationBootstrap(): void {
    const open = this.routes().filter(({ rule }) => rule === undefined);
    if (open.length > 0)
      throw new Error(
        `These routes need @Allow(permission), @SignedIn() or @Public(): ${open.map(({ name }) => name).join(', ')}`,
      );
  }

  /** Every route of the application with the rule that it or its controller declares. */
  routes(): { name: string; rule: AccessRule | undefined }[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      if (!metatype) return [];
      const prototype = metatype.prototype as Record<string, object>;
      const handlers = this.scanner.getAllMethodNames(prototype);
      return handlers
        .filter((name) => Reflect.hasMetadata(PATH_METADATA, prototype[name] ?? {}))
        .map((name) => ({
          name: `${metatype.name}.${name}`,
          rule: (Reflect.getMetadata(ACCESS_RULE, prototype[name] ?? {}) ??
            Reflect.getMetadata(ACCESS_RULE, metatype)) as AccessRule | undefined,
        }));
    });
  }
}
