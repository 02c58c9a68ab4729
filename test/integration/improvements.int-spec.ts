import { startTestApp, type TestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';
import { emailOf, PASSWORD } from '../support/world';

let app: TestApp;
let owner: Client;
let manager: Client;
let ciso: Client;

beforeEach(async () => {
  app = await startTestApp('improvements');
  [owner, manager, ciso] = await Promise.all([app.as('owner'), app.as('manager'), app.as('ciso')]);
});
afterEach(() => app.stop());

const register = async (): Promise<string> => (await registerSystem(app, { tier: 'MODERATE' }, 'owner')).id;
const DRILL = { startedAt: '2026-11-20T01:00:00Z', finishedAt: '2026-11-20T03:00:00Z' };
async function drill(systemId: string, outcome: string, type = 'FUNCTIONAL', more: object = {}): Promise<Answer> {
  const attested = { attestedById: app.world.people.manager, check: { expected: '1', observed: '1' } };
  return owner.post(`/systems/${systemId}/evidence`, {
    ...{ kind: 'DRILL', outcome, performedAt: '2026-11-20T03:00:00Z', measuredMinutes: 60 },
    ...{ drill: { type, ...DRILL, ...attested }, ...more },
  });
}
const raise = (by: Client, item: object): Promise<Answer> =>
  by.post('/improvements', { source: 'AUDIT', title: '連絡先を直す', ...item });
const patch = (by: Client, { id, version }: Answer['body'], edit: object): Promise<Answer> =>
  by.patch(`/improvements/${id}`, edit, `"${version}"`);
const obligationsOf = async (itemId: string): Promise<Answer['body'][]> =>
  (await manager.get('/obligations?ruleKey=improvement-item&limit=200')).body.items.filter(
    ({ improvementItem }: Answer['body']) => improvementItem.id === itemId,
  );

describe('an improvement item of a system', () => {
  it('is owed at once by the owner of the system, worked on, and closed by another person on a proof', async () => {
    const systemId = await register();
    const raised = await raise(owner, { systemId, description: '# 経緯' });
    expect(raised.status).toBe(201);
    expect(raised.body).toMatchObject({
      ...{ status: 'OPEN', dueOn: '2027-02-21', percent: null, ownerId: null, overdue: false, version: 1 },
      ...{ system: { id: systemId }, owner: { id: app.world.people.owner }, log: [], partsOf: [], failure: null },
      offered: ['progress', 'edit'],
    });
    const { id } = raised.body;
    const [obligation] = await obligationsOf(id);
    expect(obligation).toMatchObject({
      ...{ kind: 'IMPROVEMENT', state: 'UNKNOWN', ruleTitle: '改善事項の完了', dueOn: '2027-02-21', gating: false },
      reason: { text: '改善事項「連絡先を直す」の期限は2027年2月21日（日）です。' },
      action: { kind: 'CLOSE_IMPROVEMENT' },
    });
    const reported = await owner.post(`/improvements/${id}/progress`, { text: '半分直した', percent: 50 });
    expect(reported.body).toMatchObject({ status: 'IN_PROGRESS', percent: 50 });
    expect(reported.body.log).toMatchObject([
      { text: '半分直した', percent: 50, author: { id: app.world.people.owner } },
    ]);
    expect((await manager.get(`/improvements/${id}`)).body.offered).toEqual(
      expect.arrayContaining(['close', 'cancel', 'split', 'postpone']),
    );
    const closed = await manager.post(`/improvements/${id}/close`, { note: '名簿と照らして確認した' });
    expect(closed.body).toMatchObject({
      ...{
        status: 'CLOSED',
        comment: '名簿と照らして確認した',
        endedBy: { id: app.world.people.manager },
        offered: [],
      },
      proof: { note: '名簿と照らして確認した', performer: { id: app.world.people.owner } },
    });
    expect(await obligationsOf(id)).toEqual([]);
    const { body } = await manager.get(`/systems/${systemId}/evidence?kind=REVIEW`);
    expect(body.items).toMatchObject([{ subject: 'IMPROVEMENT', source: 'WORKFLOW', id: closed.body.proof.id }]);
  });

  it('is not closed without a note, by its owner, or by the only one who worked on it', async () => {
    const systemId = await register();
    const { id } = (await raise(owner, { systemId })).body;
    expect((await manager.post(`/improvements/${id}/close`, {})).status).toBe(400);
    expect((await owner.post(`/improvements/${id}/close`, { note: '済み' })).status).toBe(403);
    const own = (await raise(manager, { systemId, ownerId: app.world.people.manager })).body;
    expect(own.offered).not.toContain('close');
    const refused = await manager.post(`/improvements/${own.id}/close`, { note: '済み' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'OWN_WORK' } });
    expect((await manager.post(`/improvements/${own.id}/cancel`, { reason: '不要' })).body.code).toBe('OWN_WORK');
    expect((await ciso.post(`/improvements/${own.id}/close`, { note: '済み' })).body.status).toBe('CLOSED');
    expect((await ciso.post(`/improvements/${own.id}/close`, { note: '済み' })).body.code).toBe('IMPROVEMENT_ENDED');
  });

  it('of a failed drill is closed once the retest of at least its type has passed', async () => {
    const systemId = await register();
    const failed = (await drill(systemId, 'FAILED')).body;
    const raised = await raise(owner, { systemId, source: 'DRILL', sourceEvidenceId: failed.id });
    expect(raised.body).toMatchObject({ dueOn: '2026-12-23', failure: { id: failed.id }, retest: null });
    const { id } = raised.body;
    const close = (): Promise<Answer> => manager.post(`/improvements/${id}/close`, { note: '再訓練で確認' });
    expect(await close()).toMatchObject({ status: 409, body: { code: 'RETEST_MISSING' } });
    await drill(systemId, 'PASSED', 'TABLETOP', {
      performedAt: '2026-11-21T03:00:00Z',
      drill: {
        ...{ type: 'TABLETOP', startedAt: '2026-11-21T01:00:00Z', finishedAt: '2026-11-21T03:00:00Z' },
        attestedById: app.world.people.manager,
      },
    });
    expect((await close()).body.code).toBe('RETEST_MISSING');
    const passed = await drill(systemId, 'PASSED', 'FUNCTIONAL', {
      performedAt: '2026-11-22T05:00:00Z',
      drill: {
        ...{ type: 'FUNCTIONAL', startedAt: '2026-11-22T04:00:00Z', finishedAt: '2026-11-22T05:00:00Z' },
        ...{ attestedById: app.world.people.manager, check: { expected: '1', observed: '1' } },
      },
    });
    expect(passed.status).toBe(201);
    expect((await close()).body).toMatchObject({ status: 'CLOSED', retest: { id: passed.body.id } });
  });

  it('is due later only when another person agrees, giving a reason; nearer by whoever works on it', async () => {
    const systemId = await register();
    const item = (await raise(owner, { systemId, dueOn: '2026-12-31' })).body;
    const nearer = await patch(owner, item, { dueOn: '2026-12-20' });
    expect(nearer.body).toMatchObject({ dueOn: '2026-12-20', version: 2 });
    expect((await obligationsOf(item.id))[0].dueOn).toBe('2026-12-20');
    const later = { dueOn: '2027-01-31', reason: '部品が届かない' };
    expect((await patch(owner, nearer.body, later)).status).toBe(403);
    const silent = await patch(manager, nearer.body, { dueOn: '2027-01-31' });
    expect(silent.body.errors).toMatchObject([{ field: 'reason', code: 'REQUIRED' }]);
    expect((await patch(manager, nearer.body, later)).body.dueOn).toBe('2027-01-31');
    expect((await patch(manager, nearer.body, { title: '別' })).status).toBe(412);
    const past = await patch(owner, { id: item.id, version: 3 }, { dueOn: '2026-11-01' });
    expect(past.body.errors).toMatchObject([{ field: 'dueOn', code: 'IN_THE_PAST' }]);
  });

  it('names a system or an organisation, a proof that failed, and an owner who may be named', async () => {
    const systemId = await register();
    const passed = (await drill(systemId, 'PASSED')).body;
    const wrong = async (item: object): Promise<unknown> => (await raise(manager, item)).body.errors;
    const { people, organisations } = app.world;
    expect(await wrong({})).toMatchObject([{ field: 'systemId', code: 'SYSTEM_OR_ORGANISATION' }]);
    expect(await wrong({ systemId, organisationId: organisations.agency })).toHaveLength(1);
    expect((await raise(manager, { systemId: organisations.agency })).body.code).toBe('SYSTEM_NOT_FOUND');
    expect(await wrong({ systemId, sourceEvidenceId: passed.id })).toMatchObject([{ code: 'NOT_A_FAILURE' }]);
    expect(await wrong({ systemId, ownerId: people.outsider })).toMatchObject([{ code: 'UNKNOWN_USER' }]);
    expect(await wrong({ systemId, ownerId: people.auditor })).toMatchObject([
      { field: 'ownerId', code: 'IS_AUDITOR' },
    ]);
  });

  it('is waived by nobody', async () => {
    const { id } = (await raise(owner, { systemId: await register() })).body;
    const [obligation] = await obligationsOf(id);
    const asked = { reason: '更改', compensatingMeasure: '手作業', expiresOn: '2026-12-31' };
    const { status, body } = await owner.post(`/obligations/${obligation.id}/waivers`, asked);
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'IMPROVEMENT_NOT_WAIVABLE' });
  });
});

