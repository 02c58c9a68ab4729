import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../access/actor';
import { organisationJson, personJson } from '../../access/references/refs-sql';
import type { PersonRef } from '../../access/references/refs.response';
import { SqlParameters } from '../../access/scope/scope-sql';
import { requireSystem } from '../../access/scope/system-access';
import { type CursorQuery, decodeCursor, type Page, pageOf } from '../../platform/http/cursor';
import type { PersonalPart } from '../audit-event.entity';
import { filtered, historyOf, visible } from './audit-filter-sql';
import type { AuditEventsQuery, AuditFilter, HistoryQuery } from './dto/audit-events.request';
import type { AuditEventResponse, AuditToken, HistoryEvent } from './dto/audit-events.response';

type Row = Omit<AuditEventResponse, 'actor' | 'address' | 'personalErased'> & {
  actor: PersonRef | null;
  token: AuditToken | null;
  personal: Record<string, PersonalPart> | null;
  personalDigests: Record<string, string> | null;
};

const NAMED = `SELECT e.id, l.seq::integer AS seq, l.hash, e.actor_id AS "actorId", e.action,
    to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, e.record_type AS "recordType",
    e.record_id AS "recordId", e.before, e.after, e.request_id AS "requestId", e.personal,
    e.personal_digests AS "personalDigests", e.program, ${personJson('u')} AS actor,
    CASE WHEN e.token_id IS NOT NULL THEN json_build_object('id', e.token_id, 'name', t.name) END AS token, ${personJson('b')} AS "onBehalfOf",
    CASE WHEN o.id IS NOT NULL THEN ${organisationJson('o')} END AS organisation,
    coalesce(s.name, ru.display_name, ro.name) AS "recordName", coalesce(s.name_en, ro.name_en) AS "recordNameEn", s.id AS "systemId"
  FROM audit_event e JOIN audit_link l ON l.event_id = e.id
  LEFT JOIN app_user u ON u.id = e.actor_id
  LEFT JOIN api_token t ON t.id = e.token_id
  LEFT JOIN app_user b ON b.id = e.on_behalf_of_id
  LEFT JOIN app_user ru ON e.record_type = 'user' AND ru.id = e.record_id
  LEFT JOIN organisation o ON o.id = e.organisation_id
  LEFT JOIN organisation ro ON e.record_type = 'organisation' AND ro.id = e.record_id
  LEFT JOIN evidence ev ON e.record_type = 'evidence' AND ev.id = e.record_id
  LEFT JOIN backup_requirement br ON e.record_type = 'backup_requirement' AND br.id = e.record_id
  LEFT JOIN tier_change tc ON e.record_type = 'tier_change' AND tc.id = e.record_id
  LEFT JOIN waiver w ON e.record_type = 'waiver' AND w.id = e.record_id
  LEFT JOIN importance_assessment ia ON e.record_type = 'importance_assessment' AND ia.id = e.record_id
  LEFT JOIN improvement_item ii ON e.record_type = 'improvement_item' AND ii.id = e.record_id
  LEFT JOIN drill d ON e.record_type = 'drill' AND d.id = e.record_id
  LEFT JOIN drill_run dr ON e.record_type = 'drill_run' AND dr.id = e.record_id
  LEFT JOIN restore_test rt ON e.record_type = 'restore_test' AND rt.id = e.record_id
  LEFT JOIN procedure_version pv ON e.record_type = 'procedure_version' AND pv.id = e.record_id
  LEFT JOIN procedure p ON p.id = pv.procedure_id
  LEFT JOIN system s ON s.id = coalesce(ev.system_id, br.system_id, p.system_id, tc.system_id, w.system_id, ia.system_id,
    ii.system_id, d.system_id, dr.system_id, rt.system_id, CASE e.record_type WHEN 'system' THEN e.record_id END)`;

/** Audit events for the people who may read them. */
@Injectable()
export class AuditEventsQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** One page, the newest first. */
  async list(actor: Actor, query: AuditEventsQuery): Promise<Page<AuditEventResponse>> {
    const parameters = new SqlParameters();
    return this.page(parameters, [visible(actor, parameters), ...filtered(query, actor, parameters)], query);
  }

  /** One page of what was done to a system and what belongs to it. @throws Problem 404 when the actor may not see the system. */
  async history(actor: Actor, systemId: string, query: HistoryQuery): Promise<Page<HistoryEvent>> {
    await requireSystem(this.dataSource.manager, actor, 'systems:read', systemId);
    const parameters = new SqlParameters();
    const conditions = [
      historyOf(systemId, actor, parameters),
      ...(query.recordId ? [`e.record_id = ${parameters.bind(query.recordId)}`] : []),
    ];
    const page = await this.page(parameters, conditions, query);
    return { ...page, items: page.items.map(forReaders) };
  }

  private async page(
    parameters: SqlParameters,
    conditions: readonly string[],
    { cursor, limit }: CursorQuery,
  ): Promise<Page<AuditEventResponse>> {
    const place = decodeCursor(cursor, 'instant', 'id')?.map((value) => parameters.bind(value));
    const from = place ? [`(e.at, e.id) < (${place[0]}::timestamptz, ${place[1]}::uuid)`] : [];
    const rows = await this.dataSource.query<Row[]>(
      `${NAMED} WHERE ${[...conditions, ...from].join(' AND ')}
       ORDER BY e.at DESC, e.id DESC LIMIT ${parameters.bind(limit + 1)}`,
      parameters.values,
    );
    return pageOf(rows.map(whole), limit, ({ at, id }) => [at, id]);
  }

  /** At most `limit` events after a place in the chain, in the order of the chain. */
  async after(actor: Actor, filter: AuditFilter, seq: number, limit: number): Promise<AuditEventResponse[]> {
    const parameters = new SqlParameters();
    const conditions = [visible(actor, parameters), ...filtered(filter, actor, parameters)];
    const rows = (await this.dataSource.query(
      `${NAMED} WHERE ${conditions.join(' AND ')} AND l.seq > ${parameters.bind(seq)}
       ORDER BY l.seq LIMIT ${parameters.bind(limit)}`,
      parameters.values,
    )) as Row[];
    return rows.map(whole);
  }
}

function forReaders(event: AuditEventResponse): HistoryEvent {
  const { seq: _seq, hash: _hash, address: _address, requestId: _requestId, personalErased: _erased, ...seen } = event;
  return seen;
}

/** An event with what it holds of people back in its place. */
function whole({ personal, personalDigests, before, after, actor, token, ...event }: Row): AuditEventResponse {
  const parts = Object.values(personal ?? {});
  const agent = parts.find(({ userAgent }) => userAgent)?.userAgent;
  return {
    ...event,
    actor: actor && { ...actor, token },
    before: merged(
      before,
      parts.map((part) => part.before),
    ),
    after: merged(after, [...parts.map((part) => part.after), agent === undefined ? undefined : { userAgent: agent }]),
    address: parts.find(({ address }) => address)?.address ?? null,
    personalErased: Object.keys(personalDigests ?? {}).some((person) => !(person in (personal ?? {}))),
  };
}

function merged(
  fields: Record<string, unknown> | null,
  parts: readonly (Record<string, unknown> | undefined)[],
): Record<string, unknown> | null {
  const all = Object.assign({}, fields, ...parts) as Record<string, unknown>;
  return Object.keys(all).length > 0 ? all : null;
}
