import * as fc from 'fast-check';
import type { Schema } from './operation';
import type { SampleSource } from './sample';

const twoDigits = (number: number): string => String(number).padStart(2, '0');
const day = fc
  .tuple(fc.integer({ min: 2024, max: 2029 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
  .map(([year, month, date]) => `${year}-${twoDigits(month)}-${twoDigits(date)}`);

const BY_FORMAT: Readonly<Record<string, fc.Arbitrary<string>>> = {
  uuid: fc.uuid(),
  date: day,
  'date-time': day.map((date) => `${date}T06:00:00Z`),
  duration: fc.constantFrom('PT1H', 'PT90M', 'P1D', 'P30D', 'P6M', 'P1Y', 'PT0S', 'P1M', '1 day'),
  email: fc.stringMatching(/^[a-z]{1,12}@[a-z]{1,8}\.example$/),
  uri: fc.webUrl(),
  password: fc.string({ minLength: 12, maxLength: 40 }),
};

/** A text as people, programs and vandals write it. */
const text = (least = 0, most = 200): fc.Arbitrary<string> => {
  const limits = { minLength: Math.min(least, most), maxLength: Math.min(most, Math.max(least, 40)) };
  return fc.oneof(
    { arbitrary: fc.string({ ...limits, unit: 'grapheme-ascii' }), weight: 3 },
    { arbitrary: fc.string({ ...limits, unit: 'grapheme' }), weight: 2 },
    { arbitrary: fc.string({ ...limits, unit: 'binary' }), weight: 1 },
  );
};

/** Any JSON at all, for a place where something else belongs. */
const wrong: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, '', 0, -1, 1e308, 2 ** 53, true, [], {}, [[]], 'x'.repeat(2_000)),
);

/**
 * Values that a schema takes, mostly: now and then something stands where it does not belong. Ids are such as the source knows, or unknown
 * ones.
 */
export function arbitraryOf(schema: Schema, source: SampleSource, field = ''): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: fitting(schema, source, field), weight: 24 }, { arbitrary: wrong, weight: 1 });
}

function fitting(schema: Schema, source: SampleSource, field: string): fc.Arbitrary<unknown> {
  if (schema.$ref) return fitting(source.schemas[schema.$ref.split('/').at(-1)], source, field);
  const choice: Schema[] | undefined = schema.oneOf ?? schema.anyOf;
  if (choice) return fc.oneof(...choice.map((each) => fitting(each, source, field)));
  const known = source.known(field);
  if (known !== undefined)
    return fc.oneof({ arbitrary: fc.constant(known), weight: 4 }, { arbitrary: byType(schema, source), weight: 1 });
  return schema.enum ? fc.constantFrom(...schema.enum) : byType(schema, source);
}

function byType(schema: Schema, source: SampleSource): fc.Arbitrary<unknown> {
  const types = [schema.type ?? 'string'].flat() as string[];
  return fc.oneof(...types.map((type) => ofType(type, schema, source)));
}

function ofType(type: string, schema: Schema, source: SampleSource): fc.Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -10, max: schema.maximum ?? 10_000 });
    case 'number':
      return fc.oneof(
        fc.integer({ min: schema.minimum ?? -10, max: schema.maximum ?? 10_000 }),
        fc.double({ noNaN: true }),
      );
    case 'array':
      return fc.array(arbitraryOf(schema.items ?? {}, source), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? 3, 3)),
      });
    case 'object':
      return ofObject(schema, source);
    default:
      return BY_FORMAT[schema.format as string] ?? text(schema.minLength, schema.maxLength);
  }
}

function ofObject(schema: Schema, source: SampleSource): fc.Arbitrary<unknown> {
  const properties = Object.entries<Schema>(schema.properties ?? {});
  if (properties.length === 0) return fc.dictionary(text(1, 20), wrong, { maxKeys: 3 });
  const model = Object.fromEntries(properties.map(([name, next]) => [name, arbitraryOf(next, source, name)]));
  return fc.record(model, { requiredKeys: (schema.required ?? []) as never[] });
}
