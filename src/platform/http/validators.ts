import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsString,
  MaxLength,
  MinLength,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { isCivilDate } from '../../core/time/civil-date';
import { parseMinutes, parsePeriod } from '../../core/time/duration';
import { isTimeZone } from '../../core/time/zone';

/** Line breaks, other control characters, and the marks that turn the direction of text and let a name pose as another. */
const CONTROL = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;
const CONTROL_BUT_LINES = /[^\P{Cc}\n\r\t]/u;

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[Tt]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

const trimmed = (value: unknown): unknown => (typeof value === 'string' ? value.trim().normalize('NFC') : value);

const rule = (name: string, holds: (value: unknown) => boolean): PropertyDecorator =>
  ValidateBy({ name, validator: { validate: holds } });

const parses =
  (parse: (text: string) => unknown) =>
  (value: unknown): boolean => {
    try {
      return typeof value === 'string' && parse(value) !== undefined;
    } catch {
      return false;
    }
  };

/** Text of ISO 8601 of a fixed length in whole minutes, longer than zero: `PT4H`, `P1D`. Read it with `parseMinutes`. */
export const IsDurationMinutes = (): PropertyDecorator =>
  applyDecorators(
    rule('isDurationMinutes', parses(parseMinutes)),
    rule('isLongerThanZero', (value) => !parses(parseMinutes)(value) || parseMinutes(value as string) > 0),
    ApiProperty({ type: String, format: 'duration', example: 'PT4H' }),
  );

/** Text of ISO 8601 of a calendar length: `P6M`, `P1Y`, `P30D`. Read it with `parsePeriod`. */
export const IsPeriod = (): PropertyDecorator =>
  applyDecorators(
    rule('isPeriod', parses(parsePeriod)),
    ApiProperty({ type: String, format: 'duration', example: 'P6M' }),
  );

/** A day `YYYY-MM-DD` that exists. */
export const IsCivilDate = (): PropertyDecorator =>
  applyDecorators(
    rule('isCivilDate', isCivilDate),
    ApiProperty({ type: String, format: 'date', example: '2026-11-23' }),
  );

/** Text of RFC 3339 with its offset. Read it with `parseInstant`. */
export const IsInstant = (): PropertyDecorator =>
  applyDecorators(
    rule('isInstant', isInstant),
    ApiProperty({ type: String, format: 'date-time', example: '2026-11-23T00:00:00Z' }),
  );

/** A zone of the IANA database. */
export const IsIanaTimeZone = (): PropertyDecorator => rule('isTimeZone', isTimeZone);

/** One line of text: trimmed, not empty, at most `max` characters, no control characters. */
export const IsPlainText = (max = 200): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => trimmed(value)),
    rule('isPlainText', (value) => typeof value !== 'string' || !CONTROL.test(value)),
    rule('isString', (value) => typeof value === 'string'),
    MinLength(1),
    MaxLength(max),
    ApiProperty({ type: String, minLength: 1, maxLength: max }),
  );

/** A list of at most `most` different plain texts of one line, none of them twice. */
export const IsPlainTextList = (most: number, max = 200): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(trimmed) : value)),
    IsArray(),
    ArrayMaxSize(most),
    ArrayUnique(),
    IsString({ each: true }),
    rule('isPlainText', (value) => !Array.isArray(value) || !value.some((each) => CONTROL.test(String(each)))),
    MinLength(1, { each: true }),
    MaxLength(max, { each: true }),
    ApiProperty({
      required: false,
      type: 'array',
      maxItems: most,
      uniqueItems: true,
      items: { type: 'string', minLength: 1, maxLength: max },
    }),
  );

/** Text of several lines, such as a note or Markdown: kept as it is, at most `max` characters. */
export const IsLongText = (max = 20_000): PropertyDecorator =>
  applyDecorators(
    rule('isPlainText', (value) => typeof value !== 'string' || !CONTROL_BUT_LINES.test(value)),
    rule('isString', (value) => typeof value === 'string'),
    MaxLength(max),
    ApiProperty({ type: String, maxLength: max }),
  );

/** For PATCH: the field may be absent and then keeps its value, but it may not be null. Use `@IsOptional()` where null clears. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_object, value) => value !== undefined);

/** For fields of forms: text of nothing but white space becomes null, which says nothing. */
export const EmptyIsNull = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' && value.trim() === '' ? null : value));

/** For queries: `tier=HIGH,LOW` or `tier=HIGH&tier=LOW` as a list. */
export const CommaList = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    value === undefined ? undefined : [value].flat().flatMap((part) => String(part).split(',')),
  );

/** For queries and forms: `true` and `false` as a boolean. */
export const BooleanText = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value));

/**
 * The instant that a text of RFC 3339 names.
 * @throws RangeError when it names none.
 */
export function parseInstant(text: string): Date {
  if (!isInstant(text)) throw new RangeError(`${JSON.stringify(text)} is not an instant`);
  return new Date(text);
}

function isInstant(value: unknown): boolean {
  const day = typeof value === 'string' ? INSTANT.exec(value)?.[1] : undefined;
  return day !== undefined && isCivilDate(day);
}
