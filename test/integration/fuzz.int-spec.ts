import * as fc from 'fast-check';
import { newId } from '../../src/platform/database/id';
import { OTHER_MINISTRY, Records } from '../access-matrix/records';
import { sourceFor } from '../access-matrix/requests';
import { newlySignedIn } from '../support/api-tokens';
import { startTestApp, type TestApp } from '../support/app';
import type { Answer, Client } from '../support/client';
import { csvOf } from '../support/imports';
import { AnswerCheck } from '../support/operations/answer-check';
import { arbitraryOf } from '../support/operations/arbitrary';
import { committedDocument, type Operation, operationsOf } from '../support/operations/operation';
import type { SampleSource } from '../support/operations/sample';

/** The same requests every time; another seed or more of them by setting these. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20261123);
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 30);
/** Who may do everything, in the other ministry, so that nobody else is locked out by what comes up. */
const WHO = 'outsider';

const ENDS_SESSIONS = /logout|sessions|password|second-factor|passkey|factors/;
/** Signing in takes a while: of what ends every session a few are enough. */
const FEW = 5;

const document = committedDocument();
const OPERATIONS = operationsOf(document);
const check = new AnswerCheck(document);

interface Request {
  path: string;
  headers: Record<string, string>;
  body?: unknown;
}

let app: TestApp;
let records: Records;
let source: SampleSource;
let by: Client;
const ids = new Map<string, string>();
const outcomes = new Map<number, number>();

beforeAll(async () => {
  app = await startTestApp('fuzz');
  records = new Records(app, OTHER_MINISTRY);
  source = sourceFor(records, document.components.schemas);
  by = await newlySignedIn(app, WHO);
  // All of them before anything ends a session in which they are made.
  for (const { name, path } of OPERATIONS) ids.set(name, await idFor(path));
});
afterAll(async () => {
  const told = [...outcomes].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
  const total = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
  process.stdout.write(`Fuzz: seed ${SEED}, ${total} requests, ${told.join(', ')}.\n`);
  await app.stop();
});

/** A record for the path. No passkey: its person could not sign in with the password alone any more. */
async function idFor(path: string): Promise<string> {
  if (!path.includes('{id}')) return '';
  return path.includes('/passkeys/') ? newId() : records.of(path);
}

/** Requests for an operation that may be sound, with one record that is there. */
function requestsFor({ path, parameters, body }: Operation, id: string): fc.Arbitrary<Request> {
  const known = (field: string): unknown => source.known(field);
  const from = { schemas: source.schemas, known };
  const value = (schema: unknown, field: string): fc.Arbitrary<string> =>
    fc.oneof(
      { arbitrary: arbitraryOf(schema, from, field).map((each) => asText(each)), weight: 5 },
      { arbitrary: fc.string({ maxLength: 30, unit: 'grapheme' }), weight: 1 },
    );
  const ids = fc.oneof(
    { arbitrary: fc.constant(id), weight: 6 },
    { arbitrary: fc.uuid(), weight: 1 },
    { arbitrary: fc.string({ minLength: 1, maxLength: 20 }), weight: 1 },
  );
  const queries = parameters.filter((each) => each.in === 'query');
  const query = fc.record(Object.fromEntries(queries.map(({ name, schema }) => [name, value(schema, name)])), {
    requiredKeys: queries.filter(({ required }) => required).map(({ name }) => name),
  });
  const version = fc.oneof(
    { arbitrary: fc.constantFrom('"1"', '"2"'), weight: 4 },
    { arbitrary: fc.constantFrom('*', '"x"', '1', ''), weight: 1 },
  );
  const versioned = parameters.some(({ name }) => name.toLowerCase() === 'if-match');
  const content = body?.type === 'application/json' ? arbitraryOf(body.schema, from) : fc.constant(undefined);
  return fc.tuple(ids, query, version, content).map(([some, asked, tag, sent]) => {
    const text = new URLSearchParams(asked as Record<string, string>).toString();
    return {
      path: path.replace('{id}', encodeURIComponent(some)) + (text && `?${text}`),
      headers: (versioned ? { 'if-match': tag } : {}) as Record<string, string>,
      ...(sent !== undefined && { body: JSON.stringify(sent) }),
      ...(body?.type === 'multipart/form-data' && { body: formOf(asked) }),
      ...(body?.type === 'application/x-www-form-urlencoded' && { body: `logout_token=${encodeURIComponent(some)}` }),
    };
  });
}

function asText(value: unknown): string {
  return (typeof value === 'string' ? value : JSON.stringify(value)).replace(/\p{Cs}/gu, '');
}

function formOf(asked: object): FormData {
  const form = new FormData();
  form.set('mapping', JSON.stringify(asked));
  form.set('file', new Blob([csvOf(['code', 'name'], ['A-1', 'a']) as never]), 'a.csv');
  return form;
}

/** Sends one; somebody whose session has ended by it comes back. */
async function answerTo({ method, path, body }: Operation, request: Request): Promise<Answer> {
  const type = body?.type === 'application/x-www-form-urlencoded' ? { 'content-type': body.type } : {};
  const answer = await by.ask(method, request.path, { ...request, headers: { ...type, ...request.headers } });
  if (ENDS_SESSIONS.test(path) && (await by.get('/me')).status === 401) by = await newlySignedIn(app, WHO);
  outcomes.set(answer.status, (outcomes.get(answer.status) ?? 0) + 1);
  return answer;
}

describe('whatever is sent', () => {
  it('is answered as the document says, and never by a fault of the service', async () => {
    const faults = new Map<string, string>();
    for (const operation of OPERATIONS) {
      // Wrong passwords of the operation before would make everybody wait, and a second factor that it requires shut them out.
      await app.dataSource.query('DELETE FROM sign_in_attempt');
      await app.dataSource.query("UPDATE security_settings SET second_factor_roles = '{}'");
      const id = ids.get(operation.name) ?? '';
      const numRuns = operation.path.includes('logout') ? FEW : RUNS;
      for (const request of fc.sample(requestsFor(operation, id), { seed: SEED, numRuns })) {
        const answer = await answerTo(operation, request);
        const fault = answer.status >= 500 ? `${answer.status}` : check.faultOf(operation, answer);
        const sent = `${request.path} ${typeof request.body === 'string' ? request.body.slice(0, 500) : ''}`;
        if (fault) faults.set(`${operation.name} ${answer.status}`, `${operation.name}: ${fault} to ${sent}`);
      }
    }
    expect([...faults.values()]).toEqual([]);
  }, 300_000);

  it('comes to all ends', () => {
    // Else somebody is shut out, and little is proved.
    expect(outcomes.get(403) ?? 0).toBeLessThan((outcomes.get(200) ?? 0) / 2);
    for (const status of [200, 201, 204, 400, 404, 409, 412, 422]) expect([...outcomes.keys()]).toContain(status);
  });
});
