import { issueToken } from '../support/api-tokens';
import { type TestApp, startTestApp } from '../support/app';
import { approvedProcedure } from '../support/builders/procedures';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';
import { csvOf, importFile } from '../support/imports';
import { PASSWORD, type PersonName } from '../support/world';

let app: TestApp;
let ownAdmin: Client;
let system: string;
let evidence: string;
let requirement: string;
let change: string;
let obligation: string;
let version: string;
let policy: string;

const ABOVE: readonly PersonName[] = ['ciso', 'auditor', 'admin'];

beforeAll(async () => {
  app = await startTestApp('supervision', { worker: true });
  const { organisations, people } = app.world;
  const admin = await app.as('admin');
  const person = { email: 'own-admin@sonae.example', displayName: '機構 管理', password: PASSWORD };
  await admin.post('/users', { ...person, roles: [{ role: 'ADMIN', organisationId: organisations.agency }] });
  ownAdmin = app.browser();
  await ownAdmin.post('/auth/login', { email: person.email, password: PASSWORD });

  const manager = await app.as('manager');
  system = (await registerSystem(app, { tier: 'HIGH', ownerId: people.owner })).id;
  await registerSystem(app, { tier: 'HIGH', organisationId: organisations.ministry }, 'admin');
  version = (await approvedProcedure(app, system)).id;
  const proof = { kind: 'REVIEW', subject: 'CONTACTS', outcome: 'PASSED', performedAt: '2026-11-22T06:00:00Z' };
  evidence = (await manager.post(`/systems/${system}/evidence`, proof)).body.id;
  const declared = { dataset: '業務データ', method: '日次', interval: 'P1D', retention: 'P30D', rpo: 'P1D' };
  const copies = [{ site: '東京', medium: 'disk' }];
  requirement = (await manager.post(`/systems/${system}/backup-requirements`, { ...declared, copies })).body.id;
  change = (await manager.post(`/systems/${system}/tier-changes`, { tier: 'LOW', reason: '縮小' })).body.id;
  obligation = (await manager.get(`/systems/${system}/obligations`)).body.items[0].id;
  policy = (await ownAdmin.post('/policies', { organisationId: organisations.agency })).body.id;
});
afterAll(() => app.stop());

const agency = (): string => app.world.organisations.agency;
const share = async (sharesDetails: boolean, by: Client = ownAdmin) => {
  const { headers } = await by.get(`/organisations/${agency()}`);
  return by.patch(`/organisations/${agency()}`, { sharesDetails }, headers.get('etag'));
};
const details = (): string[] => [
  ...[`/systems/${system}`, `/systems/${system}/readiness`, `/systems/${system}/obligations`],
  ...[`/systems/${system}/evidence`, `/evidence/${evidence}`, `/systems/${system}/procedures`],
  ...[`/procedure-versions/${version}`, `/systems/${system}/backup-requirements`],
  ...[`/backup-requirements/${requirement}`, `/systems/${system}/tier-changes`, `/tier-changes/${change}`],
  ...[`/obligations/${obligation}/transitions`, `/policies/${policy}`],
];
const statusesOf = (client: Client): Promise<number[]> =>
  Promise.all(details().map(async (path) => (await client.get(path)).status));
const LISTS = ['/systems', '/obligations?limit=200', '/readiness/systems', '/readiness/due'];
/** How many entries of each list are about the system. */
const namesIn = (client: Client): Promise<boolean[]> =>
  Promise.all(LISTS.map(async (path) => JSON.stringify((await client.get(path)).body).includes(system)));
const highSystems = async (client: Client): Promise<number> =>
  (await client.get('/readiness/tiers')).body.tiers[0].total;

describe('an agency that shares its details', () => {
  it('is seen from above with everything inside', async () => {
    for (const person of ABOVE) {
      const client = await app.as(person);
      expect(await statusesOf(client)).toEqual(details().map(() => 200));
      expect(await namesIn(client)).toEqual([true, true, true, true]);
      expect((await client.get('/readiness/supervised')).body.items).toEqual([]);
      const { body } = await client.get(`/organisations/${agency()}`);
      expect(body).toMatchObject({ sharesDetails: true, detailsOpen: true, offered: [] });
    }
  });
});

