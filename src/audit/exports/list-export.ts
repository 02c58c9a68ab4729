import { applyDecorators, Injectable, StreamableFile } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Actor } from '../../access/actor';
import { localDate } from '../../core/time/zone';
import { Clock } from '../../platform/clock/clock';
import type { CursorQuery, Page } from '../../platform/http/cursor';
import { hasMessage, type Locale, message } from '../../platform/messages/messages';
import type { TableColumn, TableValue } from '../../platform/tabular/writing/table-columns';
import { tableFile } from '../../platform/tabular/writing/table-file';
import { AuditLog } from '../audit-log';
import type { ExportQuery } from './export-query';

/** A column of an exported list: what it holds, and of which words its codes are (`tier`, `state`), when they are codes. */
export interface ExportColumn<Row> {
  /** Its heading is `export.<key>` of the catalogue. */
  key: string;
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
    const filter = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
    const first = await page({ ...(query as Omit<Query, 'format'>), limit: PAGE });
    await this.dataSource.transaction((m) =>
      this.log.record(m, actor, {
        action: 'list.exported',
        recordType: 'list',
        recordId: null,
        after: { list: list.name, format, filter },
      }),
    );
    const rows = allRows(first, (cursor) => page({ ...(query as Omit<Query, 'format'>), limit: PAGE, cursor }));
    const { locale, timeZone } = actor;
    const title = message(locale, `export.list.${list.name}`);
    const reader = { timeZone, yes: message(locale, 'export.yes'), no: message(locale, 'export.no') };
    const columns = list.columns.map((column) => columnFor(column, actor));
    const { stream, type, extension } = tableFile({ title, columns, rows, reader }, format);
    const on = localDate(this.clock.now(), timeZone);
    return new StreamableFile(stream, {
      type,
      disposition: `attachment; filename="${list.name}-${on}.${extension}"`,
    });
  }
}

async function* allRows<Row>(first: Page<Row>, next: (cursor: string) => Promise<Page<Row>>): AsyncGenerator<Row> {
  for (let page = first; ;) {
    yield* page.items;
    if (page.nextCursor === null) return;
    page = await next(page.nextCursor);
  }
}

function columnFor<Row>({ key, value, words, word }: ExportColumn<Row>, actor: Actor): TableColumn<Row> {
  return {
    key,
    title: message(actor.locale, `export.${key}`),
    value: (row) => value(row, actor),
    ...(word && { word: (text: string) => word(text, actor.locale) }),
    ...(words && {
      word: (code: string) => (hasMessage(`${words}.${code}`) ? message(actor.locale, `${words}.${code}`) : code),
    }),
  };
}