describe('an improvement item of an organisation', () => {
  it('is owed by the organisation itself, seen by its owner, and closed on a proof of no system', async () => {
    const { agency } = app.world.organisations;
    const raised = await raise(manager, { organisationId: agency, ownerId: app.world.people.contributor });
    const { id } = raised.body;
    expect(raised.body).toMatchObject({ system: null, organisation: { code: 'AGC-1' } });
    const contributor = await app.as('contributor');
    const mine = (await contributor.get('/obligations?owner=me')).body.items;
    expect(mine).toMatchObject([{ system: null, organisation: { code: 'AGC-1' }, improvementItem: { id } }]);
    expect((await contributor.post(`/improvements/${id}/progress`, { text: '着手', percent: 10 })).status).toBe(200);
    const closed = await manager.post(`/improvements/${id}/close`, {
      note: '確認した',
      link: 'https://sonae.example/a',
    });
    expect(closed.body).toMatchObject({ status: 'CLOSED', proof: { link: 'https://sonae.example/a' } });
    expect((await contributor.get('/obligations?owner=me')).body.items).toEqual([]);
  });

  it('is split among organisations, and ends after all of its parts', async () => {
    const { ministry, agency, otherAgency, otherMinistry } = app.world.organisations;
    const whole = (await raise(ciso, { organisationId: ministry, description: '全機関で改める' })).body;
    const split = (parts: object[]): Promise<Answer> => ciso.post(`/improvements/${whole.id}/split`, { parts });
    const foreign = await split([{ organisationId: agency, dueOn: '2027-12-31' }, { organisationId: otherMinistry }]);
    expect(foreign.body.errors).toMatchObject([
      { field: 'parts[0].dueOn', code: 'AFTER_WHOLE' },
      { field: 'parts[1].organisationId', code: 'NOT_FOUND' },
    ]);
    const done = await split([{ organisationId: agency, dueOn: '2026-12-31' }, { organisationId: otherAgency }]);
    expect(done.body).toMatchObject({ parts: 2, partsEnded: 0 });
    expect((await split([{ organisationId: agency }])).body.errors).toMatchObject([{ code: 'DUPLICATE' }]);
    const [part, other] = done.body.partsOf;
    expect(part).toMatchObject({ organisation: { code: 'AGC-1' }, dueOn: '2026-12-31', status: 'OPEN', open: true });

    const seen = (await manager.get(`/improvements/${part.id}`)).body;
    expect(seen).toMatchObject({ whole: { id: whole.id, title: whole.title, description: '全機関で改める' } });
    expect((await manager.get(`/improvements/${whole.id}`)).status).toBe(404);
    expect((await manager.get(`/improvements/${other.id}`)).status).toBe(404);
    expect(
      (await manager.post(`/improvements/${part.id}/split`, { parts: [{ organisationId: agency }] })).body.code,
    ).toBe('PART_OF_ANOTHER');
    const close = (id: string): Promise<Answer> => ciso.post(`/improvements/${id}/close`, { note: '確認した' });
    expect((await close(whole.id)).body.code).toBe('PARTS_OPEN');
    await close(part.id);
    expect((await ciso.get(`/improvements/${whole.id}`)).body).toMatchObject({ parts: 2, partsEnded: 1 });
    await close(other.id);
    expect((await close(whole.id)).body.status).toBe('CLOSED');
  });

  it('shows of the part of a closed agency how far it is, and not who works on it', async () => {
    const { ministry, agency } = app.world.organisations;
    const whole = (await raise(ciso, { organisationId: ministry })).body;
    await ciso.post(`/improvements/${whole.id}/split`, {
      parts: [{ organisationId: agency, ownerId: app.world.people.owner }],
    });
    const [{ id }] = (await ciso.get(`/improvements/${whole.id}`)).body.partsOf;
    await manager.post(`/improvements/${id}/progress`, { text: '内部の事情', percent: 40 });
    await app.database.query('UPDATE organisation SET shares_details = false WHERE id = $1', [agency]);
    const [part] = (await ciso.get(`/improvements/${whole.id}`)).body.partsOf;
    expect(part).toMatchObject({ status: 'IN_PROGRESS', percent: 40, open: false, owner: null });
    expect((await ciso.get(`/improvements/${id}`)).status).toBe(404);
  });
});

