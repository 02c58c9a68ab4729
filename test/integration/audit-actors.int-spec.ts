import { RoleAssignment } from '../../src/access/role-assignment.entity';
import { User } from '../../src/access/user.entity';
import { verifyExport } from '../../src/audit/chain/exported-chain';
import { AuditLog } from '../../src/audit/audit-log';
import { newId } from '../../src/platform/database/id';
import { asProgram } from '../../src/platform/running-program';
import { issueToken, Program } from '../support/api-tokens';
import { startTestApp, type TestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';

let app: TestApp;
let admin: Client;

beforeAll(async () => {
  app = await startTestApp('audit actors', { settings: { TRUST_PROXY: '127.0.0.1' } });
  admin = await app.as('admin');
});
afterAll(() => app?.stop());

type Event = Record<string, unknown> & { after: Record<string, unknown> | null };

const search = async (query: string): Promise<Event[]> =>
  (await admin.get(`/audit-events?limit=200&${query}`)).body.items as Event[];
async function* linesOf(text: string): AsyncGenerator<string> {
  yield* text.split('\n');
}

describe('what a program does with an API token', () => {
  let token: Awaited<ReturnType<typeof issueToken>>;
  let systemId: string;

  beforeAll(async () => {
    const scopes = ['systems:read', 'systems:write', 'organisations:read'];
    token = await issueToken(admin, { name: '資産台帳連携', scopes });
    systemId = (await registerSystem(app, {})).id as string;
    const program = new Program(app, token.secret);
    const { headers } = await program.get(`/systems/${systemId}`);
    const etag = headers.get('etag') ?? '';
    const { status } = await program.ask('PATCH', `/systems/${systemId}`, { supplier: 'A' }, { 'if-match': etag });
    expect(status).toBe(200);
  });

  it('is on record with the person it acts for and the token', async () => {
    const [event] = await search(`recordId=${systemId}&action=system.changed`);
    expect(event).toMatchObject({
      actor: { id: app.world.people.admin, token: { id: token.id, name: '資産台帳連携' } },
      program: null,
    });
    const [byHand] = await search(`recordId=${systemId}&action=system.created`);
    expect(byHand).toMatchObject({ actor: { token: null }, program: null });
  });

  it('is in both exports with the token', async () => {
    const csv = (await admin.get(`/audit-events/export?format=csv&recordId=${systemId}`)).body as string;
    const [head = '', ...rows] = csv.trimEnd().split('\r\n');
    const column = head.replace('\uFEFF', '').split(',').indexOf('token');
    expect(rows.map((row) => row.split(',')[column])).toEqual(['', token.id]);
    const chain = (await admin.get(`/audit-events/export?recordId=${systemId}`)).body as string;
    expect(chain.split('\n').filter((line) => line.includes(`\\"token\\": \\"${token.id}\\"`))).toHaveLength(1);
    expect(await verifyExport(linesOf(chain))).toMatchObject({ valid: true });
  });

  it('counts as an attempt of its own where it is denied', async () => {
    const program = new Program(app, token.secret);
    await program.get('/queues');
    const denied = await eventually(
      () => search(`denied=true&actorId=${app.world.people.admin}`),
      ({ length }) => length > 0,
    );
    expect(denied[0]).toMatchObject({ action: 'access.denied', actor: { token: { id: token.id } } });
  });

  it('cannot be given to another token behind the chain’s back', async () => {
    const verdict = async (): Promise<unknown> => (await admin.get('/audit-events/verify')).body;
    expect(await verdict()).toMatchObject({ valid: true });
    const setTo = (value: string): Promise<unknown> =>
      app.database.query(
        `SET session_replication_role = replica; UPDATE audit_event SET token_id = ${value} WHERE action = 'system.changed'`,
      );
    await setTo('NULL');
    expect(await verdict()).toMatchObject({ valid: false, firstBroken: { reason: 'EVENT_ALTERED' } });
    await setTo(`'${token.id}'`);
    expect(await verdict()).toMatchObject({ valid: true });
  });
});

describe('what the service does by itself', () => {
  it('is on record with the job or the command', async () => {
    const log = app.app.get(AuditLog, { strict: false });
    const entry = {
      action: 'import.failed',
      recordType: 'import',
      recordId: null,
      organisationId: app.world.organisations.ministry,
    } as const;
    await asProgram('job:imports.systems', () => app.dataSource.transaction((m) => log.record(m, null, entry)));
    const [event] = await search('action=import.failed');
    expect(event).toMatchObject({ actor: null, actorId: null, program: 'job:imports.systems' });
    expect((await admin.get('/audit-events/verify')).body).toMatchObject({ valid: true });
  });
});

describe('events of many people, told at once', () => {
  const statementsOf = async (actorId: string | null, people: readonly string[]) => {
    const sent: string[] = [];
    const subscriber = { afterQuery: ({ query }: { query: string }) => void sent.push(query) };
    app.dataSource.subscribers.push(subscriber);
    const log = app.app.get(AuditLog, { strict: false });
    const entries = people.map((recordId) => ({ action: 'user.created', recordType: 'user', recordId }) as const);
    await app.dataSource.transaction((m) =>
      log.record(m, actorId === null ? null : { userId: actorId, requestId: null }, ...entries),
    );
    app.dataSource.subscribers.splice(app.dataSource.subscribers.indexOf(subscriber), 1);
    return sent.filter((query) => !/^(START TRANSACTION|COMMIT)$/.test(query)).length;
  };
  const placesOf = async (people: readonly string[]) => {
    const rows = await app.database.query<{ id: string; place: string | null }>(
      `SELECT record_id AS id, organisation_id AS place FROM audit_event WHERE action = 'user.created' AND record_id = ANY($1)`,
      [people],
    );
    const places = new Map(rows.map(({ id, place }) => [id, place]));
    return people.map((id) => places.get(id));
  };

  it('are each kept where all roles of the person lie, else where those of who acts do, in two statements', async () => {
    const { people, organisations } = app.world;
    const both = newId();
    await app.dataSource.manager.insert(User, { id: both, email: 'both@sonae.example', displayName: '両方' });
    for (const organisationId of [organisations.agency, organisations.otherAgency])
      await app.dataSource.manager.insert(RoleAssignment, { id: newId(), userId: both, role: 'OWNER', organisationId });
    const nobody = Array.from({ length: 20 }, () => newId());
    const told = [people.deputy, people.outsider, both, ...nobody];
    expect(await statementsOf(people.admin, told)).toBe(2);
    const { agency, otherMinistry, ministry } = organisations;
    expect(await placesOf(told)).toEqual([agency, otherMinistry, ministry, ...nobody.map(() => ministry)]);
  });

  it('are nowhere when neither has a role', async () => {
    const nobody = [newId()];
    expect(await statementsOf(null, nobody)).toBe(2);
    expect(await placesOf(nobody)).toEqual([null]);
  });
});

describe('the text of an event that a person made in a browser', () => {
  it('is what it was before events knew tokens and programs, so that older chains hold', async () => {
    const rows = await app.database.query<{ same: boolean }>(
      `SELECT audit_text(e) = jsonb_build_array(e.id, to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
         e.actor_id, e.on_behalf_of_id, e.action, e.record_type, e.record_id, e.organisation_id, e.before, e.after,
         e.request_id, e.personal_digests)::text AS same FROM audit_event e WHERE token_id IS NULL AND program IS NULL`,
    );
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.every(({ same }) => same)).toBe(true);
  });
});

describe('attempts that were not let', () => {
  it('are found by themselves: denied requests and refused sign-ins', async () => {
    await app.browser().post('/auth/login', { email: 'owner@sonae.example', password: 'not it' });
    const denied = await eventually(
      () => search('denied=true'),
      (events) => events.some(({ action }) => action === 'session.refused'),
    );
    expect(new Set(denied.map(({ action }) => action))).toEqual(new Set(['access.denied', 'session.refused']));
    expect((await search('denied=false')).length).toBeGreaterThan(denied.length);
    expect((await admin.get('/audit-events?denied=maybe')).body.errors[0]).toMatchObject({ field: 'denied' });
  });
});
