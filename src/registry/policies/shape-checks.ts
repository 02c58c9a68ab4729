import { parsePeriod } from '../../core/time/duration';
import { FieldProblem } from '../../platform/http/problem';

/** What is wrong with a value that stands at `field`; empty when nothing is. */
export type Check = (value: unknown, field: string) => FieldProblem[];

/** A check of a property with whether the property has to be there. */
export interface Property {
  isRequired: boolean;
  check: Check;
}

export const required = (check: Check): Property => ({ isRequired: true, check });
export const optional = (check: Check): Property => ({ isRequired: false, check });

const when = (wrong: boolean, field: string, code: string, params?: FieldProblem['params']): FieldProblem[] =>
  wrong ? [{ field, code, ...(params && { params }) }] : [];

/** An object with these properties and no others. A bare check means a required property. */
export function anObject(properties: Readonly<Record<string, Property | Check>>): Check {
  return (value, field) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return [{ field, code: 'NOT_AN_OBJECT' }];
    const given = value as Record<string, unknown>;
    const path = (name: string): string => (field ? `${field}.${name}` : name);
    const unknown = Object.keys(given)
      .filter((name) => !Object.hasOwn(properties, name))
      .map((name) => ({ field: path(name), code: 'UNKNOWN_FIELD' }));
    const known = Object.entries(properties).flatMap(([name, property]) => {
      const { isRequired, check } = typeof property === 'function' ? required(property) : property;
      if (given[name] === undefined) return when(isRequired, path(name), 'REQUIRED');
      return check(given[name], path(name));
    });
    return [...unknown, ...known];
  };
}

/** A list of at least `least` and at most `most` items. */
export function listOf(item: Check, least: number, most: number): Check {
  return (value, field) => {
    if (!Array.isArray(value)) return [{ field, code: 'NOT_A_LIST' }];
    if (value.length < least) return [{ field, code: 'TOO_FEW', params: { limit: least } }];
    if (value.length > most) return [{ field, code: 'TOO_MANY', params: { limit: most } }];
    return value.flatMap((element, index) => item(element, `${field}[${index}]`));
  };
}

/** One of these words. */
export const oneOf =
  (words: readonly string[]): Check =>
  (value, field) =>
    when(!words.includes(value as string), field, 'NOT_IN_LIST', { limit: words.join(', ') });

/** Text that says something, of one line, at most `most` characters. */
export const aText =
  (most: number, pattern = /^[^\p{Cc}]*$/u): Check =>
  (value, field) => {
    if (typeof value !== 'string') return [{ field, code: 'NOT_TEXT' }];
    if (value.trim() === '') return [{ field, code: 'REQUIRED' }];
    if (value.length > most) return [{ field, code: 'TOO_LONG', params: { limit: most } }];
    return when(!pattern.test(value), field, 'WRONG_FORMAT');
  };

/** A whole number from `least` to `most`. */
export const aWhole =
  (least: number, most: number): Check =>
  (value, field) => {
    if (!Number.isSafeInteger(value)) return [{ field, code: 'NOT_AN_INTEGER' }];
    if ((value as number) < least) return [{ field, code: 'TOO_SMALL', params: { limit: least } }];
    return when((value as number) > most, field, 'TOO_LARGE', { limit: most });
  };

export const aBoolean: Check = (value, field) => when(typeof value !== 'boolean', field, 'NOT_A_BOOLEAN');

/** A calendar period longer than nothing, such as P6M. */
export const aPeriod: Check = (value, field) => {
  if (typeof value !== 'string') return [{ field, code: 'NOT_A_PERIOD' }];
  try {
    const { months, days } = parsePeriod(value);
    return when(months + days === 0, field, 'ZERO_DURATION');
  } catch {
    return [{ field, code: 'NOT_A_PERIOD' }];
  }
};
