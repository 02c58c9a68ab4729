import { verifyExport } from '../../src/audit/chain/exported-chain';
import { OWN_TABLES } from '../../src/access/users/erasure.service';
import { DigestFormer } from '../../src/views/outbox/digest/digest-former';
import { MailDelivery } from '../../src/views/outbox/mail-delivery';
import { ReminderSweep } from '../../src/views/reminders/reminder-sweep';
import { codeOf, issueToken, Program } from '../support/api-tokens';
import { startTestApp, type TestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';

const NAME = '久遠寺 澪';
const EMAIL = 'mio.kuonji@office.example';
const PASSWORD = 'a long enough password of hers';

let app: TestApp;
let admin: Client;
let auditor: Client;
let own: Client;
let id: string;
let systemId: string;
let tokenSecret: string;

beforeAll(async () => {
  app = await startTestApp('erasure', { settings: { TRUST_PROXY: '127.0.0.1' } });
  [admin, auditor] = [await app.as('admin'), await app.as('auditor')];
  const { agency } = app.world.organisations;
  const roles = [{ role: 'OWNER', organisationId: agency }];
  const made = await admin.post('/users', { displayName: NAME, email: EMAIL, password: PASSWORD, roles });
  id = made.body.id as string;
  own = app.browser();
  await own.post('/auth/login', { email: EMAIL, password: PASSWORD });
  tokenSecret = (await issueToken(own)).secret;
  systemId = (await registerSystem(app, { ownerId: id, name: '引継ぎ対象' })).id as string;
  const proof = { kind: 'REVIEW', subject: 'CONTACTS', outcome: 'PASSED', performedAt: '2026-11-22T06:00:00Z' };
  expect((await own.post(`/systems/${systemId}/evidence`, proof)).status).toBe(201);
  await app.browser().post('/auth/login', { email: EMAIL, password: 'wrong' });
  await sendMails();
});
afterAll(() => app?.stop());

async function sendMails(): Promise<void> {
  await app.app.get(ReminderSweep, { strict: false }).run();
  await app.app.get(DigestFormer, { strict: false }).run();
  const mails = await app.database.query<{ id: string }>(`SELECT id FROM mail WHERE recipient_id = '${id}'`);
  expect(mails).toHaveLength(1);
  for (const mail of mails) await app.app.get(MailDelivery, { strict: false }).deliver(mail.id);
}

const erase = (by: Client, confirm = EMAIL, who = id): Promise<Answer> => by.post(`/users/${who}/erase`, { confirm });
const verdict = async (): Promise<Answer['body']> => (await auditor.get('/audit-events/verify')).body;
async function* linesOf(text: string): AsyncGenerator<string> {
  yield* text.split('\n');
}

/** Tables in which something of the person stands. */
async function traces(): Promise<string[]> {
  const tables = await app.database.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await app.database.query(`SELECT FROM ${name} t WHERE to_jsonb(t)::text ~ $1 LIMIT 1`, [
      `${NAME}|kuonji`,
    ]);
    if (row) found.push(name);
  }
  return found;
}

describe('before a person is erased', () => {
  it('there is much of them', async () => {
    expect(await traces()).toEqual(['app_user', 'audit_event', 'mail']);
    expect(await verdict()).toMatchObject({ valid: true });
  });

  it('their systems must be handed over, and are named', async () => {
    const { status, body } = await erase(admin);
    expect([status, body.code]).toEqual([409, 'USER_OWNS_SYSTEMS']);
    expect(body.detail ?? body.title).toContain('引継ぎ対象');
    const { headers } = await admin.get(`/systems/${systemId}`);
    await admin.patch(`/systems/${systemId}`, { ownerId: app.world.people.owner }, headers.get('etag'));
  });

  it('the administrator types their address', async () => {
    const { status, body } = await erase(admin, 'somebody@else.example');
    expect([status, body.errors[0].field]).toEqual([422, 'confirm']);
    expect((await own.get('/me')).status).toBe(200);
  });

  it('whoever is not their administrator is refused', async () => {
    for (const [person, expected] of [
      ['ciso', 403],
      ['owner', 403],
      ['auditor', 403],
      ['outsider', 404],
    ] as const)
      expect([person, (await erase(await app.as(person))).status]).toEqual([person, expected]);
    expect(codeOf(await erase(admin, 'admin@sonae.example', app.world.people.admin))).toEqual([409, 'OWN_ACCOUNT']);
  });

  it('no program does it', async () => {
    const token = await issueToken(admin, { scopes: ['users:read', 'users:write'] });
    const { status } = await new Program(app, token.secret).ask('POST', `/users/${id}/erase`, { confirm: EMAIL });
    expect(status).toBe(403);
  });
});

