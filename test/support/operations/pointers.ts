import type { Schema } from './operation';
import { sampleOf, type SampleSource } from './sample';

/** Where something stands in a body: names of fields, and 0 for the first of a list. */
export type Pointer = readonly (string | 0)[];

/** Every place in a schema whose own schema is `wanted`, however deep. Schemas that hold themselves are entered once. */
export function pointersTo(
  schema: Schema,
  schemas: Record<string, Schema>,
  wanted: (schema: Schema) => boolean,
  within: readonly Schema[] = [],
): Pointer[] {
  const own = resolve(schema, schemas);
  if (within.includes(own)) return [];
  const inside = [...within, own];
  const deeper = (step: string | 0, next: Schema): Pointer[] =>
    pointersTo(next, schemas, wanted, inside).map((pointer) => [step, ...pointer]);
  return [
    ...(wanted(own) ? [[]] : []),
    ...Object.entries<Schema>(own.properties ?? {}).flatMap(([name, next]) => deeper(name, next)),
    ...(own.items ? deeper(0, own.items) : []),
  ];
}

/** A copy of a body with what stands at the pointer changed; what is absent on the way there is made up from the schema. */
export function changedAt(
  body: unknown,
  pointer: Pointer,
  change: (value: unknown, schema: Schema) => unknown,
  schema: Schema,
  source: SampleSource,
): unknown {
  const own = resolve(schema, source.schemas);
  const [step, ...rest] = pointer;
  if (step === undefined) return change(body, own);
  const next: Schema = step === 0 ? own.items : own.properties[step];
  const whole = typeof body === 'object' && body !== null ? body : sampleOf(own, source);
  const present = (whole as Record<string | number, unknown>)[step] ?? sampleOf(next, source);
  const inner = changedAt(present, rest, change, next, source);
  return step === 0 ? [inner, ...(whole as unknown[]).slice(1)] : { ...(whole as object), [step]: inner };
}

/** The schema that a reference or a choice with null stands for. */
function resolve(schema: Schema, schemas: Record<string, Schema>): Schema {
  const choice = schema.anyOf ?? schema.oneOf;
  const chosen = choice?.find((each: Schema) => each.$ref || each.type === 'object') ?? schema;
  return chosen.$ref ? schemas[chosen.$ref.split('/').at(-1)] : chosen;
}
