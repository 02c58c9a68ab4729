import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../access/actor';
import { organisationJson, personJson } from '../../access/references/refs-sql';
import { SqlParameters } from '../../access/scope/scope-sql';
import { mayClose } from '../../core/improvement/closing';
import { localDate } from '../../core/time/zone';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { decodeCursor, type Page, pageOf } from '../../platform/http/cursor';
import type { ImprovementsQuery } from './dto/improvement.request';
import type { ImprovementAction, ImprovementResponse } from './dto/improvement.response';
import { itemCondition, ORGANISATION_OF_ITEM, OWNER_OF_ITEM } from './checking/item-access';

export type ItemRow = Omit<ImprovementResponse, 'offered'> & {
  sourceEvidenceId: string | null;
  evidenceId: string | null;
  retestEvidenceId: string | null;
  reporters: string[];
  writable: boolean;
  closable: boolean;
};

/** Open, for `improvement_item i`. */
const OPEN = `i.status IN ('OPEN','IN_PROGRESS')`;

/** SQL: how much of the item with this id is done, as last reported. */
export const LAST_PERCENT = (itemId: string): string =>
  `(SELECT percent FROM improvement_progress WHERE item_id = ${itemId} AND percent IS NOT NULL ORDER BY at DESC, id DESC LIMIT 1)`;

/** Reads of improvement items, each with what the caller may do with it. */
@Injectable()
export class ImprovementsQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** One page of the items that the caller may see, the one due first first. */
  async list(actor: Actor, query: ImprovementsQuery): Promise<Page<ImprovementResponse>> {
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    const place = decodeCursor(query.cursor, 'date', 'id')?.map(bind);
    const owner = query.owner === 'me' ? actor.userId : query.owner;
    const conditions = [
      query.systemId && `i.system_id = ${bind(query.systemId)}`,
      query.organisationId &&
        `${ORGANISATION_OF_ITEM} IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${bind(query.organisationId)})`,
      query.source && `i.source = ANY(${bind(query.source)}::text[])`,
      query.status && `i.status = ANY(${bind(query.status)}::text[])`,
      query.overdue !== undefined && `(${OPEN} AND i.due_on < ${bind(this.today())}::date) = ${bind(query.overdue)}`,
      owner && `${bind(owner)}::uuid IN (${OWNER_OF_ITEM}, CASE WHEN i.owner_id IS NULL THEN s.deputy_id END)`,
      query.q && `position(lower(normalize(${bind(query.q)}, NFKC)) IN lower(normalize(i.title, NFKC))) > 0`,
      place && `(i.due_on, i.id) > (${place[0]}::date, ${place[1]}::uuid)`,
    ].filter(Boolean);
    const rows = await this.rows(actor, parameters, conditions.join(' AND ') || 'TRUE', query.limit + 1);
    const page = pageOf(rows, query.limit, ({ dueOn, id }) => [dueOn, id]);
    return { ...page, items: page.items.map((row) => responseOf(row, actor.userId)) };
  }

  /** Up to `limit` items that meet a condition on `improvement_item i`, and that the caller may see. */
  rows(actor: Actor, parameters: SqlParameters, condition: string, limit: number): Promise<ItemRow[]> {
    const today = parameters.bind(this.today());
    return this.dataSource.query<ItemRow[]>(
      `SELECT i.id, CASE WHEN s.id IS NOT NULL THEN
           json_build_object('id', s.id, 'code', s.code, 'name', s.name, 'nameEn', s.name_en, 'tier', s.tier) END AS system,
         ${organisationJson('o')} AS organisation, CASE WHEN whole.id IS NOT NULL THEN
           json_build_object('id', whole.id, 'title', whole.title, 'description', whole.description) END AS whole,
         i.source, i.source_evidence_id AS "sourceEvidenceId", i.title, i.description, i.link, ${personJson('owner')} AS owner,
         i.owner_id AS "ownerId", i.due_on::text AS "dueOn", (${OPEN} AND i.due_on < ${today}::date) AS overdue, i.status,
         ${LAST_PERCENT('i.id')} AS percent, ${personJson('opener')} AS "openedBy", i.opened_at AS "openedAt",
         ${personJson('ender')} AS "endedBy", i.ended_at AS "endedAt", i.comment, i.evidence_id AS "evidenceId",
         i.retest_evidence_id AS "retestEvidenceId", i.row_version AS version, parts.parts, parts.ended AS "partsEnded",
         ARRAY(SELECT DISTINCT author_id FROM improvement_progress WHERE item_id = i.id) AS reporters,
         (${OPEN} AND ${itemCondition(actor, 'improvements:write', parameters)}) IS TRUE AS writable,
         (${OPEN} AND ${itemCondition(actor, 'improvements:close', parameters)}) IS TRUE AS closable
       FROM improvement_item i LEFT JOIN system s ON s.id = i.system_id JOIN organisation o ON o.id = ${ORGANISATION_OF_ITEM}
       LEFT JOIN improvement_item whole ON whole.id = i.parent_id LEFT JOIN app_user owner ON owner.id = ${OWNER_OF_ITEM}
       JOIN app_user opener ON opener.id = i.opened_by_id LEFT JOIN app_user ender ON ender.id = i.ended_by_id
       CROSS JOIN LATERAL (SELECT count(*)::int AS parts, count(*) FILTER (WHERE part.ended_at IS NOT NULL)::int AS ended
         FROM improvement_item part WHERE part.parent_id = i.id) parts
       WHERE ${condition} AND ${itemCondition(actor, 'systems:read', parameters)} ORDER BY i.due_on, i.id LIMIT ${parameters.bind(limit)}`,
      parameters.values,
    );
  }

  private today(): string {
    return localDate(this.clock.now(), this.config.TZ_DEFAULT);
  }
}

/** The row as it is answered, with what the person may do with it. */
export function responseOf(row: ItemRow, userId: string): ImprovementResponse {
  const {
    reporters,
    writable,
    closable,
    sourceEvidenceId: _source,
    evidenceId: _proof,
    retestEvidenceId: _retest,
    ...item
  } = row;
  const ownerId = item.owner?.id ?? null;
  const mayEnd = closable && mayClose(userId, ownerId, reporters);
  const offered: ImprovementAction[] = [
    ...(writable ? (['progress', 'edit'] as const) : []),
    ...(closable && userId !== ownerId ? (['postpone'] as const) : []),
    ...(closable && !item.whole ? (['split'] as const) : []),
    ...(mayEnd ? (['close', 'cancel'] as const) : []),
  ];
  return { ...item, offered };
}
