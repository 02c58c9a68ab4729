import { ObligationTick } from '../../src/obligations/clocks/obligation-tick';
import { ObligationLedger } from '../../src/obligations/obligation-ledger';
import { ReminderSweep } from '../../src/views/reminders/reminder-sweep';
import { startTestApp, type TestApp } from '../support/app';
import { emailOf, PASSWORD, type PersonName } from '../support/world';
import { changeTier, registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let owner: Client;
let manager: Client;
let ciso: Client;

beforeEach(async () => {
  app = await startTestApp('waivers');
  [owner, manager, ciso] = await Promise.all([app.as('owner'), app.as('manager'), app.as('ciso')]);
});
afterEach(() => app.stop());

const FIELDS = { reason: '更改の途中である', compensatingMeasure: '毎週、手作業で写しを取る', expiresOn: '2027-02-28' };

const register = async (tier = 'MODERATE'): Promise<string> => (await registerSystem(app, { tier }, 'owner')).id;
async function obligation(systemId: string, ruleKey: string): Promise<Answer['body']> {
  const { body } = await manager.get(`/systems/${systemId}/obligations`);
  return body.items.find((item: Answer['body']) => item.ruleKey === ruleKey);
}
const request = async (systemId: string, ruleKey: string, more: object = {}, by: Client = owner): Promise<Answer> =>
  by.post(`/obligations/${(await obligation(systemId, ruleKey)).id}/waivers`, { ...FIELDS, ...more });
async function signIn(person: PersonName): Promise<Client> {
  const browser = app.browser();
  expect((await browser.post('/auth/login', { email: emailOf(person), password: PASSWORD })).status).toBe(200);
  return browser;
}
async function at(instant: string): Promise<void> {
  app.clock.set(instant);
  await app.app.get(ObligationTick, { strict: false }).run();
  // Their sessions have ended long since.
  [owner, manager, ciso] = [await signIn('owner'), await signIn('manager'), await signIn('ciso')];
}

describe('a waiver', () => {
  it('is asked for, granted by another person, and ends on its day with the true state', async () => {
    const id = await register();
    const asked = await request(id, 'drill-functional');
    expect(asked.status).toBe(201);
    expect(asked.body).toMatchObject({ status: 'REQUESTED', inForce: false, renewals: 0, offered: ['withdraw'] });
    expect((await obligation(id, 'drill-functional')).state).toBe('UNKNOWN');
    const seen = (await manager.get(`/waivers/${asked.body.id}`)).body;
    expect(seen).toMatchObject({ offered: ['approve', 'reject'], ruleTitle: expect.any(String), dataset: null });
    const granted = await manager.post(`/waivers/${asked.body.id}/approve`, { comment: '期限内に更改すること' });
    expect(granted.body).toMatchObject({ status: 'APPROVED', inForce: true, offered: ['revoke'] });
    expect(await obligation(id, 'drill-functional')).toMatchObject({ state: 'WAIVED', dueOn: '2027-02-28' });
    await at('2027-02-28T14:59:59Z');
    expect((await obligation(id, 'drill-functional')).state).toBe('WAIVED');
    await at('2027-02-28T15:00:00Z');
    expect((await obligation(id, 'drill-functional')).state).toBe('OVERDUE');
    expect((await manager.get(`/waivers/${asked.body.id}`)).body).toMatchObject({ inForce: false, offered: [] });
  });

  it('makes nothing green: the system is ready with waivers at the best, and waived is not met', async () => {
    const id = await register();
    const { body } = await request(id, 'drill-functional');
    await manager.post(`/waivers/${body.id}/approve`, {});
    const { counts, verdict } = (await manager.get(`/systems/${id}/readiness`)).body;
    expect(counts).toMatchObject({ waived: 1, met: 0 });
    expect(verdict).not.toBe('READY');
  });

  it('is announced 30, 14 and 7 days before its end and on the day', async () => {
    const id = await register();
    const { body } = await request(id, 'drill-functional');
    await manager.post(`/waivers/${body.id}/approve`, {});
    const about = `SELECT r.offset_days AS "offsetDays" FROM reminder r JOIN obligation o ON o.id = r.obligation_id
      WHERE o.system_id = $1 AND o.rule_key = 'drill-functional' AND r.occurrence LIKE 'WAIVER:%' ORDER BY r.offset_days`;
    for (const day of ['2027-01-28', '2027-01-29', '2027-02-14', '2027-02-21', '2027-02-28']) {
      await at(`${day}T03:00:00Z`);
      await app.app.get(ReminderSweep, { strict: false }).run();
    }
    const rows = await app.database.query<{ offsetDays: number }>(about, [id]);
    expect(rows.map(({ offsetDays }) => offsetDays)).toEqual([-30, -14, -7, 0]);
  });

  it('counts how often it was renewed without a gap', async () => {
    const id = await register();
    const first = await request(id, 'drill-functional', { expiresOn: '2026-12-31' });
    await manager.post(`/waivers/${first.body.id}/approve`, {});
    await at('2026-12-20T03:00:00Z');
    const second = await request(id, 'drill-functional', { expiresOn: '2027-01-31' });
    expect(second.body.renewals).toBe(1);
    await manager.post(`/waivers/${second.body.id}/approve`, {});
    await at('2027-01-10T03:00:00Z');
    expect(await obligation(id, 'drill-functional')).toMatchObject({ state: 'WAIVED', dueOn: '2027-01-31' });
    await at('2027-03-01T03:00:00Z');
    expect((await request(id, 'drill-functional', { expiresOn: '2027-04-30' })).body.renewals).toBe(0);
  });

  it('that is granted only after a gap is no renewal, though it was asked for in time', async () => {
    const id = await register();
    const first = await request(id, 'drill-functional', { expiresOn: '2026-12-31' });
    await manager.post(`/waivers/${first.body.id}/approve`, {});
    await at('2026-12-20T03:00:00Z');
    const second = await request(id, 'drill-functional', { expiresOn: '2027-02-28' });
    expect(second.body.renewals).toBe(1);
    await at('2027-01-02T03:00:00Z');
    expect((await manager.get(`/waivers/${second.body.id}`)).body.renewals).toBe(1);
    expect((await manager.post(`/waivers/${second.body.id}/approve`, {})).body).toMatchObject({
      ...{ status: 'APPROVED', renewals: 0 },
    });
  });

  it('that is granted on the day after the one before it ended is a renewal', async () => {
    const id = await register();
    const first = await request(id, 'drill-functional', { expiresOn: '2026-12-31' });
    await manager.post(`/waivers/${first.body.id}/approve`, {});
    await at('2026-12-20T03:00:00Z');
    const second = await request(id, 'drill-functional', { expiresOn: '2027-02-28' });
    await at('2027-01-01T03:00:00Z');
    expect((await manager.post(`/waivers/${second.body.id}/approve`, {})).body.renewals).toBe(1);
  });

  it('is rejected with a reason by another person, which changes no state; where its measure is on record is kept', async () => {
    const id = await register();
    const asked = await request(id, 'drill-functional', { evidence: '共有フォルダ/例外/12' });
    expect(asked.body.evidence).toBe('共有フォルダ/例外/12');
    expect((await manager.post(`/waivers/${asked.body.id}/reject`, {})).status).toBe(400);
    const rejected = await manager.post(`/waivers/${asked.body.id}/reject`, { comment: '措置が足りない' });
    expect(rejected.body).toMatchObject({
      ...{ status: 'REJECTED', inForce: false, comment: '措置が足りない', offered: [] },
      decidedBy: { id: app.world.people.manager },
    });
    expect((await obligation(id, 'drill-functional')).state).toBe('UNKNOWN');
    expect((await manager.post(`/waivers/${asked.body.id}/approve`, {})).body.code).toBe('WAIVER_DECIDED');
    expect((await request(id, 'drill-functional')).status).toBe(201);
    const events = await app.database.query(
      `SELECT before, after FROM audit_event WHERE record_id = $1 AND action = 'waiver.rejected'`,
      [asked.body.id],
    );
    expect(events).toMatchObject([
      { before: { status: 'REQUESTED' }, after: { status: 'REJECTED', comment: '措置が足りない' } },
    ]);
  });

  it('is revoked with a reason, and the true state is back at once', async () => {
    const id = await register();
    const { body } = await request(id, 'drill-functional');
    await manager.post(`/waivers/${body.id}/approve`, {});
    expect((await manager.post(`/waivers/${body.id}/revoke`, {})).status).toBe(400);
    const revoked = await manager.post(`/waivers/${body.id}/revoke`, { comment: '更改が終わった' });
    expect(revoked.body).toMatchObject({ status: 'REVOKED', inForce: false, comment: '更改が終わった', offered: [] });
    expect((await obligation(id, 'drill-functional')).state).toBe('UNKNOWN');
  });

  it('is exported with what its page shows, down to why and by whom it was revoked', async () => {
    const id = await register();
    const { body } = await request(id, 'drill-functional', { evidence: '共有フォルダ/例外/12' });
    await manager.post(`/waivers/${body.id}/approve`, {});
    await ciso.post(`/waivers/${body.id}/revoke`, { comment: '更改が終わった' });
    const [row] = (await manager.get(`/waivers/export?format=json&systemId=${id}`)).body;
    expect(row).toMatchObject({
      ...{ status: 'REVOKED', whereOnRecord: '共有フォルダ/例外/12', comment: '更改が終わった' },
      ...{ revokedBy: expect.any(String), revokedAt: '2026-11-23T00:00:00.000Z' },
    });
  });

  it('survives a rebuild of everything', async () => {
    const id = await register();
    const { body } = await request(id, 'drill-functional');
    await manager.post(`/waivers/${body.id}/approve`, {});
    const before = await app.database.query('SELECT * FROM obligation WHERE system_id = $1 ORDER BY id', [id]);
    await app.database.query(`UPDATE obligation SET state = 'MET' WHERE system_id = $1`, [id]);
    await app.app.get(ObligationLedger, { strict: false }).refreshAll(app.dataSource.manager);
    expect(await app.database.query('SELECT * FROM obligation WHERE system_id = $1 ORDER BY id', [id])).toEqual(before);
  });
});

describe('what is refused', () => {
  it('backups of a HIGH system, also when it became HIGH after the request', async () => {
    const high = await register('HIGH');
    expect((await request(high, 'backup-verification')).body.code).toBe('NOT_WAIVABLE');
    // And so it is not offered either.
    const { items } = (await owner.get(`/systems/${high}/obligations?limit=200`)).body;
    const waivable = Object.fromEntries(items.map((each: Answer['body']) => [each.ruleKey, each.waivable]));
    expect(waivable).toMatchObject({ 'backup-verification': false, 'backup-copies': false, 'restore-test': true });
    const raised = await register('MODERATE');
    const { body } = await request(raised, 'backup-verification');
    await changeTier(app, raised, 'HIGH');
    expect((await manager.post(`/waivers/${body.id}/approve`, {})).body.code).toBe('NOT_WAIVABLE');
  });

  it('an end beyond the limit of the tier that the system was raised to after the request', async () => {
    const id = await register('MODERATE');
    const { body } = await request(id, 'procedure-review', { expiresOn: '2027-10-31' });
    await changeTier(app, id, 'HIGH');
    const refused = await manager.post(`/waivers/${body.id}/approve`, {});
    expect([refused.status, refused.body.errors[0].code]).toEqual([422, 'BEYOND_WAIVER_LIMIT']);
  });

  it('an end beyond the limit of the tier, or in the past', async () => {
    const [high, low] = [await register('HIGH'), await register('LOW')];
    const errorOf = async (systemId: string, expiresOn: string): Promise<unknown> => {
      const { status, body } = await request(systemId, 'procedure-review', { expiresOn });
      return [status, body.errors?.[0]?.field, body.errors?.[0]?.code];
    };
    expect(await errorOf(high, '2027-05-24')).toEqual([422, 'expiresOn', 'BEYOND_WAIVER_LIMIT']);
    expect((await request(high, 'procedure-review', { expiresOn: '2027-05-24' })).body.errors[0].message).toBe(
      '例外措置の期限は 2027年5月23日（日） までです。',
    );
    expect(await errorOf(high, '2027-05-23')).toEqual([201, undefined, undefined]);
    expect(await errorOf(low, '2027-11-24')).toEqual([422, 'expiresOn', 'BEYOND_WAIVER_LIMIT']);
    expect(await errorOf(low, '2026-11-22')).toEqual([422, 'expiresOn', 'IN_THE_PAST']);
    expect(await errorOf(low, '2026-02-30')).toEqual([400, 'expiresOn', expect.any(String)]);
  });

  it('a decision on one’s own request, by the service and by the database', async () => {
    const id = await register();
    const { body } = await request(id, 'drill-functional', {}, manager);
    for (const step of ['approve', 'reject'])
      expect((await manager.post(`/waivers/${body.id}/${step}`, { comment: 'x' })).body.code).toBe('OWN_REQUEST');
    const direct = app.database.query(
      `UPDATE waiver SET status = 'APPROVED', decided_by_id = requested_by_id, decided_at = now() WHERE id = $1`,
      [body.id],
    );
    await expect(direct).rejects.toThrow('ck_waiver_decider');
    expect((await ciso.post(`/waivers/${body.id}/approve`, {})).status).toBe(200);
    expect((await ciso.post(`/waivers/${body.id}/approve`, {})).body.code).toBe('WAIVER_DECIDED');
  });

  it('a second request while one waits; the first may be withdrawn by who made it', async () => {
    const id = await register();
    const { body } = await request(id, 'drill-functional');
    expect((await request(id, 'drill-functional')).body.code).toBe('WAIVER_WAITING');
    expect((await manager.post(`/waivers/${body.id}/withdraw`)).status).toBe(403);
    expect((await owner.post(`/waivers/${body.id}/withdraw`)).body.status).toBe('WITHDRAWN');
    expect((await request(id, 'drill-functional')).status).toBe(201);
  });

  it('everything to those who may not see or write', async () => {
    const id = await register();
    const { body } = await request(id, 'drill-functional');
    const outsider = await app.as('outsider');
    expect((await outsider.get(`/waivers/${body.id}`)).status).toBe(404);
    expect((await outsider.post(`/waivers/${body.id}/approve`, {})).status).toBe(404);
    expect((await outsider.get('/waivers')).body.items).toEqual([]);
    expect((await request(id, 'procedure-review', {}, await app.as('auditor'))).status).toBe(403);
    expect((await owner.post(`/waivers/${body.id}/approve`, {})).status).toBe(403);
    const listed = (await manager.get(`/waivers?systemId=${id}&status=REQUESTED`)).body.items;
    expect(listed.map((waiver: Answer['body']) => waiver.id)).toEqual([body.id]);
  });
});
