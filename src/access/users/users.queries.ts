import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { decodeCursor, type Page, pageOf } from '../../platform/http/cursor';
import { Problem } from '../../platform/http/problem';
import { type Actor, scopeOf } from '../actor';
import { type Role, ROLES } from '../role-assignment.entity';
import { scopeCondition, SqlParameters } from '../scope/scope-sql';
import type { UserListQuery } from './dto/user.request';
import type { UserResponse } from './dto/user.response';

/** People whom a person may see: those with a role in the person's organisations, and those without any role. */
@Injectable()
export class UsersQueries {
  constructor(private readonly dataSource: DataSource) {}

  async list(
    actor: Actor,
    { limit, cursor, q, role, organisationId, active }: UserListQuery,
  ): Promise<Page<UserResponse>> {
    const parameters = new SqlParameters();
    const after = decodeCursor(cursor, 'text', 'id');
    const conditions = [
      visible(actor, parameters),
      q &&
        `(u.display_name ILIKE ${parameters.bind(containing(q))} OR u.email ILIKE ${parameters.bind(containing(q))})`,
      (role || organisationId) && holding(actor, parameters, role, organisationId),
      active !== undefined && `u.active = ${parameters.bind(active)}`,
      after && `(u.display_name, u.id) > (${parameters.bind(after[0])}::text, ${parameters.bind(after[1])}::uuid)`,
    ].filter(Boolean);
    const rows = (await this.dataSource.query(
      `${select(actor, parameters)} WHERE ${conditions.join(' AND ')}
       ORDER BY u.display_name, u.id LIMIT ${parameters.bind(limit + 1)}`,
      parameters.values,
    )) as UserResponse[];
    return pageOf(rows, limit, ({ displayName, id }) => [displayName, id]);
  }

  /** @throws Problem 404 when there is no such person or the caller may not see them. */
  async byId(actor: Actor, id: string): Promise<UserResponse> {
    const parameters = new SqlParameters();
    const [row] = (await this.dataSource.query(
      `${select(actor, parameters)} WHERE u.id = ${parameters.bind(id)} AND ${visible(actor, parameters)}`,
      parameters.values,
    )) as UserResponse[];
    if (!row) throw new Problem(404, 'USER_NOT_FOUND');
    return row;
  }
}

function select(actor: Actor, parameters: SqlParameters): string {
  const inScope = scopeCondition(scopeOf(actor, 'users:read'), parameters, 'o.id');
  return `SELECT u.id, u.email, u.display_name AS "displayName", u.locale, u.time_zone AS "timeZone", u.active,
      u.password_hash IS NOT NULL AS "canSignIn", u.erased_at IS NOT NULL AS erased, u.row_version AS version,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'organisationId', o.id, 'organisationName', o.name,
          'organisationNameEn', o.name_en) ORDER BY array_position(${parameters.bind(ROLES)}::text[], r.role), o.code), '[]')
       FROM role_assignment r JOIN organisation o ON o.id = r.organisation_id
       WHERE r.user_id = u.id AND ${inScope}) AS roles
    FROM app_user u`;
}

/** The condition on `app_user u` that keeps a query to the people the actor may see. */
export function visible(actor: Actor, parameters: SqlParameters): string {
  const inScope = scopeCondition(scopeOf(actor, 'users:read'), parameters, 'r.organisation_id');
  return `(NOT EXISTS (SELECT FROM role_assignment r WHERE r.user_id = u.id)
    OR EXISTS (SELECT FROM role_assignment r WHERE r.user_id = u.id AND ${inScope}))`;
}

/** Those who hold, where the actor may see it, the role, or any in the organisation or below it. */
function holding(actor: Actor, parameters: SqlParameters, role?: Role, organisationId?: string): string {
  const conditions = [
    scopeCondition(scopeOf(actor, 'users:read'), parameters, 'r.organisation_id'),
    role && `r.role = ${parameters.bind(role)}`,
    organisationId &&
      `r.organisation_id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${parameters.bind(organisationId)}::uuid)`,
  ].filter(Boolean);
  return `EXISTS (SELECT FROM role_assignment r WHERE r.user_id = u.id AND ${conditions.join(' AND ')})`;
}

function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
