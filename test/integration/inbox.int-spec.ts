import { addDays } from '../../src/core/time/civil-date';
import { ObligationTick } from '../../src/obligations/clocks/obligation-tick';
import { tellPeople } from '../../src/obligations/notices/tell-people';
import { ReminderSweep } from '../../src/views/reminders/reminder-sweep';
import { startTestApp, type TestApp } from '../support/app';
import { prove, register } from '../support/centre/facts';
import { centreOf } from '../support/centre/of-app';
import type { Client } from '../support/client';

const START = '2026-11-23';

let app: TestApp;
let owner: Client;
let systemId: string;

beforeEach(async () => {
  app = await startTestApp('inbox', { settings: { SESSION_HOURS: '720', SESSION_IDLE_HOURS: '168' } });
  systemId = await register(centreOf(app));
  await onDay(0);
  owner = await app.as('owner');
});
afterEach(() => app.stop());

async function onDay(day: number): Promise<void> {
  app.clock.set(`${addDays(START, day)}T00:00:00Z`);
  await app.app.get(ObligationTick, { strict: false }).run();
  await app.app.get(ReminderSweep, { strict: false }).run();
}

interface Entry {
  id: string;
  kind: string;
  at: string;
  title: string;
  path: string;
  cleared: boolean;
  readAt: string | null;
}
const inbox = async (by: Client, filters = ''): Promise<Entry[]> =>
  (await by.get(`/me/inbox?limit=200${filters}`)).body.items;
const unread = async (by: Client): Promise<number> => (await by.get('/me/inbox/unread')).body.unread;
const noticeTo = (person: 'owner' | 'manager', occurrence = 'one'): Promise<void> =>
  app.dataSource.transaction((m) =>
    tellPeople(m, [
      {
        ...{ userId: app.world.people[person], kind: 'ADVICE_ANSWERED', occurrence, systemId: null, systemCount: 1 },
        ...{ organisationIds: [], path: '/advice/1', note: '返事', createdAt: app.clock.now() },
      },
    ]),
  );

describe('the inbox', () => {
  it('has what the ledgers say, the newest first, with the way to what clears it, before any mail is sent', async () => {
    app.clock.set('2026-11-23T01:00:00Z');
    await noticeTo('owner');
    const [newest, ...reminders] = await inbox(owner);
    expect(newest).toMatchObject({
      ...{ kind: 'NOTICE', title: '依頼した助言に回答がありました', note: '返事', path: '/advice/1', readAt: null },
    });
    const [{ count }] = (await app.database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM reminder WHERE recipient_id = $1',
      [app.world.people.owner],
    )) as [{ count: number }];
    expect(reminders).toHaveLength(count);
    const [{ id }] = (await app.database.query<{ id: string }>(
      `SELECT id FROM obligation WHERE system_id = $1 AND rule_key = 'procedure-review'`,
      [systemId],
    )) as [{ id: string }];
    expect(reminders.find(({ path }) => path.includes(id))).toMatchObject({
      ...{
        kind: 'REMINDER',
        dueOn: '2026-12-23',
        cleared: false,
        path: `/systems/${systemId}?tab=obligations&act=${id}`,
      },
    });
    expect(await unread(owner)).toBe(count + 1);
  });

  it('is one’s own, whatever one may see', async () => {
    for (const person of ['admin', 'manager', 'outsider'] as const)
      expect(await inbox(await app.as(person))).toEqual([]);
  });

  it('is there for who cannot be reached by mail', async () => {
    await app.database.query(`UPDATE reminder SET status = 'FAILED', outcome = 'no such mailbox'`);
    expect((await inbox(owner)).length).toBeGreaterThan(0);
    await app.database.query(`UPDATE reminder SET status = 'CANCELLED'`);
    expect(await inbox(owner)).toEqual([]);
    expect(await unread(owner)).toBe(0);
  });

  it('pages by a cursor without leaving out or repeating anything', async () => {
    const whole = await inbox(owner);
    const paged: Entry[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await owner.get(`/me/inbox?limit=3${cursor && `&cursor=${cursor}`}`);
      paged.push(...body.items);
      cursor = body.nextCursor;
    }
    expect(paged.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
    expect(whole.length).toBeGreaterThan(6);
  });

  it('remembers what has been read, once, and counts the rest', async () => {
    const before = await unread(owner);
    const [first] = (await inbox(owner)) as [Entry];
    expect(await owner.post(`/me/inbox/${first.id}/read`)).toMatchObject({ status: 200, body: { unread: before - 1 } });
    app.clock.set('2026-11-24T00:00:00Z');
    await owner.post(`/me/inbox/${first.id}/read`);
    expect((await inbox(owner, '&unread=false')).map(({ id, readAt }) => [id, readAt])).toEqual([
      [first.id, '2026-11-23T00:00:00.000Z'],
    ]);
    expect(await inbox(owner, '&unread=true')).toHaveLength(before - 1);
    for (const person of ['manager', 'outsider'] as const)
      expect(await (await app.as(person)).post(`/me/inbox/${first.id}/read`)).toMatchObject({
        ...{ status: 404, body: { code: 'INBOX_ENTRY_NOT_FOUND' } },
      });
  });

  it('is read as far as it was seen: what came later stays unread', async () => {
    const [seen] = (await inbox(owner)) as [Entry];
    app.clock.set('2026-11-23T05:00:00Z');
    await noticeTo('owner');
    await noticeTo('manager');
    expect(await owner.post('/me/inbox/read', { through: seen.at })).toMatchObject({
      status: 200,
      body: { unread: 1 },
    });
    expect(await unread(await app.as('manager'))).toBe(1);
    const [{ at }] = (await inbox(owner)) as [Entry];
    expect((await owner.post('/me/inbox/read', { through: at })).body).toEqual({ unread: 0 });
    expect(await owner.post('/me/inbox/read', { through: 'now' })).toMatchObject({
      ...{ status: 400, body: { errors: [{ field: 'through' }] } },
    });
  });

  it('says what has been cleared since, and shows escalations to whom they went, which reading does not acknowledge', async () => {
    await onDay(30);
    await onDay(35);
    const manager = await app.as('manager');
    const [escalation] = (await inbox(manager, '&kind=ESCALATION')) as [Entry];
    await manager.post(`/me/inbox/${escalation.id}/read`);
    expect((await manager.get('/me/escalations')).body.items.map(({ id }: Entry) => id)).toContain(escalation.id);
    expect(await inbox(manager, '&kind=REMINDER,NOTICE')).toEqual([]);
    await prove(centreOf(app), systemId, { kind: 'APPROVAL', subject: 'PROCEDURE' });
    const cleared = (await inbox(manager)).filter((entry) => entry.cleared);
    expect(new Set(cleared.map(({ path }) => path))).toEqual(new Set([`/systems/${systemId}?tab=obligations`]));
    expect(cleared.map(({ title }) => title)).toContain('復旧手順の整備');
    expect((await inbox(manager)).length).toBeGreaterThan(cleared.length);
    await app.database.query('DELETE FROM role_assignment WHERE user_id = $1', [app.world.people.manager]);
    expect(await inbox(manager)).toEqual([]);
  });
});
