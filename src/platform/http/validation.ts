import {
  type ArgumentMetadata,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  ValidationPipe,
} from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { getMetadataStorage, type ValidationError } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { type FieldProblem, Problem } from './problem';

/** Code of a field problem by the name of the class-validator rule that was broken. */
const CODES: Readonly<Record<string, string>> = {
  whitelistValidation: 'UNKNOWN_FIELD',
  isDefined: 'REQUIRED',
  isNotEmpty: 'REQUIRED',
  isString: 'NOT_TEXT',
  isPlainText: 'NOT_PLAIN_TEXT',
  isNumber: 'NOT_A_NUMBER',
  isInt: 'NOT_AN_INTEGER',
  isBoolean: 'NOT_A_BOOLEAN',
  isArray: 'NOT_A_LIST',
  isObject: 'NOT_AN_OBJECT',
  nestedValidation: 'NOT_AN_OBJECT',
  isUuid: 'NOT_AN_ID',
  isEmail: 'NOT_AN_EMAIL',
  isUrl: 'NOT_A_URL',
  isCivilDate: 'NOT_A_DATE',
  isInstant: 'NOT_AN_INSTANT',
  isDurationMinutes: 'NOT_A_DURATION',
  isLongerThanZero: 'ZERO_DURATION',
  isPeriod: 'NOT_A_PERIOD',
  isTimeZone: 'NOT_A_TIME_ZONE',
  isIn: 'NOT_IN_LIST',
  isEnum: 'NOT_IN_LIST',
  isOneSource: 'COLUMN_OR_VALUE',
  min: 'TOO_SMALL',
  max: 'TOO_LARGE',
  minLength: 'TOO_SHORT',
  maxLength: 'TOO_LONG',
  arrayNotEmpty: 'REQUIRED',
  arrayMinSize: 'TOO_FEW',
  arrayMaxSize: 'TOO_MANY',
  arrayUnique: 'NOT_UNIQUE',
  matches: 'WRONG_FORMAT',
};

/** Wrong type first: that a number is no date and also too long helps nobody. */
const TELLING = [
  'whitelistValidation',
  'isDefined',
  'isArray',
  'isString',
  'isNumber',
  'isInt',
  'isBoolean',
  'isObject',
];

/** Half of a pair of UTF-16, which JSON can carry and no text is made of. PostgreSQL refuses it within JSON. */
const HALF_A_CHARACTER = /\p{Cs}/u;

/** Refuses text that is none, wherever it stands, before anything is made of it. */
class TextPipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const open = metadata.type === 'custom' ? [] : [value];
    // Not by recursion: a body may be nested as deeply as it is long.
    while (open.length > 0) {
      const next = open.pop();
      if (typeof next === 'string' && HALF_A_CHARACTER.test(next)) throw new Problem(400, 'MALFORMED_TEXT');
      if (next && typeof next === 'object' && !Buffer.isBuffer(next)) {
        for (const [name, inner] of Object.entries(next)) open.push(name, inner);
      }
    }
    // A body of `null`, or none, is one without any field: handlers take fields out of it.
    return super.transform(metadata.type === 'body' ? (value ?? {}) : value, metadata) as Promise<unknown>;
  }
}

/** Checks request bodies and queries against their classes: unknown fields are refused, absent ones stay absent. */
export function validationPipe(): ValidationPipe {
  return new TextPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    validationError: { target: true, value: true },
    exceptionFactory: (errors) => invalid(errors.flatMap((error) => fieldProblems(error))),
  });
}

function invalid(errors: FieldProblem[]): Problem {
  const onlyUnknown = errors.length > 0 && errors.every(({ code }) => code === 'UNKNOWN_FIELD');
  return new Problem(400, onlyUnknown ? 'UNKNOWN_FIELD' : 'INVALID_FIELDS', { errors });
}

/** One problem for each wrong field, deepest first named by its path: `copies[0].site`. */
function fieldProblems(error: ValidationError, within = ''): FieldProblem[] {
  const { property, children = [], constraints = {} } = error;
  const field =
    /^\d+$/.test(property) && within ? `${within}[${property}]` : within ? `${within}.${property}` : property;
  const broken = Object.keys(constraints).sort((a, b) => rank(a) - rank(b))[0];
  const own = broken === undefined ? [] : [{ field, ...problemWith(error, broken) }];
  return [...own, ...children.flatMap((child) => fieldProblems(child, field))];
}

function rank(rule: string): number {
  const index = TELLING.indexOf(rule);
  return index < 0 ? TELLING.length : index;
}

function problemWith(error: ValidationError, rule: string): Omit<FieldProblem, 'field'> {
  const limit = limitOf(error, rule);
  const { value } = error as { value?: unknown };
  if (rule !== 'whitelistValidation' && (value === undefined || value === null || value === ''))
    return { code: 'REQUIRED' };
  return { code: CODES[rule] ?? 'INVALID', ...(limit !== undefined && { params: { limit } }) };
}

/** The limit that the rule was declared with; class-validator tells it in an English sentence only. */
function limitOf({ target, property }: ValidationError, rule: string): string | number | undefined {
  if (!target) return undefined;
  const [first] =
    getMetadataStorage()
      .getTargetValidationMetadatas(target.constructor, '', false, false)
      .find((metadata) => metadata.propertyName === property && metadata.name === rule)?.constraints ?? [];
  if (typeof first === 'number') return first;
  return first && typeof first === 'object' && !(first instanceof RegExp) ? Object.values(first).join(', ') : undefined;
}

/** Places of route arguments in Nest's metadata. */
const REQUEST = 0;
const BODY = 3;
const QUERY = 4;

/** Refuses a query or a body that the route has no use for: the pipe only sees arguments that are declared. */
@Injectable()
export class KnownInputGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { query, body } = context.switchToHttp().getRequest<FastifyRequest>();
    const used = argumentsOf(context);
    const errors = [...unused(query, used(QUERY)), ...unused(body, used(BODY))];
    if (errors.length > 0) throw invalid(errors);
    return true;
  }
}

type Used = 'ALL' | ReadonlySet<string>;

function argumentsOf(context: ExecutionContext): (place: number) => Used {
  const metadata = (Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) ??
    {}) as Record<string, { data?: unknown }>;
  return (place) => {
    // A handler that takes the request itself may read any body it likes.
    const places = place === BODY ? [BODY, REQUEST] : [place];
    const names = Object.entries(metadata)
      .filter(([key]) => places.some((number) => key.startsWith(`${number}:`)))
      .map(([, { data }]) => data);
    return names.some((name) => typeof name !== 'string') ? 'ALL' : new Set(names as string[]);
  };
}

function unused(input: unknown, used: Used): FieldProblem[] {
  if (used === 'ALL' || !input || typeof input !== 'object' || Buffer.isBuffer(input)) return [];
  return Object.keys(input)
    .filter((name) => !used.has(name))
    .map((field) => ({ field, code: 'UNKNOWN_FIELD' }));
}
