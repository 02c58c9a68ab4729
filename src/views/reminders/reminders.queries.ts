import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, scopeOf } from '../../access/actor';
import { mayBeTold } from '../../access/references/may-be-told-sql';
import { personJson } from '../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { bookingPath, bookingsOf, bookingText, type DrillBooking } from '../../obligations/notices/booked-drills';
import { RuleTitles } from '../../obligations/rule-titles';
import { CursorQuery, decodeCursor, Page, pageOf } from '../../platform/http/cursor';
import { Problem } from '../../platform/http/problem';
import { RemindersQuery } from './dto/reminders.request';
import { ReminderResponse } from './dto/reminders.response';
import { REMINDED_ORGANISATION, REMINDED_OWNERS, REMINDER_ABOUT } from '../../obligations/notices/reminder-sql';

type Row = Omit<ReminderResponse, 'obligation'> & {
  obligationId: string;
  ruleKey: string;
  systemId: string | null;
  systemName: string | null;
  systemNameEn: string | null;
  improvementItemId: string | null;
  policyId: string | null;
  dueOn: string | null;
  current: boolean;
};

type Conditions = (string | false | undefined | null | 0)[];

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
    return this.page(actor, query, parameters, [
      scopeCondition(scopeOf(actor, 'reminders:read'), parameters, REMINDED_ORGANISATION, [
        's.owner_id',
        's.deputy_id',
      ]),
      query.status && `r.status = ANY(${bind(query.status)}::text[])`,
      query.recipientId && `r.recipient_id = ${bind(query.recipientId)}`,
      query.systemId && `r.system_id = ${bind(query.systemId)}`,
    ]);
  }

  /** Who was reminded of one obligation, the latest day first. @throws Problem 404 when it may not be seen. */
  async ofObligation(actor: Actor, obligationId: string, query: CursorQuery): Promise<Page<ReminderResponse>> {
    const parameters = new SqlParameters();
    const scope = scopeOf(actor, 'systems:read');
    const [seen] = await this.dataSource.query<unknown[]>(
      `SELECT 1 FROM obligation o LEFT JOIN system s ON s.id = o.system_id LEFT JOIN improvement_item i ON i.id = o.duty_of
       WHERE o.id = ${parameters.bind(obligationId)} AND ${scopeCondition(scope, parameters, 'o.organisation_id', REMINDED_OWNERS)}`,
      parameters.values,
    );
    if (!seen) throw new Problem(404, 'OBLIGATION_NOT_FOUND');
    const own = new SqlParameters();
    return this.page(actor, query, own, [
      scopeCondition(scope, own, REMINDED_ORGANISATION, REMINDED_OWNERS),
      `r.obligation_id = ${own.bind(obligationId)}`,
    ]);
  }

  /** The escalations to the person that are still open and that they have not acknowledged, the latest day first. */
  async waiting(actor: Actor, query: CursorQuery): Promise<Page<ReminderResponse>> {
    const parameters = new SqlParameters();
    return this.page(actor, query, parameters, [
      `r.recipient_id = ${parameters.bind(actor.userId)} AND r.stage = 'ESCALATION' AND r.acknowledged_at IS NULL`,
      `r.status <> 'CANCELLED' AND o.occasion->>'occurrence' = r.occurrence`,
      mayBeTold('r.recipient_id', REMINDED_OWNERS, REMINDED_ORGANISATION),
    ]);
  }

  private async page(
    actor: Actor,
    { cursor, limit }: CursorQuery,
    parameters: SqlParameters,
    conditions: Conditions,
  ): Promise<Page<ReminderResponse>> {
    const place = decodeCursor(cursor, 'date', 'id')?.map((value) => parameters.bind(value));
    const all = [...conditions, place && `(r.planned_on, r.id) < (${place[0]}::date, ${place[1]}::uuid)`];
    const rows = await this.dataSource.query<Row[]>(
      `SELECT r.id, r.obligation_id AS "obligationId", r.rule_key AS "ruleKey", r.occurrence, r.stage, r.offset_days AS "offsetDays",
         r.planned_on::text AS "plannedOn", r.channel, r.status, r.sent_at AS "sentAt", r.mail_id AS "mailId", r.acknowledged_at AS "acknowledgedAt",
         CASE WHEN z.id IS NOT NULL THEN json_build_object('reason', z.reason, 'untilOn', z.until_on) END AS snooze,
         s.id AS "systemId", s.name AS "systemName", s.name_en AS "systemNameEn",
         coalesce(o.policy_id, v.policy_id) AS "policyId", o.due_on::text AS "dueOn",
         (o.occasion->>'occurrence' = r.occurrence) IS TRUE AS current, i.id AS "improvementItemId", ${personJson('u')} AS recipient
       FROM ${REMINDER_ABOUT} JOIN app_user u ON u.id = r.recipient_id LEFT JOIN snooze z ON z.id = r.snooze_id
       LEFT JOIN obligation o ON o.id = r.obligation_id LEFT JOIN system_readiness v ON v.system_id = s.id
       WHERE ${all.filter(Boolean).join(' AND ')} ORDER BY r.planned_on DESC, r.id DESC LIMIT ${parameters.bind(limit + 1)}`,
      parameters.values,
    );
    const page = pageOf(rows, limit, ({ plannedOn, id }) => [plannedOn, id]);
    await this.titles.load(page.items.map(({ policyId }) => policyId));
    const current = page.items.filter((row) => row.current);
    const bookings = await bookingsOf(this.dataSource.manager, current, this.titles, actor.timeZone);
    return { ...page, items: page.items.map((row) => this.response(row, actor, bookings.get(row.obligationId))) };
  }

  private response(row: Row, { locale, calendar }: Actor, booking?: DrillBooking): ReminderResponse {
    const {
      obligationId,
      ruleKey,
      systemId,
      systemName,
      systemNameEn,
      improvementItemId,
      policyId,
      dueOn: _,
      current,
      ...rest
    } = row;
    const ruleTitle = this.titles.title(policyId, ruleKey, locale);
    const drill =
      booking && current && systemId
        ? { text: bookingText(booking, locale, calendar), path: bookingPath(booking, systemId) }
        : null;
    return {
      ...rest,
      obligation: {
        id: obligationId,
        ruleKey,
        ruleTitle,
        systemId,
        systemName,
        systemNameEn,
        improvementItemId,
        drill,
      },
    };
  }
}
