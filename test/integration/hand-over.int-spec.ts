import { DigestFormer } from '../../src/views/outbox/digest/digest-former';
import { MailDelivery } from '../../src/views/outbox/mail-delivery';
import { ReminderSweep } from '../../src/views/reminders/reminder-sweep';
import { startTestApp, type TestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Client } from '../support/client';
import type { PersonName } from '../support/world';

let app: TestApp;
let owner: Client;
let manager: Client;
let admin: Client;

beforeEach(async () => {
  app = await startTestApp('hand over', { settings: { DIGEST_AT: '00:00', PUBLIC_URL: 'https://sonae.example' } });
  [owner, manager, admin] = await Promise.all([app.as('owner'), app.as('manager'), app.as('admin')]);
});
afterEach(() => app.stop());

const find = <T>(type: new (...args: never[]) => T): T => app.app.get(type as never, { strict: false });
const sweep = async (): Promise<void> => void (await find(ReminderSweep).run());
async function mailed(): Promise<void> {
  await find(DigestFormer).run();
  for (const id of await find(MailDelivery).due(100)) await find(MailDelivery).deliver(id);
}
const mailTo = async (person: PersonName): Promise<{ subject: string; text: string } | undefined> =>
  (
    await app.database.query<{ subject: string; text: string }>(
      `SELECT subject, text FROM mail WHERE recipient_id = $1 AND text IS NOT NULL ORDER BY id DESC`,
      [app.world.people[person]],
    )
  )[0];
const waitingFor = (systemId: string): Promise<{ recipientId: string; status: string }[]> =>
  app.database.query(
    `SELECT recipient_id AS "recipientId", status FROM reminder WHERE system_id = $1 AND audience = 'OWNER' AND mail_id IS NULL`,
    [systemId],
  );

describe('handing one system over', () => {
  it('moves what was still to be reminded of, keeps the obligations, and tells both with a link', async () => {
    const { people } = app.world;
    const { id } = await registerSystem(app, { ownerId: people.owner, name: '申請受付' });
    app.clock.set('2027-03-01T00:00:00Z');
    await sweep();
    const before = await waitingFor(id);
    expect(before.length).toBeGreaterThan(3);
    expect(new Set(before.map(({ recipientId }) => recipientId))).toEqual(new Set([people.owner]));
    app.clock.set('2026-11-23T01:00:00Z');
    const preview = (await manager.get(`/users/${people.owner}/hand-over`)).body;
    expect(preview).toMatchObject({
      others: 0,
      items: [{ id, owns: true, deputises: false, waitingReminders: before.length }],
    });
    const answer = await owner.post(`/systems/${id}/hand-over`, { ownerId: people.deputy, note: '鍵は金庫にある' });
    expect(answer).toMatchObject({ status: 200, body: { owner: { id: people.deputy }, version: 2 } });
    expect(new Set((await waitingFor(id)).map(({ recipientId }) => recipientId))).toEqual(new Set([people.deputy]));
    const [event] = await app.database.query('SELECT before, after FROM audit_event WHERE action = $1', [
      'system.handed_over',
    ]);
    expect(event).toEqual({
      before: { ownerId: people.owner },
      after: { ownerId: people.deputy, note: '鍵は金庫にある' },
    });
    await mailed();
    expect((await mailTo('deputy'))?.text).toContain('申請受付');
    expect((await mailTo('deputy'))?.text).toContain('鍵は金庫にある');
    expect(await mailTo('owner')).toMatchObject({
      subject: expect.stringContaining('【お知らせ】'),
      text: expect.stringContaining(`https://sonae.example/systems/${id}`),
    });
  });

  it('tells in the language of each, and says nothing to who has left', async () => {
    const { people } = app.world;
    await app.database.query(`UPDATE app_user SET locale = 'en' WHERE id = $1`, [people.deputy]);
    await app.database.query('UPDATE app_user SET active = false WHERE id = $1', [people.contributor]);
    const { id } = await registerSystem(app, { nameEn: 'Intake' });
    await app.database.query('UPDATE system SET owner_id = $2 WHERE id = $1', [id, people.contributor]);
    expect((await manager.post(`/systems/${id}/hand-over`, { ownerId: people.deputy })).status).toBe(200);
    await mailed();
    expect((await mailTo('deputy'))?.subject).toBe(
      `[Notice] Intake (${(await manager.get(`/systems/${id}`)).body.code}) has been handed over to you`,
    );
    const told = await app.database.query<{ user_id: string }>('SELECT user_id FROM notice');
    expect(told.map((row) => Object.values(row)[0])).toEqual([people.deputy]);
  });

  it('leaves the place of a deputy free who becomes the owner, and opens the reviews again', async () => {
    const { people } = app.world;
    const { id } = await registerSystem(app, { ownerId: people.owner, deputyId: people.deputy });
    const { body } = await manager.post(`/systems/${id}/hand-over`, { ownerId: people.deputy });
    expect(body).toMatchObject({ owner: { id: people.deputy }, deputy: null });
    const [row] = await app.database.query('SELECT changed_on::text AS "changedOn" FROM system WHERE id = $1', [id]);
    expect(row).toEqual({ changedOn: '2026-11-23' });
  });

  it('refuses auditors, strangers, nobody, and a retired system', async () => {
    const { people } = app.world;
    const { id } = await registerSystem(app, { ownerId: people.owner });
    const refused = async (body: object): Promise<unknown> =>
      (await manager.post(`/systems/${id}/hand-over`, body)).body.errors?.map(
        ({ field, code }: { field: string; code: string }) => `${field} ${code}`,
      );
    expect(await refused({ ownerId: people.auditor })).toEqual(['ownerId IS_AUDITOR']);
    expect(await refused({ deputyId: people.outsider })).toEqual(['deputyId UNKNOWN_USER']);
    expect(await refused({})).toEqual(['ownerId REQUIRED']);
    await manager.post(`/systems/${id}/retire`, { reason: '廃止' });
    expect((await manager.post(`/systems/${id}/hand-over`, { ownerId: people.deputy })).body.code).toBe(
      'SYSTEM_RETIRED',
    );
    expect(await app.database.query('SELECT FROM notice')).toEqual([]);
  });
});

