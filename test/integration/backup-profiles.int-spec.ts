import { type TestApp, startTestApp } from '../support/app';
import { newlySignedIn } from '../support/api-tokens';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let owner: Client;
let manager: Client;
let admin: Client;

beforeAll(async () => {
  app = await startTestApp('backup profiles');
  [owner, manager, admin] = await Promise.all([app.as('owner'), app.as('manager'), app.as('admin')]);
});
afterAll(() => app.stop());

let made = 0;
const copy = (medium: string, more: object = {}) => ({
  ...{ site: '東京', medium, offsite: false, offline: false, immutable: false, encrypted: true, account: null },
  ...more,
});
const TERMS = {
  ...{ method: 'FULL', interval: 'P1D', retention: 'P35D', rpo: 'P1D' },
  copies: [copy('ディスク'), copy('オブジェクトストレージ', { offsite: true }), copy('テープ', { offline: true })],
};
const newProfile = async (more: object = {}, by: Client = manager): Promise<Answer> => {
  made += 1;
  const { agency: organisationId } = app.world.organisations;
  return by.post('/backup-profiles', { organisationId, name: `日次・35日・2拠点 ${made}`, ...TERMS, ...more });
};
const newSystem = async (more: object = {}): Promise<string> => (await registerSystem(app, more, 'owner')).id;
const attach = (id: string, body: object, by: Client = owner): Promise<Answer> =>
  by.post(`/backup-profiles/${id}/attach`, { dataset: '業務データ', ...body });
const requirementOf = async (systemId: string, by: Client = owner): Promise<Answer['body']> =>
  (await by.get(`/systems/${systemId}/backup-requirements`)).body.items[0];
const etagOf = ({ body }: Answer): string => `"${body.version}"`;
const approve = (id: string): Promise<Answer> => manager.post(`/backup-requirements/${id}/approve`, {});

describe('making a backup profile', () => {
  it('says what is amiss in it for each tier, and is seen where it may be used', async () => {
    const answer = await newProfile();
    expect(answer).toMatchObject({ status: 201, body: { ...TERMS, followers: 0, detached: 0, editable: true } });
    const codes = (tier: string) => answer.body.findings[tier].map(({ code }: Answer['body']) => code);
    expect([codes('HIGH'), codes('MODERATE'), codes('LOW')]).toEqual([['TARGET_TOO_LARGE'], [], []]);
    expect((await owner.get(`/backup-profiles/${answer.body.id}`)).body).toEqual({ ...answer.body, editable: false });
    const outsider = await app.as('outsider');
    const hidden = { status: 404, body: { code: 'BACKUP_PROFILE_NOT_FOUND' } };
    expect(await outsider.get(`/backup-profiles/${answer.body.id}`)).toMatchObject(hidden);
    expect(await attach(answer.body.id, { systemIds: [await newSystem()] }, outsider)).toMatchObject(hidden);
    expect((await outsider.get('/backup-profiles')).body.items).toEqual([]);
  });

  it('of an organisation above is offered below, and cannot be changed from there', async () => {
    const { ministry: organisationId } = app.world.organisations;
    const { body } = await newProfile({ organisationId }, admin);
    const systemId = await newSystem();
    const offered = (await owner.get(`/backup-profiles?systemId=${systemId}&limit=200`)).body.items;
    expect(offered.map(({ id }: Answer['body']) => id)).toContain(body.id);
    expect(await owner.patch(`/backup-profiles/${body.id}`, { method: '別' }, '"1"')).toMatchObject({ status: 403 });
    expect(await attach(body.id, { systemIds: [systemId] })).toMatchObject({ status: 200 });
  });

  it('keeps the rules of a requirement, and its name within the organisation', async () => {
    const { body } = await newProfile();
    const same = { status: 409, body: { errors: [{ field: 'name', code: 'DUPLICATE' }] } };
    expect(await newProfile({ name: body.name })).toMatchObject(same);
    expect(await newProfile({ interval: 'P2D' })).toMatchObject({
      ...{ status: 422, body: { errors: [{ field: 'interval', code: 'INTERVAL_EXCEEDS_RPO' }] } },
    });
  });
});

