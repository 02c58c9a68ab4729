import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock/clock';
import { Problem } from '../../platform/http/problem';
import { type Actor, scopeOf } from '../actor';
import { scopeCondition, SqlParameters } from '../scope/scope-sql';
import { visible } from '../users/users.queries';
import type { ApiTokenResponse } from './dto/api-token.response';

/** API tokens: one's own, and those of people whose account one administers. */
@Injectable()
export class TokensQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem 404 when the person is somebody else whom the caller does not administer. */
  async list(actor: Actor, userId: string): Promise<ApiTokenResponse[]> {
    const parameters = new SqlParameters();
    const people = (await this.dataSource.query(
      `SELECT FROM app_user u WHERE u.id = ${parameters.bind(userId)} AND ${administered(actor, parameters)}`,
      parameters.values,
    )) as unknown[];
    if (people.length === 0) throw new Problem(404, 'USER_NOT_FOUND');
    return (await this.dataSource.query(`${this.select('$1')} WHERE t.user_id = $2 ORDER BY t.created_at DESC, t.id`, [
      this.clock.now(),
      userId,
    ])) as ApiTokenResponse[];
  }

  /** @throws Problem 404 when there is no such token or the caller may not see it. */
  async byId(actor: Actor, id: string, m: EntityManager = this.dataSource.manager): Promise<ApiTokenResponse> {
    const parameters = new SqlParameters();
    const [row] = (await m.query(
      `${this.select(parameters.bind(this.clock.now()))} JOIN app_user u ON u.id = t.user_id
       WHERE t.id = ${parameters.bind(id)} AND ${administered(actor, parameters)}`,
      parameters.values,
    )) as ApiTokenResponse[];
    if (!row) throw new Problem(404, 'API_TOKEN_NOT_FOUND');
    return row;
  }

  private select(now: string): string {
    return `SELECT t.id, t.user_id AS "userId", t.name, t.scopes, t.organisation_id AS "organisationId",
        o.name AS "organisationName", o.name_en AS "organisationNameEn", t.secret_hint AS hint, t.created_at AS "createdAt",
        t.expires_at AS "expiresAt", CASE WHEN t.previous_until > ${now} THEN t.previous_until END AS "previousUntil",
        t.last_used_at AS "lastUsedAt", t.last_used_address AS "lastUsedAddress"
      FROM api_token t LEFT JOIN organisation o ON o.id = t.organisation_id`;
  }
}

/** The condition on `app_user u`: the caller's own account, or one whose every role is where the caller administers people. */
function administered(actor: Actor, parameters: SqlParameters): string {
  const scope = scopeOf(actor, 'users:write');
  const own = `u.id = ${parameters.bind(actor.userId)}::uuid`;
  if (scope.organisationIds.length === 0) return own;
  return `(${own} OR (${visible(actor, parameters)} AND NOT EXISTS (
    SELECT FROM role_assignment r WHERE r.user_id = u.id AND NOT ${scopeCondition(scope, parameters, 'r.organisation_id')})))`;
}
