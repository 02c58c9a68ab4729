import { Controller, Get, HttpCode, Post, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../access/actor';
import { Allow } from '../../access/allow.decorator';
import { CurrentActor } from '../../access/current-actor.decorator';
import type { AuditAction } from '../../audit/audit-actions';
import { SightLog } from '../../audit/sight-log';
import { CursorQuery } from '../../platform/http/cursor';
import { PathId } from '../../platform/http/path-id';
import { readUpload } from '../../platform/http/upload/upload';
import { csvStream } from '../../platform/tabular/csv/write-csv';
import { ImportPage, ImportResponse } from './dto/import.response';
import { InspectionResponse } from './dto/inspection.response';
import { ImportsQueries } from './imports.queries';
import { ImportsService } from './imports.service';
import { templateColumns } from './reading/template-columns';
import { MOST_FILE_BYTES } from './run/opened-register';

const CSV = 'text/csv; charset=utf-8';
const CSV_ANSWER = { content: { 'text/csv': { schema: { type: 'string' } } } } as const;
const FILE = { type: 'string', format: 'binary' } as const;

/** Registers of systems, taken in from CSV and XLSX. */
@ApiTags('imports')
@Controller('imports')
export class ImportsController {
  constructor(
    private readonly service: ImportsService,
    private readonly queries: ImportsQueries,
    private readonly sights: SightLog,
  ) {}

  /** Shows what a file holds and suggests a mapping; nothing is kept. */
  @Post('systems/inspect')
  @HttpCode(200)
  @Allow('systems:import')
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: FILE,
        encoding: { type: 'string' },
        delimiter: { type: 'string' },
        sheet: { type: 'string' },
      },
    },
  })
  async inspect(@Req() request: FastifyRequest): Promise<InspectionResponse> {
    return this.service.inspect(await readUpload(request, MOST_FILE_BYTES));
  }

  /** Takes a register in and imports it in the background; a dry run gives the same report and writes nothing. */
  @Post('systems')
  @HttpCode(202)
  @Allow('systems:import')
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: FILE,
        mapping: { type: 'string', description: 'An ImportMapping as JSON; may be absent when a profile brings one' },
        dryRun: { type: 'string', enum: ['true', 'false'], default: 'false' },
        profileId: { type: 'string' },
        organisationId: { type: 'string', format: 'uuid' },
      },
    },
  })
  async start(@CurrentActor() actor: Actor, @Req() request: FastifyRequest): Promise<ImportResponse> {
    return this.queries.get(actor, await this.service.start(actor, await readUpload(request, MOST_FILE_BYTES)));
  }

  /** An empty register with the columns that need no explanation. */
  @Get('systems/template.csv')
  @Allow('systems:import')
  @ApiOkResponse(CSV_ANSWER)
  template(@CurrentActor() actor: Actor): StreamableFile {
    return csvFile(csvStream(templateColumns(actor.locale), [], { bom: true }), 'systems.csv');
  }

  /** The imports of the organisations the caller imports for, the newest first. */
  @Get()
  @Allow('systems:import')
  list(@CurrentActor() actor: Actor, @Query() query: CursorQuery): Promise<ImportPage> {
    return this.queries.list(actor, query);
  }

  /** Progress and report of one import. */
  @Get(':id')
  @Allow('systems:import')
  async get(@CurrentActor() actor: Actor, @PathId() id: string): Promise<ImportResponse> {
    const run = await this.queries.get(actor, id);
    if (run.finishedAt) await this.seen(actor, 'import.viewed', run);
    return run;
  }

  /** The rejected rows with the reasons, to be put right and sent again. */
  @Get(':id/rejected.csv')
  @Allow('systems:import')
  @ApiOkResponse(CSV_ANSWER)
  async rejected(@CurrentActor() actor: Actor, @PathId() id: string): Promise<StreamableFile> {
    await this.seen(actor, 'import.exported', await this.queries.get(actor, id));
    return csvFile(await this.queries.rejectedCsv(actor, id), 'rejected.csv');
  }

  private seen(actor: Actor, action: AuditAction, { id, organisation }: ImportResponse): Promise<void> {
    return this.sights.seen(actor, { action, recordType: 'import', recordId: id, organisationId: organisation.id });
  }
}

function csvFile(stream: ReturnType<typeof csvStream>, name: string): StreamableFile {
  return new StreamableFile(stream, { type: CSV, disposition: `attachment; filename="${name}"` });
}
