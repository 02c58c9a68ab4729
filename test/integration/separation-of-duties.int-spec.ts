import { type TestApp, startTestApp } from '../support/app';
import { actOn, writeProcedure } from '../support/builders/procedures';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let admin: Client;
let manager: Client;
let ciso: Client;

beforeAll(async () => {
  app = await startTestApp('separation of duties');
  [admin, manager, ciso] = await Promise.all([app.as('admin'), app.as('manager'), app.as('ciso')]);
});
afterAll(() => app.stop());

const OWN_REQUEST = { status: 409, body: { code: 'OWN_REQUEST' } };

describe('a procedure', () => {
  it('is not approved by who wrote it, nor by who submitted what another wrote', async () => {
    const { id } = await registerSystem(app);
    const { body } = await writeProcedure(admin, id);
    await actOn(body.id, 'submit', manager);
    expect(await actOn(body.id, 'approve', manager)).toMatchObject(OWN_REQUEST);
    expect(await actOn(body.id, 'approve', ciso)).toMatchObject({ status: 200 });
  });

  it('cannot hold its submitter as its approver', async () => {
    const { id } = await registerSystem(app);
    const { body } = await writeProcedure(admin, id);
    await actOn(body.id, 'submit', manager);
    const approve = app.database.query(
      `UPDATE procedure_version SET status = 'APPROVED', approved_by_id = submitted_by_id, approved_at = now() WHERE id = $1`,
      [body.id],
    );
    await expect(approve).rejects.toMatchObject({ constraint: 'ck_procedure_version_submitter' });
  });
});

describe('a backup requirement', () => {
  const REQUIREMENT = {
    ...{ dataset: '業務データ', method: '日次', interval: 'P1D', retention: 'P35D', rpo: 'P1D' },
    copies: [{ site: '東京', medium: 'disk' }],
  };
  const approve = (id: string, by: Client): Promise<Answer> => by.post(`/backup-requirements/${id}/approve`, {});
  const writtenByTwo = async (): Promise<string> => {
    const { id } = await registerSystem(app);
    const { body } = await manager.post(`/systems/${id}/backup-requirements`, REQUIREMENT);
    await admin.patch(`/backup-requirements/${body.id}`, { method: '週次' }, '"1"');
    return body.id;
  };

  it('is not approved by anybody who has written it since the last approval', async () => {
    const id = await writtenByTwo();
    expect(await approve(id, manager)).toMatchObject(OWN_REQUEST);
    expect(await approve(id, ciso)).toMatchObject({ status: 200 });
    await admin.patch(`/backup-requirements/${id}`, { method: '毎時' }, '"3"');
    expect(await approve(id, manager)).toMatchObject({ status: 200 });
  });

  it('cannot hold one of its writers as its approver', async () => {
    const id = await writtenByTwo();
    const set = app.database.query(
      `UPDATE backup_requirement SET status = 'APPROVED', approved_by_id = $2, approved_at = now() WHERE id = $1`,
      [id, app.world.people.manager],
    );
    await expect(set).rejects.toMatchObject({ constraint: 'ck_backup_requirement_writers' });
  });
});

describe('a policy', () => {
  const draft = async (by: Client = admin): Promise<string> =>
    (await by.post('/policies', { organisationId: app.world.organisations.agency })).body.id;
  const discard = async (id: string): Promise<void> => {
    const { headers } = await ciso.get(`/policies/${id}`);
    await ciso.delete(`/policies/${id}`, headers.get('etag'));
  };

  it('is not published by anybody who wrote any of it', async () => {
    const id = await draft();
    await ciso.patch(`/policies/${id}`, { reviewAfterChange: 'P14D' }, '"1"');
    for (const writer of [admin, ciso]) expect(await writer.post(`/policies/${id}/publish`)).toMatchObject(OWN_REQUEST);
    await discard(id);
    const other = await draft();
    expect(await ciso.post(`/policies/${other}/publish`)).toMatchObject({ status: 200 });
  });

  it('cannot hold one of its writers as its publisher', async () => {
    const id = await draft();
    const set = app.database.query(`UPDATE policy SET published_by_id = $2 WHERE id = $1`, [
      id,
      app.world.people.admin,
    ]);
    await expect(set).rejects.toMatchObject({ constraint: 'ck_policy_publisher' });
    await discard(id);
  });

  it('may be the pack as it is where none is in force, so that one person can begin', async () => {
    const outsider = await app.as('outsider');
    const organisationId = app.world.organisations.otherMinistry;
    const adopt = (by: Client, at: string = organisationId): Promise<Answer> =>
      by.post('/policies/adopt', { organisationId: at });
    expect(await adopt(outsider)).toMatchObject({ status: 409, body: { code: 'POLICY_IN_FORCE' } });
    await app.database.query(
      `SET session_replication_role = replica; DELETE FROM policy WHERE organisation_id = '${organisationId}'`,
    );
    expect(await adopt(await app.as('manager'))).toMatchObject({ status: 403 });
    expect(await adopt(admin)).toMatchObject({ status: 422 });
    expect(await adopt(outsider)).toMatchObject({
      status: 201,
      body: { version: 1, status: 'PUBLISHED', publishedBy: { id: app.world.people.outsider } },
    });
    expect(await adopt(admin, app.world.organisations.agency)).toMatchObject({
      status: 409,
      body: { code: 'POLICY_IN_FORCE' },
    });
  });
});
