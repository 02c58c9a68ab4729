import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditLog } from '../../audit/audit-log';
import { addDays } from '../../core/time/civil-date';
import { localDate, startOfDay } from '../../core/time/zone';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { newId } from '../../platform/database/id';
import { fieldProblem, Problem } from '../../platform/http/problem';
import { type Actor, hasAnywhere, scopeOf } from '../actor';
import type { Permission } from '../permissions';
import { scopeCondition, SqlParameters } from '../scope/scope-sql';
import { firstSecret, rotated } from '../secrets/rotation';
import { newSecret } from '../secrets/secret';
import { ApiToken } from './api-token.entity';
import { TOKEN_PREFIX } from './token-actors';
import { TokensQueries } from './tokens.queries';

export interface NewToken {
  name: string;
  scopes: readonly Permission[];
  organisationId?: string | null;
  /** Civil day in the zone of the person. */
  expiresOn: string;
}

/** What the person is told of a new secret, once. */
export interface Issued {
  id: string;
  secret: string;
}

const MOST_TOKENS = 50;
const HOUR_MS = 3_600_000;

/** Issues, rotates and revokes API tokens. */
@Injectable()
export class TokensService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly queries: TokensQueries,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** @throws Problem 422 for a scope the person does not have, an organisation not seen and a day out of bounds; 409 for too many. */
  async create(actor: Actor, { name, scopes, organisationId = null, expiresOn }: NewToken): Promise<Issued> {
    const expiresAt = this.endOf(actor, expiresOn);
    const missing = scopes.findIndex((scope) => !hasAnywhere(actor, scope));
    if (missing >= 0) throw fieldProblem(422, `scopes[${missing}]`, 'NOT_HELD');
    const made = newSecret(TOKEN_PREFIX);
    const id = newId();
    return this.dataSource.transaction(async (m) => {
      if (organisationId) await this.requireSeen(m, actor, organisationId);
      // Waits for another token of the same person, so that many at once do not pass the limit.
      await m.query('SELECT FROM app_user WHERE id = $1 FOR UPDATE', [actor.userId]);
      if ((await m.countBy(ApiToken, { userId: actor.userId })) >= MOST_TOKENS)
        throw new Problem(409, 'TOO_MANY_API_TOKENS', { params: { limit: MOST_TOKENS } });
      const facts = { name, scopes: [...scopes], organisationId, expiresAt };
      await m.insert(ApiToken, {
        ...facts,
        ...firstSecret(made),
        id,
        userId: actor.userId,
        createdAt: this.clock.now(),
      });
      const after = { ...facts, hint: made.hint };
      await this.audit.record(m, actor, { action: 'api_token.created', recordType: 'api_token', recordId: id, after });
      return { id, secret: made.secret };
    });
  }

  /**
   * Gives one's own token a new secret; the present one stays valid for `graceHours`.
   * @throws Problem 404; 409 when it has expired or another rotation came first; 422 for a day out of bounds.
   */
  async rotate(actor: Actor, id: string, graceHours: number, expiresOn?: string): Promise<Issued> {
    const expiresAt = expiresOn === undefined ? undefined : this.endOf(actor, expiresOn);
    const now = this.clock.now();
    const made = newSecret(TOKEN_PREFIX);
    return this.dataSource.transaction(async (m) => {
      const token = await this.requireOwn(m, actor, id);
      if (token.expiresAt <= now) throw new Problem(409, 'API_TOKEN_EXPIRED');
      const { secretHash } = token;
      const columns = { ...rotated(token, made, now, graceHours * HOUR_MS), ...(expiresAt && { expiresAt }) };
      const { affected } = await m.update(ApiToken, { id, secretHash }, columns);
      if (affected !== 1) throw new Problem(409, 'CONFLICT');
      await this.audit.record(m, actor, {
        action: 'api_token.rotated',
        recordType: 'api_token',
        recordId: id,
        before: { hint: token.secretHint },
        after: { hint: made.hint, previousUntil: columns.previousUntil, ...(expiresAt && { expiresAt }) },
      });
      return { id, secret: made.secret };
    });
  }

  /** Ends the grace of the secret before the last rotation; nothing happens when there is none. */
  async endPrevious(actor: Actor, id: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const token = await this.requireOwn(m, actor, id);
      if (token.previousHash === null) return;
      await m.update(ApiToken, { id }, { previousHash: null, previousUntil: null });
      const before = { previousUntil: token.previousUntil };
      const after = { previousUntil: null };
      const event = { recordType: 'api_token', recordId: id, before, after };
      await this.audit.record(m, actor, { action: 'api_token.previous_ended', ...event });
    });
  }

  /** Ends a token of one's own, or of somebody whose account one administers. @throws Problem 404. */
  async revoke(actor: Actor, id: string): Promise<void> {
    await this.dataSource.transaction(async (m) => {
      const { name, hint, userId } = await this.queries.byId(actor, id, m);
      await m.delete(ApiToken, { id });
      const before = { name, hint, userId };
      await this.audit.record(m, actor, { action: 'api_token.revoked', recordType: 'api_token', recordId: id, before });
    });
  }

  private async requireOwn(m: EntityManager, { userId }: Actor, id: string): Promise<ApiToken> {
    const token = await m.findOneBy(ApiToken, { id, userId });
    if (!token) throw new Problem(404, 'API_TOKEN_NOT_FOUND');
    return token;
  }

  private async requireSeen(m: EntityManager, actor: Actor, organisationId: string): Promise<void> {
    const parameters = new SqlParameters();
    const rows = (await m.query(
      `SELECT FROM organisation o WHERE o.id = ${parameters.bind(organisationId)}
         AND ${scopeCondition(scopeOf(actor, 'organisations:read'), parameters, 'o.id')}`,
      parameters.values,
    )) as unknown[];
    if (rows.length === 0) throw fieldProblem(422, 'organisationId', 'NOT_FOUND');
  }

  /** The instant at which the person's day `expiresOn` is over. */
  private endOf({ timeZone }: Actor, expiresOn: string): Date {
    const today = localDate(this.clock.now(), timeZone);
    if (expiresOn < today) throw fieldProblem(422, 'expiresOn', 'IN_THE_PAST');
    const limit = addDays(today, this.config.API_TOKEN_DAYS);
    if (expiresOn > limit) throw fieldProblem(422, 'expiresOn', 'TOO_FAR_AHEAD', { limit });
    return startOfDay(addDays(expiresOn, 1), timeZone);
  }
}

/** Ends every API token of a person and every address of a calendar of theirs, in the transaction that closes the account. */
export async function endTokensOf(m: EntityManager, userId: string): Promise<void> {
  await m.delete(ApiToken, { userId });
  await m.query('DELETE FROM calendar_feed WHERE user_id = $1', [userId]);
}