describe('the switch', () => {
  it("is the agency's own administrator's, and nobody's above", async () => {
    expect(await share(false, await app.as('admin'))).toMatchObject({
      status: 403,
      body: { code: 'OWN_ADMINISTRATOR_ONLY' },
    });
    expect((await share(false, await app.as('manager'))).status).toBe(403);
    expect((await ownAdmin.get(`/organisations/${agency()}`)).body.offered).toEqual(['close-details']);
    expect(await share(false)).toMatchObject({
      status: 200,
      body: { sharesDetails: false, detailsOpen: true, offered: ['share-details'] },
    });
    const [event] = await app.database.query(
      `SELECT before, after FROM audit_event WHERE action = 'organisation.changed' ORDER BY id DESC LIMIT 1`,
    );
    expect(event).toEqual({ before: { sharesDetails: true }, after: { sharesDetails: false } });
  });

  it('is for supervised agencies only', async () => {
    const admin = await app.as('admin');
    const path = `/organisations/${app.world.organisations.ministry}`;
    const { headers } = await admin.get(path);
    expect(await admin.patch(path, { sharesDetails: false }, headers.get('etag'))).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'sharesDetails', code: 'NOT_AN_AGENCY' }] },
    });
  });
});

describe('an agency that keeps its details to itself', () => {
  beforeAll(() => share(false));
  afterAll(() => share(true));

  it('is not seen inside by any role from above, in no detail and no list', async () => {
    for (const person of ABOVE) {
      const client = await app.as(person);
      expect([person, await statusesOf(client)]).toEqual([person, details().map(() => 404)]);
      expect([person, await namesIn(client)]).toEqual([person, [false, false, false, false]]);
    }
    expect((await (await app.as('ciso')).get('/tier-changes/waiting')).body.items).toEqual([]);
    for (const path of ['/reminders', '/audit-events?limit=200'])
      expect(JSON.stringify((await (await app.as('auditor')).get(path)).body)).not.toContain(system);
  });

  it('is seen as before by its own people', async () => {
    for (const client of [ownAdmin, await app.as('manager'), await app.as('owner')]) {
      expect((await client.get(`/systems/${system}`)).status).toBe(200);
      expect((await client.get('/readiness/systems')).body.total).toBe(1);
    }
  });

  it('counts in the roll-up, with its verdicts apart and without a name of a system', async () => {
    for (const person of ABOVE) {
      const client = await app.as(person);
      expect(await highSystems(client)).toBe(2);
      const { body } = await client.get('/readiness/supervised');
      expect(body.items).toEqual([
        {
          organisation: expect.objectContaining({ id: agency(), code: 'AGC-1' }),
          tiers: [{ tier: 'HIGH', total: 1, byVerdict: expect.objectContaining({ UNKNOWN: 1 }) }],
        },
      ]);
      const { tiers, headline } = (await client.get(`/readiness/tiers?organisationId=${agency()}`)).body;
      expect(tiers[0]).toMatchObject({ tier: 'HIGH', total: 1 });
      const name = (await ownAdmin.get(`/systems/${system}`)).body.name as string;
      expect(headline.text).not.toContain(name);
    }
    expect((await ownAdmin.get('/readiness/supervised')).body.items).toEqual([]);
  });

  it('stays in the tree with its name, and is changed, filled and staffed by its own people only', async () => {
    const [admin, ciso] = await Promise.all([app.as('admin'), app.as('ciso')]);
    const seen = await admin.get(`/organisations/${agency()}`);
    expect(seen.body).toMatchObject({ sharesDetails: false, detailsOpen: false, offered: [] });
    const { otherAgency } = app.world.organisations;
    for (const edit of [{ name: '別名' }, { kind: 'BUREAU' }, { parentId: otherAgency }, { sharesDetails: true }])
      expect((await admin.patch(`/organisations/${agency()}`, edit, seen.headers.get('etag'))).status).toBe(403);
    const fields = { code: 'NEW-1', name: '新規', tier: 'LOW', organisationId: agency() };
    expect((await ciso.post('/systems', fields)).status).toBe(403);
    const proof = { kind: 'REVIEW', subject: 'CONTACTS', outcome: 'PASSED', performedAt: '2026-11-22T06:00:00Z' };
    expect((await ciso.post(`/systems/${system}/evidence`, proof)).status).toBe(404);
    const role = { role: 'MANAGER', organisationId: agency() };
    const person = { email: 'from-above@sonae.example', displayName: '上から' };
    expect((await admin.post('/users', { ...person, roles: [role] })).status).toBe(422);
    expect((await admin.get(`/users/${app.world.people.manager}`)).status).toBe(404);
    expect((await ownAdmin.get(`/users/${app.world.people.manager}`)).status).toBe(200);
  });

  it('is not opened by a token that is limited to it', async () => {
    const ciso = await app.as('ciso');
    const scopes = ['systems:read', 'readiness:read'];
    const { secret } = await issueToken(ciso, { scopes, organisationId: agency() });
    const asked = (): Promise<Answer> => app.browser().get(`/systems/${system}`, { authorization: `Bearer ${secret}` });
    expect((await asked()).status).toBe(403);
    await share(true);
    expect((await asked()).status).toBe(200);
    await share(false);
    expect((await asked()).status).toBe(403);
  });

  it('is not reached by an import from above', async () => {
    const admin = await app.as('admin');
    const report = await importFile(admin, csvOf(['code', 'name', 'org'], ['IN-1', '取込', '第一機構']), {
      mapping: {
        organisationId: app.world.organisations.ministry,
        columns: { code: 'code', name: 'name' },
        tier: { value: 'LOW' },
        organisation: { columns: ['org'], create: true },
      },
    });
    expect(report).toMatchObject({ status: 'DONE', created: 0, rejectedCount: 1, organisationsCreatedCount: 0 });
    expect(report.rejected[0]).toMatchObject({ code: 'ORGANISATION_CLOSED' });
    expect(report.missing.map(({ code }: { code: string }) => code)).not.toContain(
      (await ownAdmin.get(`/systems/${system}`)).body.code,
    );
  });

  it('still shows to people above what they own there', async () => {
    const { people } = app.world;
    const { version: etag } = (await ownAdmin.get(`/systems/${system}`)).body;
    expect((await ownAdmin.patch(`/systems/${system}`, { deputyId: people.ciso }, `"${etag}"`)).status).toBe(200);
    expect((await (await app.as('ciso')).get(`/systems/${system}`)).status).toBe(200);
    expect((await (await app.as('admin')).get(`/systems/${system}`)).status).toBe(404);
    await ownAdmin.patch(`/systems/${system}`, { deputyId: null }, `"${etag + 1}"`);
    expect((await (await app.as('ciso')).get(`/systems/${system}`)).status).toBe(404);
  });

  it('keeps an administrator of its own', async () => {
    const { body: me } = await ownAdmin.get('/me');
    const { headers } = await ownAdmin.get(`/users/${me.user.id}`);
    expect(await ownAdmin.put(`/users/${me.user.id}/roles`, { roles: [] }, headers.get('etag'))).toMatchObject({
      status: 422,
      body: { code: 'LAST_ADMIN' },
    });
  });

  it('is open again to everybody above as soon as it shares, and closed as soon as it does not', async () => {
    const ciso = await app.as('ciso');
    await share(true);
    expect((await ciso.get(`/systems/${system}`)).status).toBe(200);
    await share(false);
    expect((await ciso.get(`/systems/${system}`)).status).toBe(404);
  });

  it('closes what is moved into it, and opens what leaves it', async () => {
    const below = { code: 'AGC-1-B', name: '機構の部', kind: 'BUREAU', parentId: agency() };
    const bureau = (await ownAdmin.post('/organisations', below)).body;
    const inside = (await registerSystem(app, { organisationId: bureau.id })).id as string;
    const ciso = await app.as('ciso');
    expect((await ciso.get(`/systems/${inside}`)).status).toBe(404);
    await app.database.query('UPDATE organisation SET parent_id = $2 WHERE id = $1', [
      bureau.id,
      app.world.organisations.ministry,
    ]);
    expect((await ciso.get(`/systems/${inside}`)).status).toBe(200);
  });
});
