import type { OpenAPIObject } from '@nestjs/swagger';

/** The methods that a path of the document may have. */
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

type Path = OpenAPIObject['paths'][string];
type Operation = NonNullable<Path[(typeof METHODS)[number]]>;
type Responses = NonNullable<NonNullable<OpenAPIObject['components']>['responses']>;
interface Parameter {
  in?: string;
  name?: string;
  schema?: { format?: string };
}

const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
const RATE_LIMIT = {
  RateLimit: { $ref: '#/components/headers/RateLimit' },
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimitPolicy' },
};

const has = ({ parameters = [] }: Operation, wanted: (parameter: Parameter) => boolean): boolean =>
  (parameters as Parameter[]).some(wanted);
const versioned = (operation: Operation): boolean => has(operation, ({ name }) => name?.toLowerCase() === 'if-match');
const writes = (method: string): boolean => method !== 'get';

/** Every way in which an operation may be refused, and which operations may. */
const REFUSALS: readonly { status: number; description: string; may(operation: Operation, method: string): boolean }[] =
  [
    { status: 400, description: 'Not understood: `errors` names each field that is wrong', may: () => true },
    {
      status: 401,
      description: 'Nobody is signed in, or the token is none',
      may: ({ security = [] }, method) => security.length > 0 || writes(method),
    },
    {
      status: 403,
      description: 'Not for this person or token, or sent from another site',
      may: ({ security = [] }, method) => security.length > 0 || writes(method),
    },
    {
      status: 404,
      description: 'Not there, or not to be seen by this person',
      may: (operation) =>
        operation.requestBody !== undefined ||
        has(operation, (each) => each.in === 'path' || each.schema?.format === 'uuid'),
    },
    {
      status: 409,
      description: 'Not in the present state, or a duplicate',
      may: ({ responses }, method) => writes(method) || '409' in responses,
    },
    {
      status: 412,
      description: 'Somebody changed it in between',
      may: (operation) => versioned(operation) || '412' in operation.responses,
    },
    { status: 413, description: 'Too large', may: ({ requestBody }) => requestBody !== undefined },
    { status: 415, description: 'Another type of content', may: ({ requestBody }) => requestBody !== undefined },
    {
      status: 422,
      description: 'A rule is broken: `errors` names each field',
      may: (operation, method) =>
        writes(method) || has(operation, ({ in: place, schema }) => place === 'query' && schema?.format === 'uuid'),
    },
    { status: 428, description: 'If-Match is missing', may: versioned },
    { status: 429, description: 'Too many requests: `Retry-After` says when the next is let in', may: () => true },
    { status: 500, description: 'A fault of the service: tell its number to whoever runs it', may: () => true },
  ];

/** Says of every operation how it may be refused, always in the one form, and of every answer how many more are let in. */
export function withRefusals(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths))
    for (const method of METHODS) {
      const operation = path[method];
      if (!operation) continue;
      // Said by no rule of access: for everybody.
      operation.security ??= [];
      const may = REFUSALS.filter((refusal) => refusal.may(operation, method));
      for (const [status, answer] of Object.entries(operation.responses))
        if (/^[23]/.test(status) && answer && !('$ref' in answer))
          answer.headers = { ...answer.headers, ...RATE_LIMIT };
      for (const { status } of may) operation.responses[status] = { $ref: `#/components/responses/Refused${status}` };
      operation.responses['default'] = { $ref: '#/components/responses/Refused' };
    }
  return {
    ...document,
    components: {
      ...document.components,
      headers: {
        RateLimit: header(
          'What is left of each limit that the request was counted by, and the seconds until it is full',
        ),
        RateLimitPolicy: header('Each limit that the request was counted by, and the seconds it is for'),
      },
      responses: responses(),
    },
  };
}

function header(description: string): { description: string; schema: { type: 'string'; maxLength: number } } {
  return { description, schema: { type: 'string', maxLength: 1000 } };
}

function responses(): Responses {
  const named = REFUSALS.map(({ status, description }) => [
    `Refused${status}`,
    { description, content: PROBLEM, headers: { ...RATE_LIMIT, ...(status === 429 && RETRY_AFTER) } },
  ]);
  return {
    ...Object.fromEntries(named),
    Refused: { description: 'Refused, or failed', content: PROBLEM },
  } as Responses;
}

const RETRY_AFTER = {
  'Retry-After': { description: 'Seconds', schema: { type: 'integer', format: 'int32', minimum: 1, maximum: 86_400 } },
};
