import { newId } from '../../src/platform/database/id';
import { mappingFor, OTHER_MINISTRY, Records } from '../access-matrix/records';
import { STATED_AUDIT } from '../access-matrix/stated-audit';
import { requestFor, sourceFor } from '../access-matrix/requests';
import { startTestApp, type TestApp } from '../support/app';
import type { Answer, Ask, Client } from '../support/client';
import { csvOf, upload } from '../support/imports';
import { committedDocument, operationsOf, type Schema } from '../support/operations/operation';
import { changedAt, type Pointer, pointersTo } from '../support/operations/pointers';
import { stateOf } from '../support/state';
import type { PersonName } from '../support/world';

const document = committedDocument();
const { schemas } = document.components;
const OPERATIONS = operationsOf(document);
const isId = (schema: Schema): boolean => schema.format === 'uuid';
let asked = 0;

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp('foreign ids');
});
afterAll(async () => {
  process.stdout.write(`Foreign ids: ${asked}, each beside one that nothing has.\n`);
  await app.stop();
});

/** What is told of a request, without its number, the id that was asked about, and the hashes that every export goes on from. */
const told = ({ status, body }: Answer, id: string): string =>
  typeof body === 'string'
    ? `${status} ${body
        .split('\n')
        .filter((line) => line.includes('"action"'))
        .join('\n')}`
    : `${status} ${JSON.stringify(body, (name, value) => (name === 'requestId' ? undefined : value)).replaceAll(id, '<id>')}`;

/** What is stored, without what is on record of the attempt. */
async function stored(): Promise<Record<string, string>> {
  const { audit_event: _events, audit_link: _links, ...rest } = await stateOf(app.dataSource);
  return rest;
}

/** Everybody of a ministry who may write something, with their own records and those of the other ministry. */
const ASKERS: readonly PersonName[] = ['outsider', 'admin', 'ciso', 'owner'];
interface Homes {
  own: Records;
  foreign: Records;
}
const homesOf = (person: PersonName): Homes => {
  const [first, second] = [new Records(app), new Records(app, OTHER_MINISTRY)];
  return person === 'outsider' ? { own: second, foreign: first } : { own: first, foreign: second };
};

/** A record of the other ministry for whatever an id in a body or a query may be the id of. */
async function foreignFor(field: string, foreign: Records): Promise<string> {
  const { people, organisations } = app.world;
  const elsewhere = foreign.home === OTHER_MINISTRY;
  if (/organisation|parent|inForceFor/i.test(field)) return organisations[elsewhere ? 'otherMinistry' : 'agency'];
  if (/requirement/i.test(field)) return foreign.of('/backup-requirements/{id}');
  if (/evidence/i.test(field)) return foreign.of('/evidence/{id}');
  if (/system|record|^id$/i.test(field)) return foreign.system();
  if (field === 'channelId') return foreign.of('/channels/{id}');
  if (/improvement/i.test(field)) return foreign.of('/improvements/{id}');
  if (field === 'with') return foreign.of('/procedure-versions/{id}');
  if (field === 'backupProfileId') return foreign.of('/backup-profiles/{id}');
  if (field === 'basedOn' || field === 'procedureVersionId') return foreign.of('/procedure-versions/{id}');
  if (/profile/i.test(field)) return foreign.of('/import-profiles/{id}');
  if (/owner|deputy|perform|attest|user|actor|recipient|person|holder|^toId$/i.test(field))
    return people[elsewhere ? 'outsider' : 'owner'];
  throw new Error(`${field}: say here of what it is the id`);
}

/** The name of a field; an id of what a list holds is named after the list too: `systems.id`. */
const fieldOf = (pointer: Pointer): string => {
  const names = pointer.filter((step) => step !== 0);
  return names.slice(names.at(-1) === 'id' ? -2 : -1).join('.');
};
const DRILL = { kind: 'DRILL', strength: undefined };

/** One request with an id of the other ministry, and the same with an id that nothing has. */
interface Pair {
  name: string;
  method: string;
  hidden: Ask & { path: string };
  none: Ask & { path: string };
  id: string;
  unknown: string;
}

/** Whether it is stated that the operation only shows something. */
function changesNothing(name: string): boolean {
  const [method, path] = name.split(' ');
  const stated = STATED_AUDIT[`${method} ${path}`];
  return stated !== undefined && 'nothing' in stated;
}

