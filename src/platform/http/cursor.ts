import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { validate as isUuid } from 'uuid';
import { isCivilDate } from '../../core/time/civil-date';
import { fieldProblem } from './problem';

/** Query of every list. Extend it with the filters of the list. */
export class CursorQuery {
  @ApiPropertyOptional({
    description: 'How many items at most',
    type: 'integer',
    minimum: 1,
    maximum: 200,
    default: 50,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;

  @ApiPropertyOptional({
    description: '`nextCursor` of the page before; absent for the first page',
    type: 'string',
    maxLength: 2000,
  })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  cursor?: string;
}

/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total?: number;
}

export type CursorValue = string | number | null;

/** What a place in a cursor must hold, so that a made-up cursor never reaches SQL as a value of the wrong type. */
export type CursorKind = 'text' | 'id' | 'date' | 'instant' | 'number';

const HOLDS: Readonly<Record<CursorKind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string' && !value.includes('\0'),
  id: (value) => isUuid(value),
  date: isCivilDate,
  instant: (value) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value)),
  number: Number.isFinite,
};

/** The sort values of the last item on a page as one opaque text. Instants as RFC 3339 text. */
export function encodeCursor(values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * The sort values in a cursor, one for each kind; null is let through where the sort column is nullable. Undefined when there is no cursor.
 * @throws Problem 400 BAD_CURSOR when it is not one of this list.
 */
export function decodeCursor(cursor: string | undefined, ...kinds: readonly CursorKind[]): CursorValue[] | undefined {
  if (cursor === undefined) return undefined;
  const values = parse(cursor);
  const fits =
    Array.isArray(values) &&
    values.length === kinds.length &&
    kinds.every((kind, index) => values[index] === null || HOLDS[kind](values[index]));
  if (!fits) throw fieldProblem(400, 'cursor', 'BAD_CURSOR');
  return values as CursorValue[];
}

/** A page out of at most `limit + 1` rows: the one too many tells that there is a next page. */
export function pageOf<T>(rows: readonly T[], limit: number, keyOf: (row: T) => readonly CursorValue[]): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(keyOf(last)) : null };
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