describe('the list of improvement items', () => {
  it('is filtered by source, status, organisation, owner, day and words, the one due first first', async () => {
    const systemId = await register();
    const { agency, ministry } = app.world.organisations;
    const first = (await raise(owner, { systemId, title: '第一の件', dueOn: '2026-11-30' })).body.id;
    const second = (await raise(manager, { organisationId: agency, title: '第二の件', source: 'INCIDENT' })).body.id;
    const third = (await raise(ciso, { organisationId: ministry, title: '第三の件', source: 'SELF_CHECK' })).body.id;
    await owner.post(`/improvements/${first}/progress`, { text: '着手' });
    app.clock.set('2026-12-10T00:00:00Z');
    // The sessions have ended long since.
    ciso = app.browser();
    expect((await ciso.post('/auth/login', { email: emailOf('ciso'), password: PASSWORD })).status).toBe(200);
    const ids = async (query: string): Promise<string[]> =>
      (await ciso.get(`/improvements?${query}`)).body.items.map(({ id }: { id: string }) => id);
    expect(await ids('')).toEqual([first, second, third]);
    expect(await ids('source=INCIDENT,SELF_CHECK')).toEqual([second, third]);
    expect(await ids('status=IN_PROGRESS')).toEqual([first]);
    expect(await ids(`organisationId=${agency}`)).toEqual([first, second]);
    expect(await ids('overdue=true')).toEqual([first]);
    expect(await ids(`owner=${app.world.people.owner}`)).toEqual([first]);
    expect(await ids(`systemId=${systemId}`)).toEqual([first]);
    expect(await ids(`q=${encodeURIComponent('第三')}`)).toEqual([third]);
    const page = (await ciso.get('/improvements?limit=2')).body;
    expect(page.items).toHaveLength(2);
    expect(await ids(`limit=2&cursor=${page.nextCursor}`)).toEqual([third]);
  });
});
