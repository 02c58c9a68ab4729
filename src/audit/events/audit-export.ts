import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Actor } from '../../access/actor';
import { SqlParameters } from '../../access/scope/scope-sql';
import { Clock } from '../../platform/clock/clock';
import { message } from '../../platform/messages/messages';
import type { TableValue } from '../../platform/tabular/writing/table-columns';
import { tableFile, type TableFile, type TableFormat } from '../../platform/tabular/writing/table-file';
import { AuditLog } from '../audit-log';
import { AuditChain } from '../chain/audit-chain';
import { type ChainHead, START } from '../chain/chain-hash';
import { EXPORT_FORMAT, type ExportedLink, type ExportHeader } from '../chain/exported-chain';
import { AuditEventsQueries } from './audit-events.queries';
import { filtered, visible, within } from './audit-filter-sql';
import type { AuditFilter } from './dto/audit-events.request';
import type { AuditEventResponse } from './dto/audit-events.response';

const PAGE_SIZE = 1_000;
/** The headings are the keys: whoever reads these files reads them beside the chain. */
const COLUMNS = (
  [
    ['seq', ({ seq }) => seq],
    ['at', ({ at }) => at],
    ['actor', ({ actor, actorId }) => actor?.displayName ?? actorId],
    ['token', ({ actor }) => actor?.token?.id],
    ['onBehalfOf', ({ onBehalfOf }) => onBehalfOf?.displayName],
    ['program', ({ program }) => program],
    ['action', ({ action }) => action],
    ['recordType', ({ recordType }) => recordType],
    ['recordId', ({ recordId }) => recordId],
    ['record', ({ recordName }) => recordName],
    ['organisation', ({ organisation }) => organisation?.name],
    ['before', ({ before }) => before && JSON.stringify(before)],
    ['after', ({ after }) => after && JSON.stringify(after)],
    ['requestId', ({ requestId }) => requestId],
    ['hash', ({ hash }) => hash],
  ] satisfies [string, (event: AuditEventResponse) => TableValue][]
).map(([key, value]) => ({ key, title: key, value }));

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
  async ndjson(actor: Actor, filter: AuditFilter): Promise<TableFile> {
    await this.recordExport(actor, 'ndjson', filter);
    const range = await this.range(actor, filter);
    const stream = Readable.from(this.lines(actor, filter, range), { objectMode: false });
    return { stream, type: 'application/x-ndjson', extension: 'ndjson' };
  }

  /** The events as a table, without their personal parts. */
  async table(actor: Actor, filter: AuditFilter, format: TableFormat): Promise<TableFile> {
    await this.recordExport(actor, format, filter);
    const { locale, timeZone } = actor;
    const reader = { timeZone, yes: message(locale, 'export.yes'), no: message(locale, 'export.no') };
    const title = message(locale, 'export.list.audit');
    return tableFile({ title, columns: COLUMNS, rows: this.events(actor, filter), reader }, format);
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

  private async *events(actor: Actor, filter: AuditFilter): AsyncGenerator<AuditEventResponse> {
    for (let seq = 0; ;) {
      const events = await this.queries.after(actor, filter, seq, PAGE_SIZE);
      yield* events;
      const last = events.at(-1);
      if (!last || events.length < PAGE_SIZE) return;
      seq = last.seq;
    }
  }
}
