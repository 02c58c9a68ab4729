import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../platform/config/config';

/** Its name, which the API's description tells too. */
export const SESSION_COOKIE = 'sonae_session';

/** The cookie that holds a session's token: out of reach of scripts and of other sites, and kept to https where there is https. */
@Injectable()
export class SessionCookie {
  constructor(private readonly config: Config) {}

  set(reply: FastifyReply, token: string): void {
    void reply.setCookie(SESSION_COOKIE, token, { ...this.manners(), maxAge: this.config.SESSION_HOURS * 3600 });
  }

  clear(reply: FastifyReply): void {
    void reply.clearCookie(SESSION_COOKIE, this.manners());
  }

  private manners() {
    const secure = this.config.PUBLIC_URL?.startsWith('https:') ?? false;
    return { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  }
}

/** The token a browser sent; undefined when it sent none. */
export function sessionTokenOf({ cookies }: FastifyRequest): string | undefined {
  return cookies[SESSION_COOKIE];
}
