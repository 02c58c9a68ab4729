import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import { fieldProblem } from '../../platform/http/problem';
import { message } from '../../platform/messages/messages';
import { AuditLog } from '../audit-log';
import { AuditChain } from '../chain/audit-chain';
import { Exported } from '../exports/list-export';
import { SightLog } from '../sight-log';
import { AuditEventsQueries } from './audit-events.queries';
import { AuditExport } from './audit-export';
import { AuditEventsQuery, AuditExportQuery, AuditVerifyQuery } from './dto/audit-events.request';
import { AuditEventPage, ChainVerdictResponse } from './dto/audit-events.response';

const TEXT = { schema: { type: 'string' } } as const;

@ApiTags('audit')
@Controller('audit-events')
export class AuditEventsController {
  constructor(
    private readonly queries: AuditEventsQueries,
    private readonly exports: AuditExport,
    private readonly chain: AuditChain,
    private readonly sights: SightLog,
    private readonly log: AuditLog,
    private readonly dataSource: DataSource,
  ) {}

  /** Who did what to which record, the newest first. */
  @Get()
  @Allow('audit:read')
  async list(@CurrentActor() actor: Actor, @Query() query: AuditEventsQuery): Promise<AuditEventPage> {
    await this.sights.seen(actor, { action: 'audit.viewed', recordType: 'audit', recordId: null });
    return this.queries.list(actor, query);
  }

  /** Computes the chain of all events anew; with `seq` and `hash`, also against a head that was written down before. */
  @Get('verify')
  @Allow('audit:verify')
  async verify(@CurrentActor() actor: Actor, @Query() { seq, hash }: AuditVerifyQuery): Promise<ChainVerdictResponse> {
    if (seq === undefined && hash !== undefined) throw fieldProblem(400, 'seq', 'REQUIRED');
    if (seq !== undefined && hash === undefined) throw fieldProblem(400, 'hash', 'REQUIRED');
    const verdict = await this.chain.verify(seq !== undefined && hash !== undefined ? { seq, hash } : undefined);
    const { valid, links, firstBroken } = verdict;
    const after = { valid, links, ...(firstBroken && { firstBroken }) };
    await this.dataSource.transaction((m) =>
      this.log.record(m, actor, { action: 'audit.verified', recordType: 'audit', recordId: null, after }),
    );
    const text = firstBroken && message(actor.locale, `chainFault.${firstBroken.reason}`, { seq: firstBroken.seq });
    return { ...verdict, firstBroken: firstBroken && { ...firstBroken, message: text ?? firstBroken.reason } };
  }

  /** The events as a file: the chain for `cli audit verify`, or a table. */
  @Get('export')
  @Allow('audit:read')
  @Exported({ 'application/x-ndjson': TEXT })
  async export(
    @CurrentActor() actor: Actor,
    @Query() { format, ...filter }: AuditExportQuery,
  ): Promise<StreamableFile> {
    const { stream, type, extension } =
      format === undefined || format === 'ndjson'
        ? await this.exports.ndjson(actor, filter)
        : await this.exports.table(actor, filter, format);
    return new StreamableFile(stream, { type, disposition: `attachment; filename="audit.${extension}"` });
  }
}
