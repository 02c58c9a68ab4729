import { startTestApp, type TestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let manager: Client;
let owner: Client;

beforeAll(async () => {
  app = await startTestApp('bulk edit');
  [manager, owner] = await Promise.all([app.as('manager'), app.as('owner')]);
});
afterAll(() => app.stop());

const register = async (fields: object = {}): Promise<string> => (await registerSystem(app, fields)).id;
const preview = (by: Client, systemIds: string[], change: object): Promise<Answer> =>
  by.post('/systems/bulk-edit/preview', { systemIds, change });
const seen = ({ body }: Answer): { id: string; version: number }[] =>
  body.items.map(({ id, version }: { id: string; version: number }) => ({ id, version }));
const codesOf = ({ body }: Answer): string[] =>
  body.errors.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`);

describe('the preview of a bulk edit', () => {
  it('shows old and new for each, those that say so already, and those refused with the reason', async () => {
    const { people } = app.world;
    const changing = await register({ hosting: 'ON_PREMISES', sites: ['東京'], mtd: 'PT8H' });
    const same = await register({ hosting: 'CLOUD', sites: [], ownerId: people.owner });
    const contradicting = await register({ mtd: 'PT2H' });
    const retired = await register();
    await manager.post(`/systems/${retired}/retire`, { reason: '廃止' });
    const change = { hosting: 'CLOUD', sites: [], ownerId: people.owner, rto: 'PT4H' };
    const answer = await preview(manager, [changing, same, contradicting, retired], change);
    expect(answer).toMatchObject({ status: 200, body: { changing: 2, unchanged: 0, refused: 2 } });
    const [first, second, third, fourth] = answer.body.items;
    expect(first.differences).toEqual([
      { field: 'ownerId', before: null, after: '運用 さくら' },
      { field: 'hosting', before: 'ON_PREMISES', after: 'CLOUD' },
      { field: 'sites', before: '東京', after: null },
      { field: 'rto', before: null, after: 'PT4H' },
    ]);
    expect(second.differences).toEqual([{ field: 'rto', before: null, after: 'PT4H' }]);
    expect(third.refusals.map(({ code }: { code: string }) => code)).toEqual(['RTO_ABOVE_MTD', 'RTO_ABOVE_MTD']);
    expect(fourth.refusals).toMatchObject([{ field: 'id', code: 'SYSTEM_RETIRED', message: expect.any(String) }]);
    expect((await manager.get(`/systems/${changing}`)).body).toMatchObject({ version: 1, hosting: 'ON_PREMISES' });
  });

  it('names systems that may be seen and not changed, and no stranger', async () => {
    const { people } = app.world;
    const [mine, other] = [await register({ ownerId: people.owner }), await register({ ownerId: people.manager })];
    const answer = await preview(owner, [mine, other], { ownerId: people.outsider });
    expect(answer.body.items.map(({ refusals }: Answer['body']) => refusals[0].code)).toEqual([
      ...['UNKNOWN_USER', 'NOT_WRITABLE'],
    ]);
    expect(JSON.stringify(answer.body)).not.toContain('外山');
    expect(codesOf(await preview(await app.as('outsider'), [mine], { outsourced: true }))).toEqual([
      'systemIds[0] NOT_FOUND',
    ]);
  });

  it('sees a code that two of them would share in the organisation they move to', async () => {
    const { agency, otherAgency } = app.world.organisations;
    const admin = await app.as('admin');
    const make = async (organisationId: string, code: string): Promise<string> =>
      (await registerSystem(app, { organisationId, code }, 'admin')).id;
    const [first, second] = [await make(agency, 'SHARED'), await make(agency, 'FREE')];
    await make(otherAgency, 'SHARED');
    const { body } = await preview(admin, [first, second], { organisationId: otherAgency });
    expect(body.items.map(({ refusals }: Answer['body']) => refusals[0]?.code ?? null)).toEqual(['DUPLICATE', null]);
  });

  it('asks for something to change, and nothing beyond the fields it knows', async () => {
    const id = await register();
    expect(codesOf(await preview(manager, [id], {}))).toEqual(['change REQUIRED']);
    expect(codesOf(await preview(manager, [id], { tier: 'HIGH' }))).toEqual(['change.tier UNKNOWN_FIELD']);
  });
});

describe('a bulk edit', () => {
  it('changes all of them, one event each, and what they owe', async () => {
    const ids = [await register(), await register(), await register({ outsourced: true })];
    const change = { outsourced: true, confidentiality: 3 };
    const systems = seen(await preview(manager, ids, change));
    const answer = await manager.post('/systems/bulk-edit', { systems, change });
    expect([answer.status, answer.body]).toEqual([200, { changed: 3 }]);
    const events = await app.database.query<{ before: object; after: object }>(
      `SELECT before, after FROM audit_event WHERE action = 'system.changed' AND record_id = ANY($1::uuid[]) ORDER BY record_id`,
      [ids],
    );
    expect(events).toHaveLength(3);
    expect(events[2]).toEqual({ before: { confidentiality: 1 }, after: { confidentiality: 3 } });
    const owed = await app.database.query<{ systems: number }>(
      `SELECT count(DISTINCT system_id)::int AS systems FROM obligation WHERE system_id = ANY($1::uuid[]) AND rule_key LIKE 'contractor-%'`,
      [ids],
    );
    expect(owed).toEqual([{ systems: 3 }]);
  });

  it('writes nothing when one was changed since the preview, and says which', async () => {
    const ids = [await register(), await register()];
    const change = { supplier: '新社' };
    const systems = seen(await preview(manager, ids, change));
    await manager.patch(`/systems/${ids[1]}`, { supplier: '別社' }, '"1"');
    const answer = await manager.post('/systems/bulk-edit', { systems, change });
    expect([answer.status, answer.body.code, codesOf(answer)]).toEqual([
      ...[412, 'STALE', ['systems[1].version CHANGED_MEANWHILE']],
    ]);
    expect((await manager.get(`/systems/${ids[0]}`)).body).toMatchObject({ supplier: null, version: 1 });
  });

  it('writes nothing when one of them breaks a rule, or may not be changed', async () => {
    const { people } = app.world;
    const [fine, broken] = [await register({ ownerId: people.owner }), await register({ mtd: 'PT2H' })];
    const systems = [fine, broken].map((id) => ({ id, version: 1 }));
    const refused = await manager.post('/systems/bulk-edit', { systems, change: { rto: 'PT4H' } });
    expect([refused.status, codesOf(refused)]).toEqual([
      ...[422, ['systems[1].rto RTO_ABOVE_MTD', 'systems[1].mtd RTO_ABOVE_MTD']],
    ]);
    expect((await owner.post('/systems/bulk-edit', { systems, change: { supplier: '社' } })).status).toBe(403);
    expect((await manager.get(`/systems/${fine}`)).body).toMatchObject({ rto: null, supplier: null, version: 1 });
  });
});
