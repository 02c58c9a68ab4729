import { startTestApp, type TestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let manager: Client;

beforeAll(async () => {
  app = await startTestApp('dependencies');
  manager = await app.as('manager');
});
afterAll(() => app.stop());

const register = async (more: object = {}): Promise<{ id: string; code: string }> =>
  registerSystem(app, { tier: 'MODERATE', ...more });

async function set(systemId: string, dependsOn: object[], by: Client = manager): Promise<Answer> {
  const { headers } = await by.get(`/systems/${systemId}/dependencies`);
  return by.put(`/systems/${systemId}/dependencies`, { dependsOn }, headers.get('etag') ?? '');
}

describe('what a system needs', () => {
  it('is said as a whole, and seen from both ends', async () => {
    const [portal, directory, mail] = [await register(), await register(), await register()];
    const answer = await set(portal.id, [
      { systemId: directory.id, hard: true },
      { systemId: mail.id, hard: false },
    ]);
    expect(answer.status).toBe(200);
    const ends = answer.body.dependsOn.map(({ systemId, hard }: Answer['body']) => [systemId, hard]);
    expect(ends).toEqual(
      expect.arrayContaining([
        [directory.id, true],
        [mail.id, false],
      ]),
    );
    const other = (await manager.get(`/systems/${directory.id}/dependencies`)).body;
    expect(other).toMatchObject({ dependsOn: [], dependents: [{ systemId: portal.id, hard: true }], hidden: 0 });
    expect((await set(portal.id, [])).body.dependsOn).toEqual([]);
  });

  it('is shown where it is held to less, at both ends', async () => {
    const high = await register({ tier: 'HIGH', rto: 'PT2H' });
    const low = await register({ tier: 'LOW', rto: 'PT8H' });
    const { body } = await set(high.id, [{ systemId: low.id, hard: true }]);
    expect(body.dependsOn[0]).toMatchObject({ tier: 'LOW', rto: 'PT8H', inversions: ['LOWER_TIER', 'LONGER_RTO'] });
    const other = (await manager.get(`/systems/${low.id}/dependencies`)).body;
    expect(other.dependents[0].inversions).toEqual(['LOWER_TIER', 'LONGER_RTO']);
    const soft = await set(high.id, [{ systemId: low.id, hard: false }]);
    expect(soft.body.dependsOn[0].inversions).toEqual([]);
  });

  it('the path of a circle names no system that the caller may not see', async () => {
    const [ours, mine] = [await register(), await register()];
    const { organisations, people } = app.world;
    const elsewhere = { organisationId: organisations.otherAgency, ownerId: people.deputy };
    const theirs = await registerSystem(app, elsewhere, 'ciso');
    const ciso = await app.as('ciso');
    await set(ours.id, [{ systemId: theirs.id, hard: true }], ciso);
    await set(theirs.id, [{ systemId: mine.id, hard: true }], ciso);
    const refused = await set(mine.id, [{ systemId: ours.id, hard: true }]);
    expect([refused.status, refused.body.code]).toEqual([409, 'DEPENDENCY_CYCLE']);
    expect(refused.body.detail).toContain(`${mine.code} → ${ours.code} → （閲覧できない情報システム） → ${mine.code}`);
    await app.database.query(`UPDATE app_user SET locale = 'en' WHERE id = $1`, [people.manager]);
    const inEnglish = await set(mine.id, [{ systemId: ours.id, hard: true }]);
    expect(inEnglish.body.detail).toContain(`${ours.code} → (a system you may not see) → ${mine.code}`);
    await app.database.query(`UPDATE app_user SET locale = 'ja' WHERE id = $1`, [people.manager]);
    expect(JSON.stringify(refused.body)).not.toContain(theirs.code);
  });

  it('never runs in a circle, and the refusal names the path', async () => {
    const [a, b, c] = [await register(), await register(), await register()];
    await set(a.id, [{ systemId: b.id, hard: true }]);
    await set(b.id, [{ systemId: c.id, hard: false }]);
    const refused = await set(c.id, [{ systemId: a.id, hard: true }]);
    expect([refused.status, refused.body.code]).toEqual([409, 'DEPENDENCY_CYCLE']);
    expect(refused.body.detail ?? refused.body.title).toContain(`${c.code} → ${a.code} → ${b.code} → ${c.code}`);
    expect((await manager.get(`/systems/${c.id}/dependencies`)).body.dependsOn).toEqual([]);
  });

  it('does not close a circle from two sides at once', async () => {
    const [a, b] = [await register(), await register()];
    const answers = await Promise.all([
      set(a.id, [{ systemId: b.id, hard: true }]),
      set(b.id, [{ systemId: a.id, hard: true }]),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('names what is wrong with an entry', async () => {
    const a = await register();
    const unknown = '01935b1e-0000-7000-8000-000000000000';
    const { status, body } = await set(a.id, [
      { systemId: a.id, hard: true },
      { systemId: unknown, hard: true },
    ]);
    expect(status).toBe(422);
    expect(body.errors.map(({ field, code }: Answer['body']) => [field, code])).toEqual([
      ['dependsOn[0].systemId', 'DEPENDS_ON_ITSELF'],
      ['dependsOn[1].systemId', 'UNKNOWN_SYSTEM'],
    ]);
    const twice = await set(a.id, [
      { systemId: unknown, hard: true },
      { systemId: unknown, hard: false },
    ]);
    expect([twice.status, twice.body.errors[0].field]).toEqual([400, 'dependsOn']);
  });

  it('is refused when the system has changed meanwhile', async () => {
    const a = await register();
    const { headers } = await manager.get(`/systems/${a.id}/dependencies`);
    const tag = headers.get('etag') ?? '';
    expect((await manager.put(`/systems/${a.id}/dependencies`, { dependsOn: [] }, tag)).status).toBe(200);
    expect((await manager.put(`/systems/${a.id}/dependencies`, { dependsOn: [] }, tag)).status).toBe(412);
  });
});

describe('what is not to be seen', () => {
  it('is counted, kept by those who write around it, and cannot be named', async () => {
    const ours = await register();
    const theirs = await registerSystem(app, { organisationId: app.world.organisations.otherAgency }, 'admin');
    const admin = await app.as('admin');
    await set(ours.id, [{ systemId: theirs.id, hard: true }], admin);
    const seen = (await manager.get(`/systems/${ours.id}/dependencies`)).body;
    expect(seen).toMatchObject({ dependsOn: [], hidden: 1 });
    expect((await set(ours.id, [])).status).toBe(200);
    expect((await admin.get(`/systems/${ours.id}/dependencies`)).body.dependsOn).toHaveLength(1);
    const named = await set(ours.id, [{ systemId: theirs.id, hard: true }]);
    expect([named.status, named.body.errors[0].code]).toEqual([422, 'UNKNOWN_SYSTEM']);
    expect((await (await app.as('outsider')).get(`/systems/${ours.id}/dependencies`)).status).toBe(404);
    expect((await set(ours.id, [], await app.as('auditor'))).status).toBe(403);
  });
});
