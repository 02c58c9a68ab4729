import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../access/actor';
import { mayBeTold } from '../../access/references/may-be-told-sql';
import { SqlParameters } from '../../access/scope/scope-sql';
import { bookingPath, bookingsOf, bookingText, type DrillBooking } from '../../obligations/notices/booked-drills';
import { dutyPath } from '../../obligations/notices/duty-path';
import { noticeTitle, type TitledNotice } from '../../obligations/notices/notice-title';
import { RuleTitles } from '../../obligations/rule-titles';
import { decodeCursor, type Page, pageOf } from '../../platform/http/cursor';
import { REMINDED_ORGANISATION, REMINDED_OWNERS, REMINDER_ABOUT } from '../../obligations/notices/reminder-sql';
import type { InboxQuery } from './dto/inbox.request';
import type { InboxEntry } from './dto/inbox.response';

const MOST_COUNTED = 100;

interface Row extends Omit<InboxEntry, 'title' | 'systemName' | 'path'>, Omit<TitledNotice, 'kind'> {
  noticeKind: TitledNotice['kind'] | null;
  ruleKey: string;
  policyId: string | null;
  obligationId: string;
  systemId: string | null;
  improvementItemId: string | null;
  path: string | null;
}

/** Reminders to somebody, as rows of the inbox; what was held back or cancelled was told to nobody. */
const reminders = (person: string): string => `
  SELECT r.id, CASE r.stage WHEN 'ESCALATION' THEN 'ESCALATION' ELSE 'REMINDER' END AS kind, date_trunc('milliseconds', r.created_at) AS at,
    r.read_at AS "readAt", substring(r.occurrence FROM '^DUE:(.*)$') AS "dueOn", NULL AS note,
    (o.occasion->>'occurrence' = r.occurrence) IS NOT TRUE AS cleared, NULL AS path, NULL AS "noticeKind", 1 AS "systemCount", NULL AS "inletName",
    r.rule_key AS "ruleKey", coalesce(o.policy_id, v.policy_id) AS "policyId", r.obligation_id AS "obligationId", s.id AS "systemId", s.code AS "systemCode",
    s.name AS "systemName", s.name_en AS "systemNameEn", i.id AS "improvementItemId"
  FROM ${REMINDER_ABOUT}
  LEFT JOIN obligation o ON o.id = r.obligation_id LEFT JOIN system_readiness v ON v.system_id = s.id
  WHERE r.recipient_id = ${person} AND r.status IN ('PENDING','SENT','FAILED')
    AND ${mayBeTold('r.recipient_id', REMINDED_OWNERS, REMINDED_ORGANISATION)}`;

/** Notices to somebody, in the same columns. */
const notices = (person: string): string => `
  SELECT n.id, 'NOTICE', date_trunc('milliseconds', n.created_at), n.read_at, NULL, n.note, false, n.path, n.kind, n.system_count, inlet.name,
    NULL, NULL, NULL, s.id, s.code, s.name, s.name_en, NULL
  FROM notice n LEFT JOIN system s ON s.id = n.system_id LEFT JOIN inlet ON inlet.id = n.inlet_id
  WHERE n.user_id = ${person} AND n.status <> 'CANCELLED'`;

/** What one person was told: the rows of the two ledgers themselves, whether or not a mail has reached them. */
@Injectable()
export class InboxQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly titles: RuleTitles,
  ) {}

  /** One page, the newest first. */
  async list(actor: Actor, query: InboxQuery): Promise<Page<InboxEntry>> {
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    const person = `${bind(actor.userId)}::uuid`;
    const place = decodeCursor(query.cursor, 'instant', 'id')?.map(bind);
    const conditions = [
      'true',
      query.kind && `kind = ANY(${bind(query.kind)}::text[])`,
      query.unread !== undefined && `("readAt" IS NULL) = ${bind(query.unread)}`,
      place && `(at, id) < (${place[0]}::timestamptz, ${place[1]}::uuid)`,
    ].filter(Boolean);
    const rows = await this.dataSource.query<Row[]>(
      `SELECT * FROM (${reminders(person)} UNION ALL ${notices(person)}) told
       WHERE ${conditions.join(' AND ')} ORDER BY at DESC, id DESC LIMIT ${bind(query.limit + 1)}`,
      parameters.values,
    );
    const page = pageOf(rows, query.limit, ({ at, id }) => [at.toISOString(), id]);
    await this.titles.load(page.items.map(({ policyId }) => policyId));
    const open = page.items.filter(({ noticeKind, cleared }) => !noticeKind && !cleared);
    const bookings = await bookingsOf(this.dataSource.manager, open, this.titles, actor.timeZone);
    return { ...page, items: page.items.map((row) => this.entry(row, actor, bookings.get(row.obligationId))) };
  }

  /** How many entries have not been read, up to 100. */
  async unread(actor: Actor): Promise<number> {
    const [row] = await this.dataSource.query<{ unread: number }[]>(
      `SELECT count(*)::int AS unread FROM (
         SELECT FROM (${reminders('$1::uuid')} AND r.read_at IS NULL UNION ALL ${notices('$1::uuid')} AND n.read_at IS NULL) told
         LIMIT ${MOST_COUNTED}) counted`,
      [actor.userId],
    );
    return row?.unread ?? 0;
  }

  private entry(row: Row, { locale, calendar }: Actor, booking?: DrillBooking): InboxEntry {
    const { id, kind, at, readAt, dueOn, note, cleared, noticeKind } = row;
    const told = { id, kind, at, readAt, dueOn, note, cleared };
    if (noticeKind)
      return {
        ...told,
        title: noticeTitle({ ...row, kind: noticeKind }, locale),
        systemName: null,
        path: row.path ?? '/',
      };
    return {
      ...told,
      title: this.titles.title(row.policyId, row.ruleKey, locale),
      systemName: (locale === 'en' && row.systemNameEn) || row.systemName,
      ...(booking && !cleared && row.systemId
        ? { note: bookingText(booking, locale, calendar), path: bookingPath(booking, row.systemId) }
        : { path: pathOf(row) }),
    };
  }
}

/** Where the duty is cleared; when there is nothing left to clear, where the duties of the system are. */
function pathOf(row: Row): string {
  return row.cleared && !row.improvementItemId ? `/systems/${row.systemId}?tab=obligations` : dutyPath(row);
}
