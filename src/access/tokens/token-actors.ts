import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditLog } from '../../audit/audit-log';
import { Clock } from '../../platform/clock/clock';
import type { Actor } from '../actor';
import { isWorthNoting, opensRow } from '../secrets/rotation';
import { hashOfSecret } from '../secrets/secret';
import { ApiToken } from './api-token.entity';

export const TOKEN_PREFIX = 'sonae_';

const BEARER = /^bearer +(\S+) *$/i;

type ActorRow = Omit<Actor, 'requestId' | 'token'> & {
  tokenId: string;
  scopes: string[];
  lastUsedAt: Date | null;
  known: boolean;
};

/**
 * The roles of the person as far as the token reaches: a role above its organisation shrinks to that organisation, one beside it goes,
 * and one above an agency that keeps its details to itself. It is read at each request, so that the token loses what the person loses.
 */
const ROLES_IN_REACH = `
  SELECT coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'organisationId', reach.id)), '[]')
  FROM role_assignment r CROSS JOIN LATERAL (SELECT CASE
      WHEN t.organisation_id IS NULL OR EXISTS (SELECT FROM organisation_closure c
        WHERE c.ancestor_id = t.organisation_id AND c.organisation_id = r.organisation_id) THEN r.organisation_id
      WHEN EXISTS (SELECT FROM organisation_closure c
        WHERE c.ancestor_id = r.organisation_id AND c.organisation_id = t.organisation_id AND c.details_open)
        THEN t.organisation_id
    END AS id) reach
  WHERE r.user_id = t.user_id AND reach.id IS NOT NULL`;

/** Finds who is behind an API token, and notes that it was used. */
@Injectable()
export class TokenActors {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The person whom the token acts for, with what is left of their roles; null when it is none that is valid now. */
  async actorOf(presented: string, address: string, requestId: string | null): Promise<Actor | null> {
    const hash = hashOfSecret(TOKEN_PREFIX, presented);
    if (hash === null) return null;
    const now = this.clock.now();
    const [row] = (await this.dataSource.query(
      `SELECT t.id AS "tokenId", t.scopes, t.last_used_at AS "lastUsedAt", u.id AS "userId", u.locale,
         u.time_zone AS "timeZone", u.calendar, (${ROLES_IN_REACH}) AS roles,
         EXISTS (SELECT FROM api_token_address a WHERE a.token_id = t.id AND a.address = $3) AS known
       FROM api_token t JOIN app_user u ON u.id = t.user_id
       WHERE ${opensRow('t', '$1', '$2')} AND u.active`,
      [hash, now, address],
    )) as ActorRow[];
    if (!row) return null;
    const { tokenId, scopes, lastUsedAt, known, ...person } = row;
    const actor = { ...person, requestId, token: { id: tokenId, scopes } };
    if (!known || isWorthNoting(lastUsedAt, now)) await this.noteUse(actor, tokenId, address, now);
    return actor;
  }

  private async noteUse(actor: Actor, tokenId: string, address: string, now: Date): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { affected } = await m.update(ApiToken, { id: tokenId }, { lastUsedAt: now, lastUsedAddress: address });
      if (affected !== 1) return; // revoked in between
      const first = (await m.query(
        `INSERT INTO api_token_address (token_id, address, first_used_at) VALUES ($1, $2, $3)
         ON CONFLICT DO NOTHING RETURNING address`,
        [tokenId, address, now],
      )) as unknown[];
      if (first.length === 0) return;
      const event = { recordType: 'api_token', recordId: tokenId, after: { address } };
      await this.audit.record(m, actor, { action: 'api_token.used_from_new_address', ...event });
    });
  }
}

/** What a request presents as `Authorization: Bearer …`; undefined when it presents nothing of the kind. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return BEARER.exec(authorization ?? '')?.[1];
}