describe('what is about a person alone', () => {
  it('is in the tables that are emptied of them: all those whose rows would go with the person’s', async () => {
    const tables = await app.database.query<{ name: string }>(
      `SELECT conrelid::regclass::text AS name FROM pg_constraint
       WHERE confrelid = 'app_user'::regclass AND confdeltype = 'c' ORDER BY 1`,
    );
    expect(tables.map(({ name }) => name)).toEqual([...OWN_TABLES].sort());
  });
});

describe('a person who is erased', () => {
  beforeAll(async () => {
    expect((await erase(admin, ` ${EMAIL.toUpperCase()} `)).status).toBe(204);
  });

  it('is nowhere any more', async () => {
    expect(await traces()).toEqual([]);
  });

  it('leaves a chain of audit events that is valid, with what they did and without who they were', async () => {
    expect(await verdict()).toMatchObject({ valid: true, firstBroken: null });
    const { body } = await auditor.get(`/audit-events?limit=200&actorId=${id}`);
    expect(body.items.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['evidence.recorded', 'session.started']),
    );
    const started = body.items.find(({ action }: { action: string }) => action === 'session.started');
    expect(started).toMatchObject({ personalErased: true, address: null, actor: { displayName: '消去済み (erased)' } });
    const [event] = (await auditor.get(`/audit-events?recordId=${id}&action=user.erased`)).body.items;
    expect(event).toMatchObject({ actor: { id: app.world.people.admin } });
  });

  it('is in no export, which still verifies', async () => {
    const chain = (await auditor.get('/audit-events/export')).body as string;
    const table = (await auditor.get('/audit-events/export?format=csv')).body as string;
    expect(`${chain}${table}`).not.toMatch(/kuonji|久遠寺/);
    expect(table).toContain(id);
    expect(await verifyExport(linesOf(chain))).toMatchObject({ valid: true });
  });

  it('has no session, no token, no role and no sign-in', async () => {
    expect((await own.get('/me')).status).toBe(401);
    expect((await new Program(app, tokenSecret).get('/systems')).status).toBe(401);
    expect((await app.browser().post('/auth/login', { email: EMAIL, password: PASSWORD })).status).toBe(401);
    const { body } = await admin.get(`/users/${id}`);
    expect(body).toMatchObject({ erased: true, active: false, canSignIn: false, roles: [] });
  });

  it('has mails without words, that they were sent apart', async () => {
    const mails = await app.database.query(
      'SELECT status, to_address, subject, text, html FROM mail WHERE recipient_id = $1',
      [id],
    );
    expect(mails).toEqual([{ status: 'KEPT', to_address: null, subject: null, text: null, html: null }]);
  });

  it('cannot be changed, given roles or erased again', async () => {
    const { headers } = await admin.get(`/users/${id}`);
    const etag = headers.get('etag');
    const roles = [{ role: 'OWNER', organisationId: app.world.organisations.agency }];
    for (const answer of [
      await admin.patch(`/users/${id}`, { displayName: NAME }, etag),
      await admin.ask('PUT', `/users/${id}/roles`, { body: { roles }, headers: { 'if-match': etag ?? '' } }),
      await erase(admin),
    ])
      expect(codeOf(answer)).toEqual([409, 'USER_ERASED']);
  });

  it('leaves the address free for a person to come', async () => {
    const { status } = await admin.post('/users', { displayName: 'x', email: EMAIL });
    expect(status).toBe(201);
  });
});

describe('the last administrator', () => {
  it('is not erased', async () => {
    const outsider = await app.as('outsider');
    const { otherMinistry } = app.world.organisations;
    const roles = [{ role: 'ADMIN', organisationId: otherMinistry }];
    const other = await outsider.post('/users', {
      displayName: 'y',
      email: 'second@other.example',
      roles,
      password: PASSWORD,
    });
    const second = app.browser();
    await second.post('/auth/login', { email: 'second@other.example', password: PASSWORD });
    await app.database.query(`UPDATE app_user SET password_hash = NULL WHERE id = '${other.body.id as string}'`);
    expect(codeOf(await erase(second, 'outsider@sonae.example', app.world.people.outsider))).toEqual([
      422,
      'LAST_ADMIN',
    ]);
  });
});