describe('improvement items of a system that is handed over', () => {
  it('go to the new owner when they are open and were the old one’s, and are in the preview', async () => {
    const { people } = app.world;
    const { id } = await registerSystem(app, { ownerId: people.owner });
    const raise = async (ownerId: string): Promise<string> => {
      const { status, body } = await manager.post('/improvements', {
        ...{ systemId: id, source: 'AUDIT', title: '手順の不備', ownerId, dueOn: '2026-12-31' },
      });
      expect(status).toBe(201);
      return body.id;
    };
    const [mine, other] = [await raise(people.owner), await raise(people.manager)];
    const preview = (await manager.get(`/users/${people.owner}/hand-over`)).body;
    expect(preview.items).toMatchObject([{ id, improvementItems: 1 }]);
    expect((await manager.post(`/systems/${id}/hand-over`, { ownerId: people.deputy })).status).toBe(200);
    const owners = await app.database.query('SELECT id, owner_id AS "ownerId" FROM improvement_item ORDER BY id');
    expect(owners).toEqual([
      { id: mine, ownerId: people.deputy },
      { id: other, ownerId: people.manager },
    ]);
    const [event] = await app.database.query(
      `SELECT record_id AS "recordId", before, after FROM audit_event WHERE action = 'improvement.changed'`,
    );
    expect(event).toEqual({ recordId: mine, before: { ownerId: people.owner }, after: { ownerId: people.deputy } });
  });
});

describe('handing over everything of a person', () => {
  it('moves the places of owner and deputy at once, with one notice to each', async () => {
    const { people } = app.world;
    const first = await registerSystem(app, { ownerId: people.owner });
    const second = await registerSystem(app, { ownerId: people.manager, deputyId: people.owner });
    const third = await registerSystem(app, { ownerId: people.owner });
    const systemIds = [first.id, second.id];
    const { status, body } = await admin.post(`/users/${people.owner}/hand-over`, { toId: people.deputy, systemIds });
    expect([status, body]).toEqual([200, { systems: 2 }]);
    const places = await app.database.query<Record<string, string>>(
      'SELECT id, owner_id AS "ownerId", deputy_id AS "deputyId" FROM system ORDER BY code',
    );
    expect(places).toEqual([
      { id: first.id, ownerId: people.deputy, deputyId: null },
      { id: second.id, ownerId: people.manager, deputyId: people.deputy },
      { id: third.id, ownerId: people.owner, deputyId: null },
    ]);
    await mailed();
    expect((await mailTo('deputy'))?.text).toContain('ほか1件の担当を引き継ぎました');
    expect((await mailTo('deputy'))?.text).toContain('https://sonae.example/systems?owner=me');
  });

  it('writes nothing at all when one system is not theirs, or the caller may not change one', async () => {
    const { people } = app.world;
    const mine = await registerSystem(app, { ownerId: people.owner });
    const other = await registerSystem(app, { ownerId: people.manager });
    const ask = (by: Client, systemIds: string[]) =>
      by.post(`/users/${people.owner}/hand-over`, { toId: people.deputy, systemIds });
    expect((await ask(admin, [mine.id, other.id])).body.errors).toMatchObject([
      { field: 'systemIds[1]', code: 'NOT_FOUND' },
    ]);
    expect((await ask(owner, [mine.id, other.id])).status).toBe(403);
    expect((await ask(await app.as('outsider'), [mine.id])).status).toBe(404);
    expect((await manager.get(`/systems/${mine.id}`)).body.owner.id).toBe(people.owner);
  });
});

it('a mail of notices alone is retried, and seen in the outbox by who has all the organisations', async () => {
  const { people, organisations } = app.world;
  const { id } = await registerSystem(app, { ownerId: people.owner });
  await manager.post(`/systems/${id}/hand-over`, { ownerId: people.deputy });
  await find(DigestFormer).run();
  expect((await admin.get('/outbox')).body.items).toHaveLength(2);
  await app.database.query('UPDATE notice SET organisation_ids = organisation_ids || $1::uuid', [
    organisations.otherMinistry,
  ]);
  expect((await admin.get('/outbox')).body.items).toEqual([]);
});
