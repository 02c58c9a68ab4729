import { QUESTION_KEYS, answersOf } from '../../src/core/importance/questionnaire';
import { startTestApp, type TestApp } from '../support/app';
import { prove } from '../support/centre/facts';
import { centreOf } from '../support/centre/of-app';
import { changeTier, registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let owner: Client;
let manager: Client;
let ciso: Client;

beforeAll(async () => {
  app = await startTestApp('importance');
  [owner, manager, ciso] = await Promise.all([app.as('owner'), app.as('manager'), app.as('ciso')]);
});
afterAll(() => app.stop());

const MILDEST = Object.fromEntries(QUESTION_KEYS.map((question) => [question, answersOf(question).at(-1)]));
const NONE = Array(7).fill('NONE');
const IMPACTS = { SERVICES: NONE, PEOPLE: NONE, LAW: NONE, MONEY: NONE, TRUST: NONE };

const register = async (more: object = {}): Promise<string> =>
  (await registerSystem(app, { tier: 'MODERATE', ...more }, 'owner')).id;
const assess = (systemId: string, answers: object = {}, more: object = {}, by: Client = owner): Promise<Answer> =>
  by.post(`/systems/${systemId}/importance-assessments`, { answers: { ...MILDEST, ...answers }, ...more });
const approve = (id: string, tier: string, by: Client, more: object = {}): Promise<Answer> =>
  by.post(`/importance-assessments/${id}/approve`, { tier, rationale: '所管課と確認した', ...more });
const dueOf = async (systemId: string): Promise<unknown> => {
  const { body } = await manager.get(`/systems/${systemId}/obligations`);
  const review = body.items.find(({ ruleKey }: Answer['body']) => ruleKey === 'importance-review');
  return [review.state, review.dueOn];
};

/** Moves the clock without signing anybody out. */
const laterOn = async (at: string): Promise<void> => {
  app.clock.set(at);
  await app.database.query(
    `UPDATE user_session SET last_used_at = $1, expires_at = $1::timestamptz + interval '1 day'`,
    [at],
  );
};

describe('answers about a system', () => {
  it('suggest a tier with its grounds, and change nothing', async () => {
    const id = await register();
    const { status, body } = await assess(id, { legalDeadline: 'STRICT', publicFacing: 'YES', reentry: 'DONT_KNOW' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      ...{ number: 1, status: 'SUBMITTED', suggestedTier: 'HIGH', provisional: true, mtd: null, mayApprove: false },
      grounds: [
        { of: 'legalDeadline', answer: 'STRICT', tier: 'HIGH' },
        { of: 'reentry', answer: 'DONT_KNOW', tier: 'MODERATE' },
        { of: 'publicFacing', answer: 'YES', tier: 'MODERATE' },
      ],
      ...{ approvedTier: null, rationale: null, approvedBy: null, approvedAt: null, reviewOn: null },
    });
    expect((await manager.get(`/systems/${id}`)).body.tier).toBe('MODERATE');
    expect((await manager.get(`/importance-assessments/${body.id}`)).body.mayApprove).toBe(true);
  });

  it('count what the register says, and the systems that cannot do without it, however far away', async () => {
    const [base, middle, top] = [await register({ integrity: 2 }), await register(), await register({ tier: 'HIGH' })];
    const need = async (from: string, to: string): Promise<void> => {
      const { headers } = await manager.get(`/systems/${from}`);
      const dependsOn = [{ systemId: to, hard: true }];
      expect((await manager.put(`/systems/${from}/dependencies`, { dependsOn }, headers.get('etag'))).status).toBe(200);
    };
    await need(top, middle);
    await need(middle, base);
    expect((await assess(base)).body.grounds).toEqual([
      { of: 'dependentsTier', answer: 'HIGH', tier: 'HIGH' },
      { of: 'integrity', answer: '2', tier: 'MODERATE' },
    ]);
  });

  it('are kept beside those before, of which the unapproved give way', async () => {
    const id = await register();
    await assess(id);
    await assess(id, { publicFacing: 'YES' });
    const { body } = await owner.get(`/systems/${id}/importance-assessments`);
    expect(body.items.map(({ number, status }: Answer['body']) => [number, status])).toEqual([
      [2, 'SUBMITTED'],
      [1, 'SUPERSEDED'],
    ]);
  });

  it('are refused with the field and the reason', async () => {
    const id = await register();
    const odd = await assess(id, { workaround: 'PERHAPS' });
    expect([odd.status, odd.body.errors[0].field]).toEqual([400, 'answers.workaround']);
    const missing = await owner.post(`/systems/${id}/importance-assessments`, { answers: {} });
    expect(missing.body.errors).toHaveLength(QUESTION_KEYS.length);
    expect((await assess(id, {}, {}, await app.as('auditor'))).status).toBe(403);
    expect((await assess(id, {}, {}, await app.as('outsider'))).status).toBe(404);
  });
});

describe('a suggestion', () => {
  const set = async (from: string, dependsOn: object[]): Promise<void> => {
    const { headers } = await manager.get(`/systems/${from}`);
    expect((await manager.put(`/systems/${from}/dependencies`, { dependsOn }, headers.get('etag'))).status).toBe(200);
  };
  const need = (from: string, to: string, hard = true): Promise<void> => set(from, [{ systemId: to, hard }]);
  const outdatedOf = async (id: string, by: Client = manager): Promise<Answer['body']> =>
    (await by.get(`/systems/${id}/importance-assessments`)).body.items[0].outdated;

  it('is outdated from when a system came to depend on it, also through others, until it is assessed again', async () => {
    const [base, middle, top] = [await register(), await register({ tier: 'LOW' }), await register({ tier: 'HIGH' })];
    await need(middle, base);
    const { body } = await assess(base);
    expect([body.suggestedTier, body.outdated]).toEqual(['LOW', null]);
    await need(top, middle, false);
    expect(await outdatedOf(base)).toBeNull();
    app.clock.advance({ minutes: 5 });
    const since = app.clock.now().toISOString();
    await need(top, middle);
    app.clock.advance({ minutes: 5 });
    const code = (await manager.get(`/systems/${top}`)).body.code;
    expect(await outdatedOf(base)).toEqual({
      ...{ since, suggestedTier: 'HIGH', hidden: 0 },
      dependents: [expect.objectContaining({ systemId: top, code, from: null, to: 'HIGH' })],
    });
    const again = await assess(base);
    expect([again.body.suggestedTier, again.body.outdated]).toEqual(['HIGH', null]);
    const { items } = (await manager.get(`/systems/${base}/importance-assessments`)).body;
    expect(items[1].outdated).toBeNull();
  });

  it('is outdated by another tier, also once it is approved, and no longer when all is as it was', async () => {
    const [base, dependent] = [await register(), await register({ tier: 'MODERATE' })];
    await need(dependent, base);
    await approve((await assess(base)).body.id, 'MODERATE', manager);
    app.clock.advance({ minutes: 5 });
    await changeTier(app, dependent, 'HIGH');
    expect(await outdatedOf(base)).toMatchObject({
      ...{ since: app.clock.now().toISOString(), suggestedTier: 'HIGH' },
      dependents: [{ systemId: dependent, from: 'MODERATE', to: 'HIGH' }],
    });
    await changeTier(app, dependent, 'MODERATE');
    expect(await outdatedOf(base)).toBeNull();
    app.clock.advance({ minutes: 5 });
    await changeTier(app, dependent, 'HIGH');
    expect((await outdatedOf(base)).since).toBe(app.clock.now().toISOString());
  });

  it('is outdated by a dependent that went or was retired', async () => {
    const base = await register();
    const [gone, retired] = [await register({ tier: 'HIGH' }), await register({ tier: 'LOW' })];
    await need(gone, base);
    await need(retired, base);
    expect((await assess(base)).body.suggestedTier).toBe('HIGH');
    await set(gone, []);
    expect((await manager.post(`/systems/${retired}/retire`, { reason: '統合' })).status).toBe(200);
    expect(await outdatedOf(base)).toMatchObject({
      suggestedTier: 'LOW',
      dependents: [
        { systemId: gone, from: 'HIGH', to: null },
        { systemId: retired, from: 'LOW', to: null },
      ],
    });
  });
});

describe('the impact analysis', () => {
  it('gives the longest bearable stop, which the approver may set as the MTD', async () => {
    const id = await register({ rto: 'PT4H' });
    const LAW = ['NONE', 'LIMITED', 'LIMITED', 'SERIOUS', 'SERIOUS', 'SEVERE', 'SEVERE'];
    const { body } = await assess(id, {}, { impacts: { ...IMPACTS, LAW } });
    expect(body.mtd).toBe('P1D');
    expect((await approve(body.id, 'MODERATE', manager, { setMtd: true })).status).toBe(200);
    expect((await manager.get(`/systems/${id}`)).body.mtd).toBe('P1D');
  });

  it('is not set below the RTO', async () => {
    const id = await register({ rto: 'PT4H' });
    const PEOPLE = Array(7).fill('SEVERE');
    const { body } = await assess(id, {}, { impacts: { ...IMPACTS, PEOPLE } });
    const refused = await approve(body.id, 'MODERATE', manager, { setMtd: true });
    expect([refused.status, refused.body.errors[0]]).toMatchObject([422, { field: 'setMtd', code: 'RTO_ABOVE_MTD' }]);
    expect((await manager.get(`/systems/${id}`)).body.mtd).toBeNull();
  });

  it('is said to be shorter than the RTO when the approver leaves the MTD, until the RTO is another', async () => {
    const id = await register({ rto: 'PT4H' });
    const { body } = await assess(id, {}, { impacts: { ...IMPACTS, PEOPLE: Array(7).fill('SEVERE') } });
    expect(body).toMatchObject({ mtd: 'PT1H', rtoAboveMtd: true });
    expect((await approve(body.id, 'MODERATE', manager)).body).toMatchObject({ status: 'APPROVED', rtoAboveMtd: true });
    const { headers } = await manager.get(`/systems/${id}`);
    await manager.patch(`/systems/${id}`, { rto: 'PT1H' }, headers.get('etag'));
    expect((await manager.get(`/importance-assessments/${body.id}`)).body.rtoAboveMtd).toBe(false);
  });

  it('gets no milder with time, and has a level for each stop', async () => {
    const id = await register();
    const MONEY = ['SERIOUS', 'NONE', 'NONE', 'NONE', 'NONE', 'NONE', 'NONE'];
    const eased = await assess(id, {}, { impacts: { ...IMPACTS, MONEY } });
    expect([eased.status, eased.body.errors[0].field]).toEqual([422, 'impacts.MONEY[1]']);
    const short = await assess(id, {}, { impacts: { ...IMPACTS, MONEY: ['NONE'] } });
    expect([short.status, short.body.errors[0].field]).toEqual([400, 'impacts.MONEY']);
  });
});

describe('the approval', () => {
  it('gives the tier that another person decided, proves the review, and leaves the reason', async () => {
    const id = await register();
    const { body } = await assess(id, { lifeAndSafety: 'DIRECT' });
    const approved = await approve(body.id, 'HIGH', manager);
    expect(approved.status).toBe(200);
    expect(approved.body).toMatchObject({ status: 'APPROVED', approvedTier: 'HIGH', rationale: '所管課と確認した' });
    expect(approved.body.affected.map(({ ruleKey }: Answer['body']) => ruleKey)).toContain('importance-review');
    expect((await manager.get(`/systems/${id}`)).body.tier).toBe('HIGH');
    const { items } = (await manager.get(`/systems/${id}/tier-changes`)).body;
    expect(items[0]).toMatchObject({ status: 'APPROVED', requestedTier: 'HIGH', reason: '所管課と確認した' });
    expect(await dueOf(id)).toEqual(['MET', '2027-11-23']);
  });

  it('may differ from what was suggested', async () => {
    const id = await register();
    const { body } = await assess(id, { lifeAndSafety: 'DIRECT' });
    const approved = await approve(body.id, 'MODERATE', manager);
    expect(approved.body).toMatchObject({
      ...{ suggestedTier: 'HIGH', approvedTier: 'MODERATE' },
      ...{ approvedBy: { id: app.world.people.manager }, approvedAt: app.clock.now().toISOString() },
    });
  });

  it('of a raise gives grace, and leaves nothing overdue at once', async () => {
    const id = await register({ tier: 'LOW' });
    await approve((await assess(id, { lifeAndSafety: 'DIRECT' })).body.id, 'HIGH', manager);
    const { items } = (await manager.get(`/systems/${id}/obligations`)).body;
    expect(items.filter(({ state }: Answer['body']) => state === 'OVERDUE' || state === 'FAILED')).toEqual([]);
  });

  it('of a lowering from HIGH is for the CISO office, and comes with a review in six months', async () => {
    const id = await register({ tier: 'HIGH' });
    const { body } = await assess(id);
    expect((await approve(body.id, 'LOW', manager)).status).toBe(403);
    const lowered = await approve(body.id, 'LOW', ciso);
    expect([lowered.status, lowered.body.reviewOn]).toEqual([200, '2027-05-23']);
    expect(await dueOf(id)).toEqual(['MET', '2027-05-23']);
  });

  it('comes with that review also when a request lowers the tier, until the importance is assessed again', async () => {
    const id = await register({ tier: 'HIGH' });
    await approve((await assess(id, { lifeAndSafety: 'DIRECT' })).body.id, 'HIGH', manager);
    expect(await dueOf(id)).toEqual(['MET', '2027-11-23']);
    app.clock.advance({ minutes: 1 });
    await changeTier(app, id, 'LOW');
    expect(await dueOf(id)).toEqual(['MET', '2027-05-23']);
    app.clock.advance({ minutes: 1 });
    await approve((await assess(id)).body.id, 'LOW', manager);
    expect(await dueOf(id)).toEqual(['MET', '2028-11-23']);
  });

  it('counts the six months from the day on which the request was granted, however long the higher tier was held', async () => {
    const id = await register({ tier: 'HIGH' });
    await approve((await assess(id, { lifeAndSafety: 'DIRECT' })).body.id, 'HIGH', manager);
    const before = app.clock.now();
    await laterOn('2027-06-01T00:00:00Z');
    await changeTier(app, id, 'LOW');
    // The change itself reopens the review; once that is done, the six months are left.
    expect(await dueOf(id)).toEqual(['DUE_SOON', '2027-07-01']);
    await laterOn('2027-06-02T00:00:00Z');
    await prove(centreOf(app), id, { kind: 'REVIEW', subject: 'IMPORTANCE' });
    expect(await dueOf(id)).toEqual(['MET', '2027-12-01']);
    await laterOn(before.toISOString());
  });

  it('counts them from the day of the office, also before nine in the morning, when it is still yesterday in UTC', async () => {
    const id = await register({ tier: 'HIGH' });
    await approve((await assess(id, { lifeAndSafety: 'DIRECT' })).body.id, 'HIGH', manager);
    const before = app.clock.now();
    const eightInTokyo = '2027-06-01T23:00:00Z';
    await laterOn(eightInTokyo);
    await changeTier(app, id, 'LOW');
    await laterOn('2027-06-02T01:00:00Z');
    await prove(centreOf(app), id, { kind: 'REVIEW', subject: 'IMPORTANCE' });
    expect(await dueOf(id)).toEqual(['MET', '2027-12-02']);
    await laterOn(before.toISOString());
  });

  it('is never on one’s own answers, nor twice, nor while another request waits', async () => {
    const id = await register();
    const own = await assess(id, {}, {}, manager);
    expect((await approve(own.body.id, 'MODERATE', manager)).body.code).toBe('OWN_REQUEST');
    const direct = app.database.query(
      `UPDATE importance_assessment SET status = 'APPROVED', approved_tier = 'LOW', rationale = 'x', approved_at = now(),
         approved_by_id = made_by_id WHERE id = $1`,
      [own.body.id],
    );
    await expect(direct).rejects.toThrow('ck_importance_assessment_approver');
    await owner.post(`/systems/${id}/tier-changes`, { tier: 'HIGH', reason: '急ぎ' });
    expect((await approve(own.body.id, 'LOW', ciso)).body.code).toBe('TIER_CHANGE_WAITING');
    expect((await approve(own.body.id, 'MODERATE', ciso)).status).toBe(200);
    expect((await approve(own.body.id, 'MODERATE', ciso)).body.code).toBe('ASSESSMENT_NOT_SUBMITTED');
  });
});
