import type { Schema } from './operation';

/** What a sample takes from the world: ids by the name of their field, and the schemas that others refer to. */
export interface SampleSource {
  schemas: Record<string, Schema>;
  /** The value of a field by its name, such as `organisationId`; undefined for what the schema alone decides. */
  known(field: string): unknown;
}

const TEXT_BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: '019a0000-0000-7000-8000-00000000ffff',
  date: '2026-12-01',
  'date-time': '2026-11-22T06:00:00Z',
  duration: 'P1D',
  email: 'somebody@sonae.example',
  uri: 'https://example.com/',
  password: 'a long enough passphrase',
};

/** The least value that a schema takes: what is required and nothing else. The same every time. */
export function sampleOf(schema: Schema, source: SampleSource, field = ''): unknown {
  if (schema.$ref) return sampleOf(source.schemas[schema.$ref.split('/').at(-1)], source, field);
  const known = source.known(field);
  if (known !== undefined) return known;
  const choice = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (choice) return sampleOf(choice[0], source, field);
  if (schema.enum) return schema.enum[0];
  const type = [schema.type].flat()[0];
  if (type === 'array')
    return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items, source, field));
  if (type === 'object')
    return Object.fromEntries(
      ((schema.required ?? []) as string[]).map((name) => [name, sampleOf(schema.properties[name], source, name)]),
    );
  if (type === 'boolean') return false;
  if (type === 'number' || type === 'integer') return schema.minimum ?? 1;
  const text = TEXT_BY_FORMAT[schema.format as string] ?? (schema.format ? undefined : 'sample');
  if (text === undefined) throw new Error(`No sample of ${JSON.stringify(schema)} for ${field}`);
  return text.slice(0, schema.maxLength ?? 1000);
}
