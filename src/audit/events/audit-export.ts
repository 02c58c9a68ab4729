import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../access/actor';
import { SqlParameters } from '../../access/scope/scope-sql';
import { Clock } from '../../platform/clock/clock';
import { csvStream, type CsvValue } from '../../platform/tabular/csv/write-csv';
import { AuditLog } from '../audit-log';
import { AuditChain } from '../chain/audit-chain';
import { type ChainHead, START } from '../chain/chain-hash';
import { EXPORT_FORMAT, type ExportedLink, type ExportHeader } from '../chain/exported-chain';
import { AuditEventsQueries } from './audit-events.queries';
import { filtered, visible, within } from './audit-filter-sql';
import type { AuditFilter } from './dto/audit-events.request';

const PAGE_SIZE = 1_000;
const CSV_COLUMNS = [
  'seq',
  'at',
  'actor',
  'token',
  'onBehalfOf',
  'program',
  'action',
  'recordType',
  'recordId',
  'record',
  'organisation',
  'before',
  'after',
  'requestId',
  'hash',
];

/** Audit events as files. An export is an event itself, and the first thing that an export with no end holds. */
@Injectable()
export class AuditExport {
  constructor(
    private readonly dataSource: DataSource,
    private readonly chain: AuditChain,
    private readonly queries: AuditEventsQueries,
    private readonly log: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * The chain of the days asked for, one JSON text a line: what the caller may see and asked for as its text, of every other event the digest.
   * The personal parts are not in it: a file cannot be made to forget.
   */
  async ndjson(actor: Actor, filter: AuditFilter): Promise<Readable> {
    await this.recordExport(actor, 'ndjson', filter);
    const range = await this.range(actor, filter);
    return Readable.from(this.lines(actor, filter, range), { objectMode: false });
  }

  /** The events for a spreadsheet, without their personal parts. */
  async csv(actor: Actor, filter: AuditFilter): Promise<Readable> {
    await this.recordExport(actor, 'csv', filter);
    return csvStream(CSV_COLUMNS, this.rows(actor, filter), { bom: true });
  }

  private async recordExport(actor: Actor, format: string, filter: AuditFilter): Promise<void> {
    const asked = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
    const after = { format, filter: asked };
    await this.dataSource.transaction((m) =>
      this.log.record(m, actor, { action: 'audit.exported', recordType: 'audit', recordId: null, after }),
    );
  }

  /** From the link before the first event of the days asked for to the last one. */
  private async range(actor: Actor, filter: AuditFilter): Promise<{ after: ChainHead; head: ChainHead }> {
    const head = (await this.chain.head()) ?? START;
    const parameters = new SqlParameters();
    const days = within(filter, actor, parameters);
    if (days.length === 0) return { after: START, head };
    const [row] = await this.dataSource.query<{ first: number | null; last: number }[]>(
      `SELECT min(l.seq)::integer AS first, max(l.seq)::integer AS last
       FROM audit_event e JOIN audit_link l ON l.event_id = e.id WHERE ${days.join(' AND ')}`,
      parameters.values,
    );
    if (!row || row.first === null) return { after: head, head };
    const ends = await this.dataSource.query<ChainHead[]>(
      'SELECT seq::integer AS seq, hash FROM audit_link WHERE seq = ANY($1::bigint[])',
      [[row.first - 1, row.last]],
    );
    const at = (seq: number): ChainHead => ends.find((end) => end.seq === seq) ?? START;
    return { after: at(row.first - 1), head: at(row.last) };
  }

  private async *lines(
    actor: Actor,
    filter: AuditFilter,
    { after, head }: { after: ChainHead; head: ChainHead },
  ): AsyncGenerator<string> {
    const header: ExportHeader = { format: EXPORT_FORMAT, exportedAt: this.clock.now().toISOString(), after, head };
    yield `${JSON.stringify(header)}\n`;
    for (let seq = after.seq; seq < head.seq;) {
      const links = await this.links(actor, filter, seq, head.seq);
      const last = links.at(-1);
      if (!last) return;
      yield links.map((link) => `${JSON.stringify(link)}\n`).join('');
      seq = last.seq;
    }
  }

  private async links(actor: Actor, filter: AuditFilter, after: number, last: number): Promise<ExportedLink[]> {
    const parameters = new SqlParameters();
    const shown = [visible(actor, parameters), ...filtered(filter, actor, parameters)].join(' AND ');
    const rows = await this.dataSource.query<{ seq: number; hash: string; event: string | null; digest: string }[]>(
      `SELECT l.seq::integer AS seq, l.hash, CASE WHEN ${shown} THEN audit_text(e) END AS event,
         audit_digest(audit_text(e)) AS digest
       FROM audit_link l JOIN audit_event e ON e.id = l.event_id LEFT JOIN app_user u ON u.id = e.actor_id
       WHERE l.seq > ${parameters.bind(after)} AND l.seq <= ${parameters.bind(last)}
       ORDER BY l.seq LIMIT ${parameters.bind(PAGE_SIZE)}`,
      parameters.values,
    );
    return rows.map(({ event, digest, ...link }) => (event === null ? { ...link, digest } : { ...link, event }));
  }

  private async *rows(actor: Actor, filter: AuditFilter): AsyncGenerator<CsvValue[]> {
    for (let seq = 0; ;) {
      const events = await this.queries.after(actor, filter, seq, PAGE_SIZE);
      for (const event of events)
        yield [
          event.seq,
          event.at,
          event.actor?.displayName ?? event.actorId,
          event.actor?.token?.id,
          event.onBehalfOf?.displayName,
          event.program,
          event.action,
          event.recordType,
          event.recordId,
          event.recordName,
          event.organisation?.name,
          event.before && JSON.stringify(event.before),
          event.after && JSON.stringify(event.after),
          event.requestId,
          event.hash,
        ];
      const last = events.at(-1);
      if (!last || events.length < PAGE_SIZE) return;
      seq = last.seq;
    }
  }
}
