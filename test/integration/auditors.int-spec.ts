import { newId } from '../../src/platform/database/id';
import { type TestApp, startTestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';
import { csvOf, importFile } from '../support/imports';
import type { OrganisationName } from '../support/world';

let app: TestApp;
let admin: Client;
let ciso: Client;

beforeAll(async () => {
  app = await startTestApp('auditors', { worker: true });
  [admin, ciso] = await Promise.all([app.as('admin'), app.as('ciso')]);
});
afterAll(() => app.stop());

type Given = readonly [role: string, at: OrganisationName];
let people = 0;
const granted = (roles: readonly Given[]) =>
  roles.map(([role, at]) => ({ role, organisationId: app.world.organisations[at] }));
const create = (...roles: Given[]): Promise<Answer> => {
  people += 1;
  const person = { email: `person-${people}@sonae.example`, displayName: `人物 ${people}` };
  return admin.post('/users', { ...person, roles: granted(roles) });
};
const newPerson = async (...roles: Given[]): Promise<string> => (await create(...roles)).body.id;
const give = async (id: string, ...roles: Given[]): Promise<Answer> => {
  const { headers } = await admin.get(`/users/${id}`);
  return admin.put(`/users/${id}/roles`, { roles: granted(roles) }, headers.get('etag'));
};
const refused = (field: string, code: string) => ({ status: 422, body: { errors: [{ field, code }] } });
const breaks = (constraint: string) => ({ constraint });
const insertRole = (userId: string, role: string, at: OrganisationName) =>
  app.database.query('INSERT INTO role_assignment (id, user_id, role, organisation_id) VALUES ($1, $2, $3, $4)', [
    newId(),
    userId,
    role,
    app.world.organisations[at],
  ]);

describe('an auditor of an organisation', () => {
  it('holds no other role there, above it or below it', async () => {
    expect(await create(['AUDITOR', 'agency'], ['MANAGER', 'agency'])).toMatchObject({
      status: 422,
      body: { errors: [0, 1].map((n) => ({ field: `roles[${n}]`, code: 'AUDITOR_ONLY_AUDITS' })) },
    });
    for (const at of ['ministry', 'agency'] as const)
      expect((await create(['AUDITOR', 'ministry'], ['OWNER', at])).status).toBe(422);
    expect((await create(['AUDITOR', 'agency'], ['ADMIN', 'ministry'])).status).toBe(422);
    const elsewhere = await newPerson(['AUDITOR', 'agency'], ['MANAGER', 'otherAgency']);
    expect((await give(elsewhere, ['MANAGER', 'agency'])).status).toBe(200);
    expect((await give(elsewhere, ['AUDITOR', 'agency'])).status).toBe(200);
  });

  it('holds none there past the service either, in whichever order the roles come', async () => {
    const auditor = await newPerson(['AUDITOR', 'ministry']);
    await expect(insertRole(auditor, 'OWNER', 'agency')).rejects.toMatchObject(breaks('ck_auditor_only_audits'));
    const manager = await newPerson(['MANAGER', 'agency']);
    await expect(insertRole(manager, 'AUDITOR', 'ministry')).rejects.toMatchObject(breaks('ck_auditor_only_audits'));
    await insertRole(manager, 'AUDITOR', 'otherAgency');
  });

  it('is nobody who owns or deputises for a system there; the refusal names the systems', async () => {
    for (const field of ['ownerId', 'deputyId']) {
      const person = await newPerson();
      const { code, name } = await registerSystem(app, { [field]: person });
      const answer = await give(person, ['AUDITOR', 'ministry']);
      expect(answer).toMatchObject(refused('roles[0]', 'AUDITOR_OWNS'));
      expect(answer.body.errors[0].message).toContain(`${code} ${name}`);
      await expect(insertRole(person, 'AUDITOR', 'ministry')).rejects.toMatchObject(breaks('ck_auditor_owns_nothing'));
      expect((await give(person, ['AUDITOR', 'otherAgency'])).status).toBe(200);
    }
  });

  it('may have owned what is retired', async () => {
    const person = await newPerson();
    const { id } = await registerSystem(app, { ownerId: person });
    await ciso.post(`/systems/${id}/retire`, { reason: '廃止' });
    expect((await give(person, ['AUDITOR', 'agency'])).status).toBe(200);
  });

  it('becomes neither owner nor deputy there, of a new system or of one that is changed', async () => {
    const auditor = await newPerson(['AUDITOR', 'agency']);
    const { id, version } = await registerSystem(app);
    const fields = { code: 'AUD-1', name: '監査対象', tier: 'LOW', organisationId: app.world.organisations.agency };
    for (const field of ['ownerId', 'deputyId']) {
      expect(await ciso.post('/systems', { ...fields, [field]: auditor })).toMatchObject(refused(field, 'IS_AUDITOR'));
      const change = await ciso.patch(`/systems/${id}`, { [field]: auditor }, `"${version}"`);
      expect(change).toMatchObject(refused(field, 'IS_AUDITOR'));
    }
    await expect(
      app.database.query('UPDATE system SET owner_id = $2 WHERE id = $1', [id, auditor]),
    ).rejects.toMatchObject(breaks('ck_auditor_owns_nothing'));
    await expect(
      app.database.query(
        `INSERT INTO system (id, organisation_id, code, name, tier, deputy_id, operating_since_on, tier_since_on)
         VALUES ($1, $2, 'AUD-2', '監査対象', 'LOW', $3, '2026-01-01', '2026-01-01')`,
        [newId(), fields.organisationId, auditor],
      ),
    ).rejects.toMatchObject(breaks('ck_auditor_owns_nothing'));
  });

  it('owns nothing there either when a system or its organisation is moved', async () => {
    const auditor = await newPerson(['AUDITOR', 'agency']);
    const { otherAgency, agency } = app.world.organisations;
    const { id } = await registerSystem(app, { organisationId: otherAgency, ownerId: auditor }, 'ciso');
    const move = await ciso.patch(`/systems/${id}`, { organisationId: agency }, '"1"');
    expect(move).toMatchObject(refused('ownerId', 'IS_AUDITOR'));
    const below = { code: 'MOVING', name: '移動する課', kind: 'BUREAU', parentId: otherAgency };
    const bureau = (await admin.post('/organisations', below)).body;
    expect((await ciso.patch(`/systems/${id}`, { organisationId: bureau.id }, '"1"')).status).toBe(200);
    expect(await admin.patch(`/organisations/${bureau.id}`, { parentId: agency }, '"1"')).toMatchObject({
      status: 409,
      body: { code: 'AUDITOR_OWNS' },
    });
    await ciso.patch(`/systems/${id}`, { ownerId: null }, '"2"');
    await give(auditor, ['AUDITOR', 'agency'], ['MANAGER', 'otherAgency']);
    expect((await admin.patch(`/organisations/${bureau.id}`, { parentId: agency }, '"1"')).status).toBe(200);
    await app.database.query('UPDATE role_assignment SET organisation_id = $2 WHERE user_id = $1 AND role = $3', [
      ...[auditor, bureau.id, 'AUDITOR'],
    ]);
    expect(await admin.patch(`/organisations/${bureau.id}`, { parentId: otherAgency }, '"2"')).toMatchObject({
      status: 409,
      body: { code: 'AUDITOR_ONLY_AUDITS' },
    });
  });

  it('does not become the owner by an import, which says so', async () => {
    const auditor = await newPerson(['AUDITOR', 'agency']);
    const { email } = (await admin.get(`/users/${auditor}`)).body;
    const take = (at: OrganisationName) =>
      importFile(admin, csvOf(['code', 'name', 'owner'], ['AUD-3', '取込対象', email]), {
        mapping: {
          organisationId: app.world.organisations[at],
          columns: { code: 'code', name: 'name' },
          tier: { value: 'LOW' },
          owner: { column: 'owner', pattern: 'EMAIL' },
        },
      });
    const report = await take('agency');
    expect(report).toMatchObject({ status: 'DONE', created: 1 });
    expect(report.warnings).toEqual([expect.objectContaining({ row: 2, column: 'owner', code: 'OWNER_IS_AUDITOR' })]);
    expect(await take('otherAgency')).toMatchObject({ status: 'DONE', created: 1, warningCount: 0 });
    const owners = await app.database.query<{ owner: string | null }>(
      `SELECT owner_id AS owner FROM system WHERE code = 'AUD-3' ORDER BY owner_id`,
    );
    expect(owners).toEqual([{ owner: auditor }, { owner: null }]);
  });

  it('and an owner do not both come of two changes at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const person = await newPerson();
      const { id } = await registerSystem(app);
      const answers = await Promise.all([
        give(person, ['AUDITOR', 'agency']),
        ciso.patch(`/systems/${id}`, { ownerId: person }, '"1"'),
      ]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    }
  });
});
