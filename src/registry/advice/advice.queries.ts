import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Actor, scopeOf } from '../../access/actor';
import { organisationJson, personJson } from '../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { decodeCursor, type Page, pageOf } from '../../platform/http/cursor';
import { Problem } from '../../platform/http/problem';
import { itemCondition } from '../improvements/checking/item-access';
import { answeringCondition, readingCondition } from './advice-access';
import type { AdviceQuery } from './dto/advice.request';
import type { AdviceResponse, AdviceStep } from './dto/advice.response';

type Row = Omit<AdviceResponse, 'offered'> & { answerable: boolean; withdrawable: boolean };

/** Reads of advice requests, each with what the caller may do with it. */
@Injectable()
export class AdviceQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** The requests that the caller may see, newest first. */
  async list(actor: Actor, query: AdviceQuery): Promise<Page<AdviceResponse>> {
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    const place = decodeCursor(query.cursor, 'instant', 'id')?.map(bind);
    const conditions = [
      query.systemId && `a.system_id = ${bind(query.systemId)}`,
      query.organisationId &&
        `a.organisation_id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${bind(query.organisationId)})`,
      query.status && `a.status = ${bind(query.status)}`,
      place && `(a.asked_at, a.id) < (${place[0]}, ${place[1]}::uuid)`,
    ].filter(Boolean);
    const rows = await this.rows(actor, parameters, conditions.join(' AND ') || 'TRUE', query.limit + 1);
    const page = pageOf(rows, query.limit, ({ askedAt, id }) => [askedAt.toISOString(), id]);
    return { ...page, items: page.items.map(responseOf) };
  }

  /** @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string): Promise<AdviceResponse> {
    const parameters = new SqlParameters();
    const [row] = await this.rows(actor, parameters, `a.id = ${parameters.bind(id)}`, 1);
    if (!row) throw new Problem(404, 'ADVICE_NOT_FOUND');
    return responseOf(row);
  }

  private rows(actor: Actor, parameters: SqlParameters, condition: string, limit: number): Promise<Row[]> {
    const own = parameters.bind(actor.userId);
    const system = scopeCondition(scopeOf(actor, 'systems:read'), parameters, 's.organisation_id', [
      's.owner_id',
      's.deputy_id',
    ]);
    // Of the item's own system, which need not be the one that the question names.
    const item = `EXISTS (SELECT FROM improvement_item i LEFT JOIN system s ON s.id = i.system_id
      WHERE i.id = item.id AND ${itemCondition(actor, 'systems:read', parameters)})`;
    return this.dataSource.query<Row[]>(
      `SELECT a.id, ${organisationJson('o')} AS organisation, ${organisationJson('ministry')} AS ministry,
         CASE WHEN s.id IS NOT NULL THEN
           json_build_object('id', s.id, 'name', s.name, 'nameEn', s.name_en, 'open', ${system} IS TRUE) END AS system,
         CASE WHEN item.id IS NOT NULL THEN
           json_build_object('id', item.id, 'title', item.title, 'open', ${item}) END AS "improvementItem",
         a.title, a.question, a.due_on::text AS "dueOn", a.status, ${personJson('asker')} AS "askedBy", a.asked_at AS "askedAt",
         a.answer, ${personJson('answerer')} AS "answeredBy", a.answered_at AS "answeredAt",
         (a.status = 'OPEN' AND a.asked_by_id <> ${own} AND ${answeringCondition(actor, parameters)}) AS answerable,
         (a.status = 'OPEN' AND a.asked_by_id = ${own}) AS withdrawable
       FROM advice_request a JOIN organisation o ON o.id = a.organisation_id JOIN organisation ministry ON ministry.id = a.ministry_id
       JOIN app_user asker ON asker.id = a.asked_by_id LEFT JOIN app_user answerer ON answerer.id = a.answered_by_id
       LEFT JOIN system s ON s.id = a.system_id LEFT JOIN improvement_item item ON item.id = a.improvement_item_id
       WHERE ${condition} AND ${readingCondition(actor, parameters)}
       ORDER BY a.asked_at DESC, a.id DESC LIMIT ${parameters.bind(limit)}`,
      parameters.values,
    );
  }
}

function responseOf({ answerable, withdrawable, ...row }: Row): AdviceResponse {
  const offered: AdviceStep[] = [
    ...(answerable ? (['answer'] as const) : []),
    ...(withdrawable ? (['withdraw'] as const) : []),
  ];
  return { ...row, offered };
}