describe('attaching a backup profile', () => {
  it('tells first what it would do, and does nothing', async () => {
    const { body: profile } = await newProfile();
    const [high, moderate] = [await newSystem({ tier: 'HIGH' }), await newSystem()];
    const { status, body } = await attach(profile.id, { systemIds: [high, moderate], dryRun: true });
    expect({ status, applied: body.applied, more: body.more }).toEqual({ status: 200, applied: false, more: 0 });
    const told = new Map(body.items.map((item: Answer['body']) => [item.system.id, item]));
    expect(told.get(high)).toMatchObject({
      ...{ outcome: 'NEW', dataset: '業務データ', before: { verdict: 'UNKNOWN', findings: [] } },
      after: { findings: [{ code: 'TARGET_TOO_LARGE', params: { target: 'RPO', minutes: 1440, maxMinutes: 60 } }] },
    });
    expect(told.get(moderate)).toMatchObject({ outcome: 'NEW', after: { findings: [] } });
    expect(await requirementOf(high)).toBeUndefined();
    expect((await owner.get(`/backup-profiles/${profile.id}`)).body.followers).toBe(0);
  });

  it('declares a requirement for each system, once, and leaves those that have one of their own alone', async () => {
    const { body: profile } = await newProfile();
    const [fresh, own] = [await newSystem(), await newSystem()];
    await owner.post(`/systems/${own}/backup-requirements`, { ...TERMS, dataset: '業務データ', method: '手製' });
    const outcomes = ({ body }: Answer) =>
      Object.fromEntries(body.items.map(({ system, outcome }: Answer['body']) => [system.id, outcome]));
    const first = await attach(profile.id, { systemIds: [fresh, own] });
    expect(first.body.applied).toBe(true);
    expect(outcomes(first)).toEqual({ [fresh]: 'NEW', [own]: 'KEPT' });
    expect(outcomes(await attach(profile.id, { systemIds: [fresh, own] }))).toEqual({
      ...{ [fresh]: 'ALREADY', [own]: 'KEPT' },
    });
    const origin = { id: profile.id, name: profile.name, follows: true, retired: false };
    expect(await requirementOf(fresh)).toMatchObject({ ...TERMS, status: 'DRAFT', profile: origin, ownRequest: true });
    expect(await requirementOf(own)).toMatchObject({ method: '手製', profile: null });
    expect(outcomes(await attach(profile.id, { systemIds: [own], replace: true }))).toEqual({ [own]: 'CHANGED' });
    expect(await requirementOf(own)).toMatchObject({ ...TERMS, profile: origin });
    expect((await owner.get(`/backup-profiles/${profile.id}`)).body.followers).toBe(2);
    const events = await app.database.query<{ action: string }>(
      `SELECT action, record_type AS type FROM audit_event WHERE record_id = ANY($1::uuid[]) AND action LIKE 'backup_%' ORDER BY at, action`,
      [[profile.id, (await requirementOf(fresh)).id]],
    );
    expect(events.map(({ action }) => action).sort()).toEqual([
      ...['backup_profile.attached', 'backup_profile.attached', 'backup_profile.attached', 'backup_profile.created'],
      'backup_requirement.declared',
    ]);
  });

  it('is done by who may write each of the systems', async () => {
    const { body: profile } = await newProfile();
    const elsewhere = (await registerSystem(app, { organisationId: app.world.organisations.otherMinistry }, 'outsider'))
      .id;
    const systemId = await newSystem();
    expect(await attach(profile.id, { systemIds: [systemId, elsewhere] })).toMatchObject({
      ...{ status: 422, body: { errors: [{ field: 'systemIds[1]', code: 'NOT_FOUND' }] } },
    });
    const others = (await registerSystem(app, { ownerId: null }, 'manager')).id;
    expect(await attach(profile.id, { systemIds: [others] })).toMatchObject({ status: 403 });
    const beside = { organisationId: app.world.organisations.otherAgency };
    const outside = (await registerSystem(app, beside, 'admin')).id;
    expect(await attach(profile.id, { systemIds: [outside] }, admin)).toMatchObject({
      ...{ status: 422, body: { errors: [{ field: 'systemIds[0]', code: 'OUTSIDE_PROFILE' }] } },
    });
    expect(await requirementOf(systemId)).toBeUndefined();
  });
});

