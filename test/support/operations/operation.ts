import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';

/** A JSON Schema as it stands in the document. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Schema = any;

export interface Parameter {
  in: 'path' | 'query' | 'header';
  name: string;
  required?: boolean;
  schema: Schema;
}

/** One operation of the API as its document describes it. */
export interface Operation {
  /** `GET /systems/{id}`: the method and the path below /api/v1. */
  name: string;
  method: string;
  path: string;
  parameters: Parameter[];
  /** Media type and schema of the body; null when there is none. */
  body: { type: string; schema: Schema } | null;
  /** What may be answered, by status or `default`. */
  responses: Record<string, { content?: Record<string, { schema?: Schema }> }>;
  /** What a caller needs; undefined for what is one's own or open to everybody. */
  permission: string | undefined;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Every operation of the document, in its order. */
export function operationsOf({ paths }: Pick<OpenAPIObject, 'paths'>): Operation[] {
  return Object.entries(paths).flatMap(([full, item]) =>
    METHODS.filter((method) => method in item).map((method) => {
      const path = full.replace(/^\/api\/v1/, '');
      const { parameters = [], requestBody, responses, ...rest } = item[method as 'get'] as Schema;
      const [type, content] = Object.entries<Schema>(requestBody?.content ?? {})[0] ?? [];
      return {
        ...{ name: `${method.toUpperCase()} ${path}`, method: method.toUpperCase(), path, parameters, responses },
        body: type === undefined ? null : { type, schema: content.schema },
        permission: rest['x-permission'],
      };
    }),
  );
}

export type CommittedDocument = Pick<OpenAPIObject, 'paths'> & {
  components: { schemas: Record<string, Schema>; responses: Record<string, Schema> };
};

/** The description of the API as it is committed: with the types that only a build knows. */
export function committedDocument(): CommittedDocument {
  return JSON.parse(readFileSync(join(__dirname, '../../../docs/openapi.json'), 'utf8'));
}
