import { Records } from '../access-matrix/records';
import { requestFor, sourceFor } from '../access-matrix/requests';
import { statedAccess } from '../access-matrix/stated-access';
import { startTestApp, type TestApp } from '../support/app';
import type { Client } from '../support/client';
import { committedDocument, type Operation, operationsOf, type Schema } from '../support/operations/operation';
import { changedAt, type Pointer, pointersTo } from '../support/operations/pointers';
import { sampleOf, type SampleSource } from '../support/operations/sample';
import { stateOf } from '../support/state';

/** What somebody would send along to get more than they may, as it stands in JSON. */
const MORE: Readonly<Record<string, string>> = {
  id: '"019a0000-0000-7000-8000-00000000ffff"',
  rowVersion: '7',
  version: '7',
  roles: '[{"role":"ADMIN"}]',
  organisationId: '"019a0000-0000-7000-8000-00000000ffff"',
  ownerId: '"019a0000-0000-7000-8000-00000000ffff"',
  userId: '"019a0000-0000-7000-8000-00000000ffff"',
  createdAt: '"2020-01-01T00:00:00Z"',
  createdById: '"019a0000-0000-7000-8000-00000000ffff"',
  approvedBy: '"019a0000-0000-7000-8000-00000000ffff"',
  approvedAt: '"2020-01-01T00:00:00Z"',
  recordedById: '"019a0000-0000-7000-8000-00000000ffff"',
  status: '"APPROVED"',
  verdict: '"READY"',
  source: '"CONNECTOR"',
  scopes: '["users:write"]',
  passwordHash: '"x"',
  active: 'true',
  isAdmin: 'true',
  $where: '"1"',
  constructor: '{"prototype":{"roles":[]}}',
};
const NAMES = [...Object.keys(MORE), '__proto__'];
/** A second factor that nobody waits for is refused before its body is looked at. */
const REFUSED = ['400 UNKNOWN_FIELD', '400 INVALID_FIELDS', '400 MALFORMED_JSON', '409 FACTOR_NOT_AWAITED'];
const PROTOTYPE = '{"roles":[{"role":"ADMIN"}]}';

const document = committedDocument();
const { schemas } = document.components;
const WITH_BODY = operationsOf(document).filter(({ body }) => body?.type === 'application/json');
/** An object with fields of its own: what is open to any key, such as a table of values, takes any. */
const isClosed = (schema: Schema): boolean => schema.properties !== undefined;

let app: TestApp;
let sent = 0;

beforeAll(async () => {
  app = await startTestApp('extra fields');
});
afterAll(async () => {
  process.stdout.write(`Extra fields: ${sent} sent with ${WITH_BODY.length} operations.\n`);
  await app.stop();
});

const WHO = { ADMIN: 'admin', MANAGER: 'manager', CISO_OFFICE: 'ciso' } as const;

/** Somebody who may do it, so that nothing but the field can be in the way. */
function whoMay({ name }: Operation): Promise<Client> {
  const reach = statedAccess().get(name)?.reach;
  const role = (Object.keys(WHO) as (keyof typeof WHO)[]).find((each) => reach?.[each] !== '-');
  return app.as(WHO[role ?? 'ADMIN']);
}

/** The body as text with one more field at a place: an object could not hold some of the names. */
function bodyWith(body: unknown, pointer: Pointer, field: string, schema: Schema, source: SampleSource): string {
  const marked = changedAt(
    body,
    pointer,
    (value, own) => ({ ...((typeof value === 'object' ? value : sampleOf(own, source)) as object), MARKED: 0 }),
    schema,
    source,
  );
  return JSON.stringify(marked).replace('"MARKED":0', `${JSON.stringify(field)}:${MORE[field] ?? PROTOTYPE}`);
}

/** What is told of one body, over all fields that its object at `pointer` does not know. */
async function faultsAt(operation: Operation, pointer: Pointer, schema: Schema, records: Records): Promise<string[]> {
  const by = await whoMay(operation);
  const request = await requestFor(operation, records, schemas);
  const before = await stateOf(app.dataSource);
  const faults: string[] = [];
  for (const field of NAMES.filter((name) => !Object.hasOwn(knownAt(pointer, schema), name))) {
    const body = bodyWith(request.body, pointer, field, schema, sourceFor(records, schemas));
    const answer = await by.ask(operation.method, request.path, { headers: request.headers, body });
    sent += 1;
    const told = `${answer.status} ${answer.body.code}`;
    if (!REFUSED.includes(told)) faults.push(`${operation.name} ${[...pointer, field].join('.')}: ${told}`);
  }
  const after = await stateOf(app.dataSource);
  return [...faults, ...Object.keys(after).filter((table) => after[table] !== before[table])];
}

/** The fields of the object that a pointer leads to. */
function knownAt(pointer: Pointer, schema: Schema): object {
  let known: object = {};
  changedAt({}, pointer, (value, own) => ((known = own.properties), value), schema, {
    schemas,
    known: () => undefined,
  });
  return known;
}

describe('a body', () => {
  it('takes no field that it has no use for, at any depth, and nothing of it is done', async () => {
    const records = new Records(app);
    const faults: string[] = [];
    for (const operation of WITH_BODY) {
      const schema: Schema = operation.body?.schema;
      for (const pointer of pointersTo(schema, schemas, isClosed))
        faults.push(...(await faultsAt(operation, pointer, schema, records)));
    }
    expect(WITH_BODY.length).toBeGreaterThan(30);
    expect(faults).toEqual([]);
  }, 240_000);

  it('leaves objects of the service as they were', () => {
    expect(({} as { roles?: unknown }).roles).toBeUndefined();
  });
});