/** Sends all of them; what they were told apart by, and whether anything was done. */
async function faultsOf(by: Client, pairs: readonly Pair[]): Promise<string[]> {
  const faults: string[] = [];
  const before = await stored();
  for (const { name, method, hidden, none, id, unknown } of pairs) {
    const first = await by.ask(method, hidden.path, hidden);
    const second = await by.ask(method, none.path, none);
    if (method !== 'GET' && first.status < 400 && !changesNothing(name)) faults.push(`${name} is done`);
    if (told(first, id) !== told(second, unknown))
      faults.push(`${name}: ${told(first, id).slice(0, 300)} and not ${told(second, unknown).slice(0, 300)}`);
  }
  const after = await stored();
  return [...faults, ...Object.keys(after).filter((table) => after[table] !== before[table])];
}

async function pathPairs({ own, foreign }: Homes): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (const operation of OPERATIONS.filter(({ path }) => path.includes('{id}'))) {
    const { path: _own, ...rest } = await requestFor(operation, own, schemas);
    const [id, unknown] = [await foreign.of(operation.path), newId()];
    const at = (value: string): Ask & { path: string } => ({ ...rest, path: operation.path.replace('{id}', value) });
    const { name, method } = operation;
    pairs.push({ name, method, hidden: at(id), none: at(unknown), id, unknown });
  }
  return pairs;
}

async function bodyPairs({ own, foreign }: Homes): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (const operation of OPERATIONS) {
    if (operation.body?.type !== 'application/json') continue;
    const { schema } = operation.body;
    for (const pointer of pointersTo(schema, schemas, isId)) {
      const request = await requestFor(operation, own, schemas);
      const body = pointer.includes('drill') ? { ...(request.body as object), ...DRILL } : request.body;
      const [id, unknown] = [await foreignFor(fieldOf(pointer), foreign), newId()];
      const having = (value: string): Ask & { path: string } => ({
        ...request,
        body: changedAt(body, pointer, () => value, schema, sourceFor(own, schemas)),
      });
      const name = `${operation.name} ${pointer.join('.')}`;
      pairs.push({ name, method: operation.method, hidden: having(id), none: having(unknown), id, unknown });
    }
  }
  return pairs;
}

/** Who of elsewhere tried to reach a record is on record where the record is. */
const TRIED = 'actorId';

async function queryPairs({ own, foreign }: Homes): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (const operation of OPERATIONS.filter(({ method }) => method === 'GET')) {
    for (const parameter of operation.parameters) {
      if (parameter.in !== 'query' || !isId(parameter.schema) || parameter.name === TRIED) continue;
      const { path } = await requestFor(operation, own, schemas);
      const [id, unknown] = [await foreignFor(parameter.name, foreign), newId()];
      const asking = (value: string): { path: string } => ({
        path: `${path}${path.includes('?') ? '&' : '?'}${parameter.name}=${value}`,
      });
      const name = `${operation.name} ${parameter.name}`;
      pairs.push({ name, method: 'GET', hidden: asking(id), none: asking(unknown), id, unknown });
    }
  }
  return pairs;
}

describe.each(ASKERS)('to the %s, an id of the other ministry', (person) => {
  it.each([
    ['a path', pathPairs, 45],
    ['a body', bodyPairs, 18],
    ['a query', queryPairs, 18],
  ] as const)(
    'in %s is like one that nothing has',
    async (_place, pairsFor, atLeast) => {
      const pairs = await pairsFor(homesOf(person));
      expect(pairs.length).toBeGreaterThan(atLeast);
      expect(await faultsOf(await app.as(person), pairs)).toEqual([]);
      asked += pairs.length;
    },
    120_000,
  );
});

describe('an id of the other ministry in a form', () => {
  it.each([
    ['mapping', (id: string) => ({ mapping: mappingFor(id) })],
    ['organisationId', (id: string) => ({ organisationId: id, mapping: mappingFor(id) })],
  ])('as %s is like one that nothing has', async (_field, fields) => {
    const admin = await app.as('admin');
    const id = app.world.organisations.otherMinistry;
    const unknown = newId();
    const file = csvOf(['code', 'name'], ['A-1', 'a']);
    const hidden = await upload(admin, '/imports/systems', file, fields(id));
    const none = await upload(admin, '/imports/systems', file, fields(unknown));
    expect([hidden.status, told(hidden, id)]).toEqual([422, told(none, unknown)]);
  });

  it('as profile is like one that nothing has', async () => {
    const admin = await app.as('admin');
    const [id, unknown] = [await new Records(app, OTHER_MINISTRY).of('/import-profiles/{id}'), newId()];
    const file = csvOf(['code', 'name'], ['A-1', 'a']);
    const hidden = await upload(admin, '/imports/systems', file, { profileId: id });
    const none = await upload(admin, '/imports/systems', file, { profileId: unknown });
    expect(hidden.status).toBeGreaterThanOrEqual(400);
    expect(told(hidden, id)).toBe(told(none, unknown));
  });
});
