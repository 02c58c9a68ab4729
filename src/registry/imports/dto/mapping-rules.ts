import { applyDecorators } from '@nestjs/common';
import { ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { type ClassConstructor, Type } from 'class-transformer';
import { IsString, MaxLength, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { comparable } from '../reading/cell-text';
import type { Source } from '../reading/source';

/** A code that a raw value of a column may stand for. */
export type MappedCode = string | number | boolean;

const rule = (name: string, holds: (value: unknown, source: Source) => boolean, limit?: unknown): PropertyDecorator =>
  ValidateBy({
    name,
    constraints: limit === undefined ? [] : [limit],
    validator: { validate: (value, args) => holds(value, args?.object as Source) },
  });

/** Name of a column of the file. */
export const IsColumnName = (): PropertyDecorator => applyDecorators(IsString(), MaxLength(1000));

/** The column of a source that may be a constant instead: one of the two has to be there, and not both. */
export const IsColumnUnlessConstant = (): PropertyDecorator =>
  applyDecorators(
    ValidateIf(({ column, value }: Source) => column !== undefined || value === undefined),
    IsColumnName(),
    rule('isOneSource', (_column, { value }) => value === undefined),
  );

/** The constant of a source; absent when there is a column. */
export const IfConstant = (): PropertyDecorator => ValidateIf(({ value }: Source) => value !== undefined);

/** One of `codes`. */
export const IsCode = (codes: readonly MappedCode[]): PropertyDecorator =>
  rule('isIn', (value) => codes.includes(value as MappedCode), codes);

/** Which code each raw value of the column stands for. Two spellings of one value have to stand for the same. */
export const IsCodeByValue = (codes: readonly MappedCode[]): PropertyDecorator =>
  applyDecorators(
    ValidateIf(({ column }: Source) => column !== undefined),
    rule('isObject', isRecord),
    rule('isIn', (values) => !isRecord(values) || Object.values(values).every((code) => codes.includes(code)), codes),
    rule('arrayMaxSize', (values) => !isRecord(values) || Object.keys(values).length <= MOST_VALUES, MOST_VALUES),
    rule('arrayUnique', (values) => !isRecord(values) || isUnambiguous(values)),
    ApiProperty({ type: 'object', additionalProperties: { type: typeof codes[0], enum: [...codes] } }),
  );

const MOST_VALUES = 1_000;

/** A nested part of the mapping. */
export const IsPart = (part: () => ClassConstructor<object>): PropertyDecorator =>
  applyDecorators(rule('isObject', isRecord), ValidateNested(), Type(part));

/** As `IsPart`, for a part that may be given by the name of a column alone. */
export const IsPartOrColumn = (part: () => ClassConstructor<object>): PropertyDecorator =>
  applyDecorators(
    ValidateIf((_columns, given) => typeof given !== 'string'),
    IsPart(part),
    ApiProperty({ oneOf: [{ type: 'string' }, { $ref: getSchemaPath(part()) }] }),
  );

function isRecord(value: unknown): value is Record<string, MappedCode> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isUnambiguous(values: Record<string, MappedCode>): boolean {
  const codes = new Map<string, MappedCode>();
  return Object.entries(values).every(([raw, code]) => {
    const known = codes.get(comparable(raw));
    codes.set(comparable(raw), code);
    return known === undefined || known === code;
  });
}
