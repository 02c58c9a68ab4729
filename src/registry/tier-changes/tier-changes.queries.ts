import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, scopeOf } from '../../access/actor';
import type { Permission } from '../../access/permissions';
import { organisationJson, personJson } from '../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { requireSystem } from '../../access/scope/system-access';
import { CursorQuery, decodeCursor, Page, pageOf } from '../../platform/http/cursor';
import { Problem } from '../../platform/http/problem';
import type { TierChangeDecision, TierChangeResponse } from './dto/tier-change.response';

type Row = Omit<TierChangeResponse, 'offered'> & Record<'decidable' | 'withdrawable', boolean>;

/** Reads of requests to change a tier, each with what the caller may do with it. */
@Injectable()
export class TierChangesQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** The requests for one system, newest first. @throws Problem 404 when the system may not be seen. */
  async ofSystem(actor: Actor, systemId: string, query: CursorQuery): Promise<Page<TierChangeResponse>> {
    await requireSystem(this.dataSource.manager, actor, 'systems:read', systemId);
    return this.page(actor, query, (parameters) => `c.system_id = ${parameters.bind(systemId)}`);
  }

  /** What waits for a decision that the caller may take, newest first. */
  async waiting(actor: Actor, query: CursorQuery): Promise<Page<TierChangeResponse>> {
    return this.page(actor, query, (parameters) => decidable(actor, parameters));
  }

  /** @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string): Promise<TierChangeResponse> {
    const parameters = new SqlParameters();
    const seen = scopeOfSystems(actor, parameters, 'systems:read');
    const rows = await this.dataSource.query<Row[]>(
      `${select(actor, parameters)} WHERE c.id = ${parameters.bind(id)} AND ${seen}`,
      parameters.values,
    );
    if (!rows[0]) throw new Problem(404, 'TIER_CHANGE_NOT_FOUND');
    return response(rows[0]);
  }

  private async page(
    actor: Actor,
    query: CursorQuery,
    condition: (parameters: SqlParameters) => string,
  ): Promise<Page<TierChangeResponse>> {
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    const place = decodeCursor(query.cursor, 'instant', 'id')?.map(bind);
    const conditions = [
      condition(parameters),
      scopeOfSystems(actor, parameters, 'systems:read'),
      place && `(c.requested_at, c.id) < (${place[0]}, ${place[1]}::uuid)`,
    ].filter(Boolean);
    const rows = await this.dataSource.query<Row[]>(
      `${select(actor, parameters)} WHERE ${conditions.join(' AND ')}
       ORDER BY c.requested_at DESC, c.id DESC LIMIT ${bind(query.limit + 1)}`,
      parameters.values,
    );
    const { items, nextCursor } = pageOf(rows, query.limit, ({ requestedAt, id }) => [requestedAt.toISOString(), id]);
    return { items: items.map(response), nextCursor };
  }
}

function select(actor: Actor, parameters: SqlParameters): string {
  const open = `c.status = 'REQUESTED' AND s.lifecycle <> 'RETIRED'`;
  return `SELECT c.id, json_build_object('id', s.id, 'code', s.code, 'name', s.name, 'nameEn', s.name_en) AS system,
      ${organisationJson('o')} AS organisation, c.from_tier AS "fromTier", c.requested_tier AS "requestedTier", c.reason,
      c.import_id AS "importId", c.status, ${personJson('requester')} AS "requestedBy", c.requested_at AS "requestedAt",
      ${personJson('decider')} AS "decidedBy", c.decided_at AS "decidedAt", c.comment,
      ${decidable(actor, parameters)} AS decidable,
      (${open} AND c.requested_by_id = ${parameters.bind(actor.userId)}) AS withdrawable
    FROM tier_change c JOIN system s ON s.id = c.system_id JOIN organisation o ON o.id = s.organisation_id
    JOIN app_user requester ON requester.id = c.requested_by_id LEFT JOIN app_user decider ON decider.id = c.decided_by_id`;
}

/** The same as `decidingPermission`, for many. */
function decidable(actor: Actor, parameters: SqlParameters): string {
  return `(c.status = 'REQUESTED' AND s.lifecycle <> 'RETIRED' AND c.requested_by_id <> ${parameters.bind(actor.userId)}
    AND CASE WHEN c.from_tier = 'HIGH' THEN ${scopeOfSystems(actor, parameters, 'high-tiers:lower')}
      ELSE ${scopeOfSystems(actor, parameters, 'tiers:approve')} END)`;
}

function scopeOfSystems(actor: Actor, parameters: SqlParameters, permission: Permission): string {
  return scopeCondition(scopeOf(actor, permission), parameters, 's.organisation_id', ['s.owner_id', 's.deputy_id']);
}

function response({ decidable: decides, withdrawable, ...row }: Row): TierChangeResponse {
  const offered: TierChangeDecision[] = decides ? ['approve', 'reject'] : withdrawable ? ['withdraw'] : [];
  return { ...row, offered };
}
