import { Readable } from 'node:stream';
import { applyDecorators, Injectable, StreamableFile } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Actor } from '../../access/actor';
import { localDate } from '../../core/time/zone';
import { Clock } from '../../platform/clock/clock';
import type { CursorQuery, Page } from '../../platform/http/cursor';
import { hasMessage, type Locale, message } from '../../platform/messages/messages';
import type { TableColumn, TableValue } from '../../platform/tabular/writing/table-columns';
import {
  jsonFile,
  type TableFile,
  tableFile,
  type TableFormat,
  tablesFile,
  type WrittenTable,
} from '../../platform/tabular/writing/table-file';
import { AuditLog } from '../audit-log';
import type { ExportQuery } from './export-query';

/** A column of an exported list: what it holds, and of which words its codes are (`tier`, `state`), when they are codes. */
export interface ExportColumn<Row> {
  key: string;
  /** The message that heads it; `export.<key>` when absent. */
  heading?: string;
  value: (row: Row, actor: Actor) => TableValue;
  words?: string;
  /** What people read in place of the value, where no catalogue has it. */
  word?: (value: string, locale: Locale) => string;
}

/** A list that can be exported: its name, and its columns in the order of the screen. Its heading is `export.list.<name>`. */
export interface ExportedList<Row> {
  name: string;
  columns: readonly ExportColumn<Row>[];
}

/** A line of a table that is one of several, by the keys of the columns. */
export type TableLine = Readonly<Record<string, TableValue>>;

/** One of the tables of something that is exported whole. Its heading is `export.list.<name>`. */
export interface ExportedTable {
  name: string;
  columns: readonly ExportColumn<TableLine>[];
  rows: readonly TableLine[];
}

/** Something that is exported whole: as tables for people, and as it is for programs. */
export interface ExportedWhole {
  name: string;
  tables: readonly ExportedTable[];
  whole: object;
}

/** As many rows are read at once; the database is asked anew for each page, from the last row on. */
const PAGE = 500;
const TEXT = { schema: { type: 'string' } } as const;

/** What an export answers; `more` are the forms that only this list has. */
export const Exported = (more: Record<string, { schema: object }> = {}): MethodDecorator =>
  applyDecorators(
    ApiOkResponse({
      description: 'The list as a file',
      content: {
        ...more,
        'text/csv': TEXT,
        'application/json': { schema: {} },
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
          schema: { type: 'string', format: 'binary' },
        },
      },
    }),
  );

/** Every list as a file: what the filter shows, in the reader's language, one page of rows in memory at a time; on record before it begins. */
@Injectable()
export class ListExport {
  constructor(
    private readonly dataSource: DataSource,
    private readonly log: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @param page one page of the list as the screen asks for it, within the scope of the caller. */
  async send<Row, Query extends object>(
    actor: Actor,
    list: ExportedList<Row>,
    { format, ...query }: Query & ExportQuery,
    page: (query: Omit<Query, 'format'> & CursorQuery) => Promise<Page<Row>>,
  ): Promise<StreamableFile> {
    const first = await page({ ...(query as Omit<Query, 'format'>), limit: PAGE });
    await this.record(actor, list.name, format, query);
    const rows = allRows(first, (cursor) => page({ ...(query as Omit<Query, 'format'>), limit: PAGE, cursor }));
    return this.file(actor, list.name, tableFile(tableFor(list, rows, actor), format));
  }

  /** Several tables as one file: sheets of a workbook, CSV files in a ZIP; as JSON what they are made of, whole. `query` is what is on record of it. */
  async sendWhole(
    actor: Actor,
    { name, tables, whole }: ExportedWhole,
    { format, ...query }: ExportQuery & Record<string, unknown>,
  ): Promise<StreamableFile> {
    await this.record(actor, name, format, query);
    if (format === 'json') return this.file(actor, name, jsonFile(whole));
    const written = tables.map(({ rows, ...table }) => ({
      ...tableFor(table, Readable.from(rows), actor),
      name: table.name,
    }));
    return this.file(actor, name, tablesFile(written, format));
  }

  private async record(actor: Actor, list: string, format: TableFormat, query: object): Promise<void> {
    const filter = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
    const exported = { recordType: 'list', recordId: null, after: { list, format, filter } };
    await this.dataSource.transaction((m) => this.log.record(m, actor, { action: 'list.exported', ...exported }));
  }

  private file({ timeZone }: Actor, name: string, { stream, type, extension }: TableFile): StreamableFile {
    const on = localDate(this.clock.now(), timeZone);
    return new StreamableFile(stream, { type, disposition: `attachment; filename="${name}-${on}.${extension}"` });
  }
}

async function* allRows<Row>(first: Page<Row>, next: (cursor: string) => Promise<Page<Row>>): AsyncGenerator<Row> {
  for (let page = first; ;) {
    yield* page.items;
    if (page.nextCursor === null) return;
    page = await next(page.nextCursor);
  }
}

function tableFor<Row>(
  { name, columns }: ExportedList<Row>,
  rows: AsyncIterable<Row>,
  actor: Actor,
): WrittenTable<Row> {
  const { locale, timeZone } = actor;
  return {
    title: message(locale, `export.list.${name}`),
    columns: columns.map((column) => columnFor(column, actor)),
    rows,
    reader: { timeZone, yes: message(locale, 'export.yes'), no: message(locale, 'export.no') },
  };
}

function columnFor<Row>({ key, heading, value, words, word }: ExportColumn<Row>, actor: Actor): TableColumn<Row> {
  return {
    key,
    title: message(actor.locale, heading ?? `export.${key}`),
    value: (row) => value(row, actor),
    ...(word && { word: (text: string) => word(text, actor.locale) }),
    ...(words && {
      word: (code: string) => (hasMessage(`${words}.${code}`) ? message(actor.locale, `${words}.${code}`) : code),
    }),
  };
}
