import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { Answer } from '../client';
import type { committedDocument, Operation, Schema } from './operation';

/** Checks answers against what the document says of them: status, type and every field, none beside. */
export class AnswerCheck {
  private readonly ajv = addFormats(new Ajv2020({ strict: false, allErrors: false }));
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(private readonly document: ReturnType<typeof committedDocument>) {
    this.ajv.addSchema({ $id: 'api', ...(closed({ components: document.components }) as object) });
  }

  /** What is wrong with an answer to an operation; null when it is as described. */
  faultOf({ name, responses }: Operation, { status, headers, body }: Answer): string | null {
    const told = `${status} ${JSON.stringify(body)?.slice(0, 300)}`;
    const described = this.resolved(responses[status]);
    if (!described) return `${status} is not described: ${told}`;
    const type = (headers.get('content-type') ?? '').split(';')[0] ?? '';
    const contents = Object.keys(described.content ?? {});
    if (contents.length === 0) return body === '' || status === 302 ? null : `there is a body: ${told}`;
    if (!contents.includes(type)) return `${type} is not described: ${told}`;
    const schema = described.content?.[type]?.schema;
    if (!schema || !/json$/.test(type)) return null;
    const validate = this.validatorOf(`${name} ${status}`, schema);
    return validate(body) ? null : `${this.ajv.errorsText(validate.errors)}: ${told}`;
  }

  private resolved(response: Schema): Operation['responses'][string] | undefined {
    return response?.$ref ? this.document.components.responses[response.$ref.split('/').at(-1)] : response;
  }

  private validatorOf(key: string, schema: Schema): ValidateFunction {
    const known = this.compiled.get(key);
    if (known) return known;
    const text = JSON.stringify(closed(schema)).replaceAll('"#/components', '"api#/components');
    const validate = this.ajv.compile(JSON.parse(text));
    this.compiled.set(key, validate);
    return validate;
  }
}

/** A copy in which objects have the fields that are named, and no others: what is told and not described is told by mistake. */
function closed(schema: Schema): Schema {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([name, inner]) => [name, closed(inner)]));
  return copy.type === 'object' && copy.properties && !('additionalProperties' in copy)
    ? { ...copy, additionalProperties: false }
    : copy;
}
