import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Actor, scopeOf } from '../../../access/actor';
import { scopeCondition, SqlParameters } from '../../../access/scope/scope-sql';
import { AuditLog } from '../../../audit/audit-log';
import { decodeCursor, type Page, pageOf } from '../../../platform/http/cursor';
import { Problem } from '../../../platform/http/problem';
import { failureText } from './failure';
import type { ChannelMessagesQuery } from './dto/channel.request';
import type { ChannelMessageResponse } from './dto/channel.response';

const COLUMNS = `msg.id, json_build_object('id', c.id, 'name', c.name, 'kind', c.kind) AS channel, c.organisation_id AS "organisationId",
  msg.told_on::text AS "toldOn", msg.status, msg.title, msg.item_count AS "itemCount", msg.attempts, msg.error,
  msg.created_at AS "createdAt", msg.sent_at AS "sentAt",
  CASE WHEN msg.status = 'QUEUED' THEN msg.leased_until END AS "nextTryAt"`;
type Row = ChannelMessageResponse & { organisationId: string };

/** What channels were told, what waits, and what a receiver would not take. */
@Injectable()
export class ChannelMessagesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: AuditLog,
  ) {}

  /** The messages of channels in scope, the newest first. */
  async list(actor: Actor, query: ChannelMessagesQuery): Promise<Page<ChannelMessageResponse>> {
    const parameters = new SqlParameters();
    const bind = (value: unknown): string => parameters.bind(value);
    const place = decodeCursor(query.cursor, 'instant', 'id')?.map(bind);
    const conditions = [
      scopeCondition(scopeOf(actor, 'outbox:read'), parameters, 'c.organisation_id'),
      query.status && `msg.status = ANY(${bind(query.status)}::text[])`,
      query.channelId && `msg.channel_id = ${bind(query.channelId)}`,
      place && `(msg.created_at, msg.id) < (${place[0]}, ${place[1]}::uuid)`,
    ].filter(Boolean);
    const rows = await this.dataSource.query<Row[]>(
      `SELECT ${COLUMNS} FROM channel_message msg JOIN channel c ON c.id = msg.channel_id
       WHERE ${conditions.join(' AND ')} ORDER BY msg.created_at DESC, msg.id DESC LIMIT ${bind(query.limit + 1)}`,
      parameters.values,
    );
    const page = pageOf(rows, query.limit, ({ createdAt, id }) => [createdAt.toISOString(), id]);
    return { ...page, items: page.items.map((row) => shown(row, actor)) };
  }

  /** Has a failed message tried again from the start. @throws Problem 404; 409 when it has not failed or its channel has ended. */
  async retry(actor: Actor, id: string): Promise<ChannelMessageResponse> {
    const { organisationId } = await this.find(actor, id);
    await this.dataSource.transaction(async (m) => {
      const [, retried] = await m.query<[unknown[], number]>(
        `UPDATE channel_message msg SET status = 'QUEUED', attempts = 0, leased_until = NULL, error = NULL FROM channel c
         WHERE msg.id = $1 AND msg.status = 'FAILED' AND c.id = msg.channel_id AND c.ended_at IS NULL RETURNING msg.id`,
        [id],
      );
      if (retried !== 1) throw new Problem(409, 'CHANNEL_MESSAGE_NOT_FAILED');
      const record = { recordType: 'channel_message', recordId: id, organisationId };
      await this.audit.record(m, actor, { action: 'channel.message_retried', ...record });
    });
    return shown(await this.find(actor, id), actor);
  }

  private async find(actor: Actor, id: string): Promise<Row> {
    const parameters = new SqlParameters();
    const [row] = await this.dataSource.query<Row[]>(
      `SELECT ${COLUMNS} FROM channel_message msg JOIN channel c ON c.id = msg.channel_id WHERE msg.id = ${parameters.bind(id)}
         AND ${scopeCondition(scopeOf(actor, 'outbox:read'), parameters, 'c.organisation_id')}`,
      parameters.values,
    );
    if (!row) throw new Problem(404, 'CHANNEL_MESSAGE_NOT_FOUND');
    return row;
  }
}

function shown({ organisationId: _inside, ...response }: Row, { locale }: Actor): ChannelMessageResponse {
  return { ...response, error: failureText(response.error, locale) };
}