describe('a requirement', () => {
  it('written from a profile follows it as long as its terms are the same', async () => {
    const { body: profile } = await newProfile();
    const systemId = await newSystem();
    const path = `/systems/${systemId}/backup-requirements`;
    const from = { ...TERMS, backupProfileId: profile.id };
    const { body: same } = await owner.post(path, { ...from, dataset: 'A' });
    const { body: other } = await owner.post(path, { ...from, dataset: 'B', method: 'SNAPSHOT' });
    expect([same.profile.follows, other.profile.follows]).toEqual([true, false]);
    const renamed = await owner.patch(`/backup-requirements/${same.id}`, { dataset: 'C' }, '"1"');
    expect(renamed.body.profile.follows).toBe(true);
    const edited = await owner.patch(`/backup-requirements/${same.id}`, { method: 'SNAPSHOT' }, '"2"');
    expect(edited.body.profile).toEqual({ id: profile.id, name: profile.name, follows: false, retired: false });
    expect(await owner.post(`/backup-requirements/${same.id}/detach`, {})).toMatchObject({
      ...{ status: 409, body: { code: 'BACKUP_TERMS_OWN' } },
    });
    const { otherAgency: organisationId } = app.world.organisations;
    const { body: elsewhere } = await newProfile({ organisationId }, admin);
    expect(await owner.post(path, { ...from, dataset: 'D', backupProfileId: elsewhere.id })).toMatchObject({
      ...{ status: 422, body: { errors: [{ field: 'backupProfileId', code: 'NOT_FOUND' }] } },
    });
  });

  it('outlives its profile, which is retired only once nothing follows it', async () => {
    const { body: profile } = await newProfile();
    const systemId = await newSystem();
    await attach(profile.id, { systemIds: [systemId] });
    const retire = (body: object) =>
      manager.ask('POST', `/backup-profiles/${profile.id}/retire`, { body, headers: { 'if-match': '"1"' } });
    expect(await retire({})).toMatchObject({ status: 409, body: { code: 'BACKUP_PROFILE_IN_USE' } });
    expect(await retire({ detach: true })).toMatchObject({
      ...{ status: 200, body: { retiredOn: '2026-11-23', leftBehind: 1, followers: 0, detached: 1 } },
    });
    expect((await requirementOf(systemId)).profile).toMatchObject({ follows: false, retired: true });
    const refusal = { status: 409, body: { code: 'BACKUP_PROFILE_RETIRED' } };
    expect(await attach(profile.id, { systemIds: [systemId] })).toMatchObject(refusal);
    expect(await manager.patch(`/backup-profiles/${profile.id}`, { method: '別' }, '"2"')).toMatchObject(refusal);
    const listed = async (query: string) =>
      (await manager.get(`/backup-profiles?limit=200${query}`)).body.items.map(({ id }: Answer['body']) => id);
    expect(await listed('')).not.toContain(profile.id);
    expect(await listed('&retired=true')).toContain(profile.id);
  });

  it('is found among those of all systems by tier, profile, findings and review', async () => {
    const { body: profile } = await newProfile();
    const [high, low] = [await newSystem({ tier: 'HIGH' }), await newSystem({ tier: 'LOW' })];
    await attach(profile.id, { systemIds: [high, low] });
    const systemsBy = async (query: string, by: Client = owner): Promise<string[]> => {
      const { body } = await by.get(`/backup-requirements?backupProfileId=${profile.id}&${query}`);
      return body.items.map(({ systemId }: Answer['body']) => systemId);
    };
    expect((await systemsBy('')).sort()).toEqual([high, low].sort());
    expect(await systemsBy('tier=LOW')).toEqual([low]);
    expect(await systemsBy('findings=any')).toEqual([high]);
    expect(await systemsBy('findings=gating')).toEqual([]);
    expect(await systemsBy('status=APPROVED')).toEqual([]);
    expect(await systemsBy('reviewDue=true')).toEqual([]);
    expect(await systemsBy('', await app.as('outsider'))).toEqual([]);
    const first = (await owner.get(`/backup-requirements?backupProfileId=${profile.id}&limit=1`)).body;
    const next = await owner.get(
      `/backup-requirements?backupProfileId=${profile.id}&limit=1&cursor=${first.nextCursor}`,
    );
    expect([...first.items, ...next.body.items]).toHaveLength(2);
  });
});

