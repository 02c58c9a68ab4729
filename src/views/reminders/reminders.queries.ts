import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, scopeOf } from '../../access/actor';
import { personJson } from '../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { IMPROVEMENT_RULE_KEY } from '../../core/improvement/improvement-item';
import { RuleTitles } from '../../obligations/rule-titles';
import { decodeCursor, Page, pageOf } from '../../platform/http/cursor';
import { RemindersQuery } from './dto/reminders.request';
import { ReminderResponse } from './dto/reminders.response';

type Row = Omit<ReminderResponse, 'obligation'> & {
  obligationId: string;
  ruleKey: string;
  systemId: string | null;
  systemName: string | null;
  systemNameEn: string | null;
  improvementItemId: string | null;
  policyId: string | null;
};

/** The improvement item of a reminder `r`. Its obligation ends with it; the transitions still know of both. */
const ITEM = `SELECT item.id, item.organisation_id FROM obligation_transition t JOIN improvement_item item ON item.id = t.duty_of
  WHERE t.obligation_id = r.obligation_id AND r.rule_key = '${IMPROVEMENT_RULE_KEY}' LIMIT 1`;

/** The ledger of reminders for the page. */
@Injectable()
export class RemindersQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly titles: RuleTitles,
  ) {}

  /** Reminders of the systems in scope, the latest day first. */
  async list(actor: Actor, query: RemindersQuery): Promise<Page<ReminderResponse>> {
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    const place = decodeCursor(query.cursor, 'date', 'id')?.map(bind);
    const conditions = [
      scopeCondition(scopeOf(actor, 'reminders:read'), parameters, 'coalesce(s.organisation_id, i.organisation_id)', [
        's.owner_id',
        's.deputy_id',
      ]),
      query.status && `r.status = ANY(${bind(query.status)}::text[])`,
      query.recipientId && `r.recipient_id = ${bind(query.recipientId)}`,
      query.systemId && `r.system_id = ${bind(query.systemId)}`,
      place && `(r.planned_on, r.id) < (${place[0]}::date, ${place[1]}::uuid)`,
    ].filter(Boolean);
    const rows = await this.dataSource.query<Row[]>(
      `SELECT r.id, r.obligation_id AS "obligationId", r.rule_key AS "ruleKey", r.occurrence, r.stage, r.offset_days AS "offsetDays",
         r.planned_on::text AS "plannedOn", r.channel, r.status, r.sent_at AS "sentAt", r.mail_id AS "mailId",
         s.id AS "systemId", s.name AS "systemName", s.name_en AS "systemNameEn",
         coalesce(o.policy_id, v.policy_id) AS "policyId", i.id AS "improvementItemId", ${personJson('u')} AS recipient
       FROM reminder r LEFT JOIN system s ON s.id = r.system_id LEFT JOIN LATERAL (${ITEM}) i ON true JOIN app_user u ON u.id = r.recipient_id
       LEFT JOIN obligation o ON o.id = r.obligation_id LEFT JOIN system_readiness v ON v.system_id = s.id
       WHERE ${conditions.join(' AND ')} ORDER BY r.planned_on DESC, r.id DESC LIMIT ${bind(query.limit + 1)}`,
      parameters.values,
    );
    const page = pageOf(rows, query.limit, ({ plannedOn, id }) => [plannedOn, id]);
    await this.titles.load(page.items.map(({ policyId }) => policyId));
    return {
      ...page,
      items: page.items.map(
        ({ obligationId, ruleKey, systemId, systemName, systemNameEn, improvementItemId, policyId, ...row }) => ({
          ...row,
          obligation: {
            id: obligationId,
            ruleKey,
            ruleTitle: this.titles.title(policyId, ruleKey, actor.locale),
            systemId,
            systemName,
            systemNameEn,
            improvementItemId,
          },
        }),
      ),
    };
  }
}
