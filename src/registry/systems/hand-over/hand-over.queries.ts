import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, scopeOf } from '../../../access/actor';
import { organisationJson } from '../../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../../access/scope/scope-sql';
import { requireVisible } from '../../../access/users/managed-people';
import { HandOverPreview, HandOverItem } from './dto/hand-over.response';
import { MOST_HANDED_OVER } from './dto/hand-over.request';

type Row = HandOverItem & { total: string };

/** What a hand-over would move, before it does. */
@Injectable()
export class HandOverQueries {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The systems in operation or planned that a person owns or deputises for and the caller may change, with what is open in each.
   * @throws Problem 404 when the caller may not see the person.
   */
  async ofPerson(actor: Actor, userId: string): Promise<HandOverPreview> {
    await requireVisible(this.dataSource.manager, actor, userId);
    const parameters = new SqlParameters();
    const person = `${parameters.bind(userId)}::uuid`;
    const columns = ['s.owner_id', 's.deputy_id'];
    const seen = scopeCondition(scopeOf(actor, 'systems:read'), parameters, 's.organisation_id', columns);
    const writable = scopeCondition(scopeOf(actor, 'systems:write'), parameters, 's.organisation_id', columns);
    const rows = await this.dataSource.query<(Row & { writable: boolean })[]>(
      `WITH held AS (SELECT s.*, ${writable} AS writable FROM system s
         WHERE ${person} IN (s.owner_id, s.deputy_id) AND s.lifecycle <> 'RETIRED' AND ${seen}),
       page AS (SELECT * FROM held WHERE writable ORDER BY code, id LIMIT ${MOST_HANDED_OVER})
       SELECT s.id, s.code, s.name, s.name_en AS "nameEn", ${organisationJson('o')} AS organisation,
         (s.owner_id = ${person}) IS TRUE AS owns, (s.deputy_id = ${person}) IS TRUE AS deputises,
         coalesce(r.due_soon + r.overdue + r.failed + r.unknown, 0)::int AS "openObligations",
         coalesce(r.overdue + r.failed, 0)::int AS overdue,
         (SELECT count(*)::int FROM improvement_item i WHERE i.system_id = s.id AND i.owner_id = ${person} AND i.ended_at IS NULL)
           AS "improvementItems",
         (SELECT count(*)::int FROM reminder w WHERE w.system_id = s.id AND w.recipient_id = ${person} AND w.status = 'PENDING'
           AND w.audience = 'OWNER') AS "waitingReminders",
         (SELECT count(*) FROM held) AS total
       FROM page s JOIN organisation o ON o.id = s.organisation_id LEFT JOIN system_readiness r ON r.system_id = s.id
       ORDER BY s.code, s.id`,
      parameters.values,
    );
    const total = Number(rows[0]?.total ?? 0);
    return { items: rows.map(({ total: _total, ...item }) => item), others: total - rows.length };
  }
}