describe('changing a backup profile', () => {
  it('needs the state that was read, and the rules', async () => {
    const { body } = await newProfile();
    const path = `/backup-profiles/${body.id}`;
    expect(await manager.patch(path, { rpo: 'PT1H' }, '"1"')).toMatchObject({ status: 422 });
    expect(await manager.post(`${path}/preview`, { rpo: 'PT1H' })).toMatchObject({ status: 422 });
    expect(await manager.patch(path, { method: '別' }, '"9"')).toMatchObject({ status: 412 });
    expect(await manager.patch(path, { name: '改名' }, '"1"')).toMatchObject({ status: 200, body: { items: [] } });
    expect((await manager.get(path)).body).toMatchObject({ name: '改名', version: 2 });
  });

  it('tells and then does the same to every requirement that follows it, and opens their reviews', async () => {
    const created = await newProfile();
    const { id } = created.body;
    const [following, detached] = [await newSystem(), await newSystem()];
    await attach(id, { systemIds: [following, detached] });
    for (const system of [following, detached]) await approve((await requirementOf(system)).id);
    await owner.post(`/backup-requirements/${(await requirementOf(detached)).id}/detach`, {});
    app.clock.advance({ days: 1 });
    // A session does not outlast a day without use.
    const [approver, reader] = [await newlySignedIn(app, 'manager'), await newlySignedIn(app, 'owner')];
    const edit = { rpo: 'P2D', interval: 'P2D', verificationCadence: 'P7D' };
    const preview = await approver.post(`/backup-profiles/${id}/preview`, edit);
    expect(preview).toMatchObject({ status: 200, body: { applied: false } });
    expect(preview.body.changes).toContainEqual({ field: 'rpo', before: 'P1D', after: 'P2D' });
    expect(preview.body.items).toMatchObject([
      { system: { id: following }, outcome: 'CHANGED', after: { findings: [{ code: 'TARGET_TOO_LARGE' }] } },
    ]);
    expect(preview.body.items[0].affected).toContainEqual(
      expect.objectContaining({ ruleKey: 'backup-requirement-review', fromState: 'MET', toState: 'DUE_SOON' }),
    );
    expect(await requirementOf(following, reader)).toMatchObject({ rpo: 'P1D', status: 'APPROVED' });
    const done = await approver.patch(`/backup-profiles/${id}`, edit, etagOf(created));
    expect(done).toMatchObject({ status: 200, body: { ...preview.body, applied: true } });
    const changed = await requirementOf(following, reader);
    expect(changed).toMatchObject({ ...edit, status: 'DRAFT', approvedBy: null, changedOn: '2026-11-24' });
    expect(changed.findings).toMatchObject([{ code: 'TARGET_TOO_LARGE' }]);
    expect(await requirementOf(detached, reader)).toMatchObject({
      rpo: 'P1D',
      status: 'APPROVED',
      profile: { id, follows: false },
    });
    expect(await approver.post(`/backup-requirements/${changed.id}/approve`, {})).toMatchObject({
      status: 409,
      body: { code: 'OWN_REQUEST' },
    });
    const [event] = await app.database.query(
      `SELECT before, after FROM audit_event WHERE record_id = $1 AND action = 'backup_requirement.changed'`,
      [changed.id],
    );
    expect(event).toMatchObject({ before: { rpoMinutes: 1440, backupProfileId: id }, after: { rpoMinutes: 2880 } });
  });
});
