import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Actor, scopeOf } from '../../access/actor';
import { personJson } from '../../access/references/refs-sql';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { AuditLog } from '../../audit/audit-log';
import { decodeCursor, Page, pageOf } from '../../platform/http/cursor';
import { Problem } from '../../platform/http/problem';
import { OutboxQuery } from './dto/outbox.request';
import { MailResponse, MailTextResponse } from './dto/outbox.response';

const COLUMNS = `m.id, m.digest_on::text AS "digestOn", m.status, m.subject, m.item_count AS "itemCount", m.attempts, m.error,
  m.created_at AS "createdAt", m.sent_at AS "sentAt", ${personJson('u')} AS recipient`;

/** A mail may be seen by who has the outbox for every system it speaks of. */
function visible(actor: Actor, parameters: SqlParameters): string {
  const scope = scopeCondition(scopeOf(actor, 'outbox:read'), parameters, 's.organisation_id');
  const told = scopeCondition(scopeOf(actor, 'outbox:read'), parameters, 'told.organisation_id');
  return `(NOT EXISTS (SELECT FROM reminder r JOIN system s ON s.id = r.system_id WHERE r.mail_id = m.id AND NOT ${scope})
    AND NOT EXISTS (SELECT FROM notice n CROSS JOIN unnest(n.organisation_ids) AS told(organisation_id)
      WHERE n.mail_id = m.id AND NOT ${told}))`;
}

/** The product's own outbox: what was sent, what waits, and what a mail server would not take. */
@Injectable()
export class OutboxService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
  ) {}

  async list(actor: Actor, query: OutboxQuery): Promise<Page<MailResponse>> {
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    const place = decodeCursor(query.cursor, 'instant', 'id')?.map(bind);
    const conditions = [
      visible(actor, parameters),
      query.status && `m.status = ANY(${bind(query.status)}::text[])`,
      place && `(m.created_at, m.id) < (${place[0]}, ${place[1]}::uuid)`,
    ].filter(Boolean);
    const rows = await this.dataSource.query<MailResponse[]>(
      `SELECT ${COLUMNS} FROM mail m JOIN app_user u ON u.id = m.recipient_id
       WHERE ${conditions.join(' AND ')} ORDER BY m.created_at DESC, m.id DESC LIMIT ${bind(query.limit + 1)}`,
      parameters.values,
    );
    return pageOf(rows, query.limit, ({ createdAt, id }) => [createdAt.toISOString(), id]);
  }

  /** One mail with its text. @throws Problem 404 when it may not be seen. */
  async get(actor: Actor, id: string): Promise<MailTextResponse> {
    return (await this.find(actor, id, 'm.text')) as unknown as MailTextResponse;
  }

  /** The HTML of a mail, to be shown in a frame that can do nothing. @throws Problem 404 when it may not be seen. */
  async html(actor: Actor, id: string): Promise<string> {
    const mail = await this.find(actor, id, 'm.html');
    return String(mail['html'] ?? '');
  }

  /** Has a failed mail tried again from the start. @throws Problem 404, 409 when it has not failed. */
  async retry(actor: Actor, id: string): Promise<MailTextResponse> {
    await this.get(actor, id);
    await this.dataSource.transaction(async (m) => {
      const [, retried] = await m.query<[unknown[], number]>(
        `UPDATE mail SET status = 'QUEUED', attempts = 0, leased_until = NULL, error = NULL WHERE id = $1 AND status = 'FAILED' RETURNING id`,
        [id],
      );
      if (retried !== 1) throw new Problem(409, 'MAIL_NOT_FAILED');
      await m.query(`UPDATE reminder SET status = 'PENDING', outcome = NULL WHERE mail_id = $1 AND status = 'FAILED'`, [
        id,
      ]);
      await m.query(`UPDATE notice SET status = 'PENDING' WHERE mail_id = $1 AND status = 'FAILED'`, [id]);
      await this.audit.record(m, actor, { action: 'mail.retried', recordType: 'mail', recordId: id });
    });
    return this.get(actor, id);
  }

  private async find(actor: Actor, id: string, extra: string): Promise<Record<string, unknown>> {
    const parameters = new SqlParameters();
    const [row] = await this.dataSource.query<Record<string, unknown>[]>(
      `SELECT ${COLUMNS}, ${extra} FROM mail m JOIN app_user u ON u.id = m.recipient_id
       WHERE m.id = ${parameters.bind(id)} AND ${visible(actor, parameters)}`,
      parameters.values,
    );
    if (!row) throw new Problem(404, 'MAIL_NOT_FOUND');
    return row;
  }
}
