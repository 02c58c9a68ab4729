import { openApiDocument } from '../../src/platform/http/serving/openapi';
import { type Actor, actorsOf } from '../access-matrix/actors';
import { MARK, Records } from '../access-matrix/records';
import { requestFor } from '../access-matrix/requests';
import { type Statement, statedAccess, unstated } from '../access-matrix/stated-access';
import { STATED_AUDIT } from '../access-matrix/stated-audit';
import { expectedOf, faultOf } from '../access-matrix/verdict';
import { startTestApp, type TestApp } from '../support/app';
import type { Answer } from '../support/client';
import { committedDocument, type Operation, operationsOf, type Schema } from '../support/operations/operation';

/** What cannot succeed without more than a request: a provider, a mail, a password or code that is right, a mail that failed, an address that is typed, a demo, no policy. */
const WITHOUT_SUCCESS = [
  'POST /auth/login',
  'POST /auth/second-factor/totp',
  'POST /auth/second-factor/recovery-code',
  'POST /auth/second-factor/passkey',
  'POST /auth/second-factor/passkey/options',
  'POST /auth/passkey',
  'GET /auth/oidc/start',
  'GET /auth/oidc/callback',
  'POST /auth/oidc/backchannel-logout',
  'POST /mail-link/open',
  'POST /mail-link/evidence',
  'GET /calendar/{secret}.ics',
  'POST /me/password',
  'POST /me/confirmation',
  'POST /me/factors/totp/confirm',
  'POST /me/factors/recovery-codes',
  'POST /me/factors/passkeys',
  'POST /policies/adopt',
  'POST /outbox/{id}/retry',
  'POST /users/{id}/erase',
  'POST /demo/clear',
];
/** What succeeds here without anything to record: nothing to give up, an import that has not ended, a second look within the hour. */
const NOTHING_TO_RECORD = [
  'DELETE /me/factors/totp',
  'DELETE /api-tokens/{id}/previous-secret',
  'GET /imports/{id}',
  'GET /outbox/{id}/html',
];
const ENDS_SESSIONS = /logout$|sessions$/;
/** Ends the sessions that records are made in, so it comes last. */
const LAST = 'DELETE /me/sessions';

const stated = statedAccess();
let app: TestApp;
let records: Records;
let actors: Actor[];
let operations: Operation[];
let schemas: Record<string, Schema>;
/** The ids of the requests that succeeded, by operation. */
const succeeded = new Map<string, string[]>();
const asked = { requests: 0, operations: 0, withMark: 0 };

beforeAll(async () => {
  app = await startTestApp('access matrix');
  const document = committedDocument();
  const all = operationsOf(document);
  operations = [...all.filter(({ name }) => name !== LAST), ...all.filter(({ name }) => name === LAST)];
  schemas = document.components.schemas;
  records = new Records(app);
  await records.of('/systems/{id}');
  await records.of('/outbox/{id}');
  await records.of('/import-profiles/{id}');
  await records.of('/imports/{id}');
  await records.of('/tier-changes/{id}');
  actors = await actorsOf(app);
});
afterAll(() => app.stop());

/** Asks for one operation as everybody, those who may not first; a record that is deleted is a new one for each. */
async function askAll(operation: Operation, statement: Statement): Promise<{ faults: string[]; answers: Answer[] }> {
  const faults: string[] = [];
  const answers: Answer[] = [];
  let request = await requestFor(operation, records, schemas);
  const passes = (actor: Actor): number => Number(expectedOf(statement, actor) === 'PASSES');
  for (const actor of [...actors].sort((a, b) => passes(a) - passes(b))) {
    const { path, ...ask } = request;
    const answer = await actor.ask(operation.method, path, ask);
    const fault = faultOf(statement, actor, answer);
    if (fault) faults.push(fault);
    asked.requests += 1;
    answers.push(answer);
    if (ENDS_SESSIONS.test(operation.path)) await actor.renew();
    if (operation.method === 'DELETE' && passes(actor)) request = await requestFor(operation, records, schemas);
  }
  return { faults, answers };
}

describe('every operation', () => {
  it('has a line in the table of stated access, and every line an operation', () => {
    const running = operationsOf(openApiDocument(app.app)).map(({ name }) => name);
    expect(running.sort()).toEqual(operations.map(({ name }) => name).sort());
    expect(unstated(running)).toEqual({ missing: [], gone: [] });
  });

  it('is open to whom the table says, and to nobody else', async () => {
    const faults: string[] = [];
    const withoutSuccess: string[] = [];
    for (const operation of operations) {
      const statement = stated.get(operation.name);
      if (!statement) continue;
      const outcome = await askAll(operation, statement);
      faults.push(...outcome.faults);
      const done = outcome.answers.filter(({ status }) => status < 300);
      if (done.length === 0) withoutSuccess.push(operation.name);
      succeeded.set(
        operation.name,
        done.map(({ headers }) => headers.get('x-request-id') ?? ''),
      );
      asked.operations += 1;
      asked.withMark += Number(outcome.answers.some(({ body }) => JSON.stringify(body).includes(MARK)));
    }
    expect(faults).toEqual([]);
    expect(withoutSuccess.sort()).toEqual([...WITHOUT_SUCCESS].sort());
  }, 300_000);

  it('is on record as it is stated, where it succeeded', async () => {
    const recorded = await app.database.query<{ requestId: string; action: string }>(
      'SELECT request_id AS "requestId", action FROM audit_event WHERE request_id IS NOT NULL',
    );
    const unlike = [...succeeded].flatMap(([name, requests]) => {
      const stated = STATED_AUDIT[name];
      if (requests.length === 0 || (!stated && name.startsWith('GET '))) return [];
      const actions = recorded.filter(({ requestId }) => requests.includes(requestId)).map(({ action }) => action);
      if (stated && 'nothing' in stated) return actions.length === 0 ? [] : [name];
      const right = actions.some((action) => (stated as readonly string[] | undefined)?.includes(action));
      return right ? [] : [name];
    });
    expect(unlike.sort()).toEqual([...NOTHING_TO_RECORD].sort());
    expect([...succeeded.values()].filter(({ length }) => length > 0).length).toBeGreaterThan(70);
  });

  it('was asked for by everybody', () => {
    process.stdout.write(
      `Access matrix: ${asked.operations} operations x ${actors.length} actors = ${asked.requests} requests.\n`,
    );
    expect(actors.length).toBe(19);
    expect(asked.requests).toBe(operations.length * actors.length);
  });

  it('shows in many answers what others must not see, so that its absence proves something', () => {
    expect(asked.withMark).toBeGreaterThan(25);
  });
});
