import type { OpenAPIObject } from '@nestjs/swagger';

interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  maxLength?: number;
  maximum?: number;
  properties?: Record<string, Schema>;
  additionalProperties?: unknown;
}

/** How long a text of a format is at most. */
const LONGEST: Readonly<Record<string, number>> = { uuid: 36, date: 10, 'date-time': 35 };

/**
 * Says what holds by the form of things and no decorator says: how long ids and times are, which whole numbers are of 32 bits, and that a
 * body takes no field beside its own.
 */
export function withLimits(document: OpenAPIObject): OpenAPIObject {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  // A path knows no other ids (`PathId`).
  everySchema(document.paths, (parameter) => {
    if (parameter.in === 'path' && parameter.schema) parameter.schema.format ??= 'uuid';
  });
  everySchema(document, (schema) => {
    const longest = LONGEST[schema.format ?? ''];
    if (longest !== undefined && schema.maxLength === undefined) schema.maxLength = longest;
    if ([schema.type].flat().includes('integer') && (schema.maximum ?? Infinity) < 2 ** 31) schema.format ??= 'int32';
  });
  for (const name of takenIn(document, schemas)) {
    const schema = schemas[name];
    if (schema?.properties) schema.additionalProperties ??= false;
  }
  return document;
}

/** The names of the schemas that bodies are made of. */
function takenIn({ paths }: OpenAPIObject, schemas: Record<string, Schema>): Set<string> {
  const taken = new Set<string>();
  const open: unknown[] = Object.values(paths).flatMap((path) =>
    [path.post, path.put, path.patch].map((operation) => operation?.requestBody),
  );
  while (open.length > 0)
    everySchema(open.pop(), ({ $ref }) => {
      const name = $ref?.split('/').at(-1) ?? '';
      if (!(name in schemas) || taken.has(name)) return;
      taken.add(name);
      open.push(schemas[name]);
    });
  return taken;
}

function everySchema(value: unknown, see: (schema: Schema & { in?: string; schema?: Schema }) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) see(value);
  for (const inner of Object.values(value)) everySchema(inner, see);
}
