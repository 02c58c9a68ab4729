import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../access/actor';
import { requireSystemOf } from '../../access/scope/system-of-record';
import { decodeCursor, type Page, pageOf } from '../../platform/http/cursor';
import type { Locale } from '../../platform/messages/messages';
import type { SubmissionResponse, SubmissionsQuery, SubmissionWithTextResponse } from './dto/submission.dto';
import { maskSecrets, plainText } from './payload/plain-text';
import type { RefusalWhy } from './reading/refused';
import { refusalText } from './refusal-text';

type Row = Omit<SubmissionResponse, 'refusalText'> & { refusalWhy: RefusalWhy | null };

const SELECT = `
  SELECT s.id, s.inlet_id AS "inletId", s.received_at AS "receivedAt", s.disposition, s.refusal, s.refusal_why AS "refusalWhy", s.tool,
    s.command, s.exit_code AS "exitCode", s.flags, s.media_type AS "mediaType", s.length, s.raw_sha256 AS "rawSha256",
    ARRAY(SELECT e.id::text FROM evidence e WHERE e.submission_id = s.id AND e.superseded_by_id IS NULL ORDER BY e.id LIMIT 50)
      AS "evidenceIds"`;

/** What a page shows of a payload. */
const SHOWN_BYTES = 64 * 1024;
/** Longer than any credential that is masked: one that the end of what is read cuts off lies in what is left out. */
const LEFT_OUT_BYTES = 16 * 1024;

/** Reads of what tools have sent. */
@Injectable()
export class SubmissionsQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** What came in at an inlet, newest first. @throws Problem 404 for the inlet. */
  async ofInlet(actor: Actor, inletId: string, { cursor, limit }: SubmissionsQuery): Promise<Page<SubmissionResponse>> {
    const m = this.dataSource.manager;
    const [inlet] = await m.query<{ systemId: string }[]>('SELECT system_id AS "systemId" FROM inlet WHERE id = $1', [
      inletId,
    ]);
    await requireSystemOf(m, actor, 'systems:read', inlet?.systemId, 'INLET_NOT_FOUND');
    const [at = null, id = null] = decodeCursor(cursor, 'instant', 'id') ?? [];
    const rows = await m.query<Row[]>(
      `${SELECT} FROM submission s WHERE s.inlet_id = $1
         AND ($2::timestamptz IS NULL OR (s.received_at, s.id) < ($2, $3::uuid)) ORDER BY s.received_at DESC, s.id DESC LIMIT $4`,
      [inletId, at, id, limit + 1],
    );
    const page = pageOf(rows, limit, (row) => [row.receivedAt.toISOString(), row.id]);
    return { ...page, items: page.items.map((row) => response(row, actor.locale)) };
  }

  /** One message with the beginning of what was in it. @throws Problem 404 when it is not there or not to be seen. */
  async get(actor: Actor, id: string): Promise<SubmissionWithTextResponse> {
    const [row] = await this.dataSource.query<(Row & { systemId: string; head: Buffer | null })[]>(
      `${SELECT}, i.system_id AS "systemId", substring(r.bytes FROM 1 FOR ${SHOWN_BYTES + LEFT_OUT_BYTES}) AS head
       FROM submission s JOIN inlet i ON i.id = s.inlet_id LEFT JOIN raw_payload r ON r.sha256 = s.raw_sha256 WHERE s.id = $1`,
      [id],
    );
    await requireSystemOf(this.dataSource.manager, actor, 'systems:read', row?.systemId, 'SUBMISSION_NOT_FOUND');
    const { head, systemId: _system, ...rest } = row as NonNullable<typeof row>;
    return { ...response(rest, actor.locale), text: head && shownOf(head), truncated: rest.length > SHOWN_BYTES };
  }
}

const ENCODED = /"(stdout|stderr)Base64"\s*:\s*"([A-Za-z0-9+/=]*)"?/g;

/** The channels of an envelope as text: encoded nobody can read them, and no credential in them would be seen. */
const decoded = (text: string): string =>
  text.replace(ENCODED, (_, channel: string, bytes: string) =>
    [`"${channel}":`, Buffer.from(bytes, 'base64').toString('utf8'), ''].join('\n'),
  );

/** The beginning of a message, with credentials masked before it is cut. */
function shownOf(head: Buffer): string {
  const masked = maskSecrets(decoded(head.toString('utf8')));
  if (head.length <= SHOWN_BYTES) return plainText(masked, 2 * SHOWN_BYTES);
  const leftOut = Math.min(LEFT_OUT_BYTES, head.length - SHOWN_BYTES);
  return plainText(masked, Math.min(SHOWN_BYTES, Buffer.byteLength(masked) - leftOut));
}

function response({ refusalWhy, ...row }: Row, locale: Locale): SubmissionResponse {
  return { ...row, refusalText: row.refusal && refusalText(locale, row.refusal, refusalWhy) };
}
