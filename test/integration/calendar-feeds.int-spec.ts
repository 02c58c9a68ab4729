import { startTestApp, type TestApp } from '../support/app';
import { drilled } from '../support/builders/drills';
import { registerSystem } from '../support/builders/systems';
import { type ParsedEvent, PARSERS } from '../support/calendar-parsers';
import type { Answer } from '../support/client';
import type { PersonName } from '../support/world';

const NASTY = '避難🔥訓練,システム;「長い名前」\\ END:VEVENT '.repeat(4).trim();

let service: TestApp;
let path: string;

beforeAll(async () => {
  service = await startTestApp('calendar feeds');
});
afterAll(() => service?.stop());

const subscribe = async (person: PersonName, body: object = {}): Promise<{ id: string; path: string }> => {
  const { status, body: made } = await (await service.as(person)).post('/calendar-feeds', body);
  expect([status, made.errors]).toEqual([201, undefined]);
  return { id: made.id, path: new URL(made.url).pathname.replace('/api/v1', '') };
};
const read = (feed: string, headers = {}): Promise<Answer> => service.browser().get(feed, headers);

/** The events, when all three readers agree on them. */
async function events(feed: string): Promise<ParsedEvent[]> {
  const { status, body } = await read(feed);
  expect(status).toBe(200);
  const [first, ...others] = PARSERS.map(([, parse]) => parse(body));
  for (const other of others) expect(other).toEqual(first);
  return first ?? [];
}

describe('a calendar of a person', () => {
  let drillId: string;
  let systemId: string;

  beforeAll(async () => {
    const { owner, operator } = service.world.people;
    systemId = (await registerSystem(service, { name: NASTY, ownerId: owner }, 'owner')).id;
    const participants = [{ userId: owner }, { userId: operator }];
    ({ drillId } = await drilled(service, { title: NASTY, scheduledAt: '2028-02-29T00:30:00Z', participants }));
    ({ path } = await subscribe('owner'));
  });

  it('is read the same by three readers', async () => {
    const found = await events(path);
    const rows = await service.dataSource.query(
      `SELECT 'duty-' || o.id || '@sonae' AS uid, o.due_on::text AS start FROM obligation o WHERE o.system_id = $1 AND o.due_on IS NOT NULL
         AND o.state NOT IN ('NOT_APPLICABLE','WAIVED') ORDER BY 1`,
      [systemId],
    );
    expect(rows.length).toBeGreaterThan(3);
    for (const { uid, start } of rows)
      expect(found.find((event) => event.uid === uid)).toMatchObject({ start, status: 'CONFIRMED', sequence: 0 });
    expect(
      found.filter(({ title }) => title.includes(NASTY.replaceAll('END:', 'END：'))).length,
    ).toBeGreaterThanOrEqual(rows.length);
  });

  it('is a calendar file without a session, and not sent again while nothing changes', async () => {
    const { headers } = await read(path);
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(headers.getSetCookie()).toEqual([]);
    const etag = headers.get('etag') ?? '';
    expect((await read(path, { 'if-none-match': etag })).status).toBe(304);
    expect((await read(path, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('tells what has ended as cancelled, with a higher sequence', async () => {
    const before = (await events(path)).filter(({ status }) => status === 'CONFIRMED');
    const owner = await service.as('owner');
    const system = await owner.get(`/systems/${systemId}`);
    const retired = await (
      await service.as('manager')
    ).ask('POST', `/systems/${systemId}/retire`, {
      body: { reason: '廃止' },
      headers: { 'if-match': system.headers.get('etag') ?? '' },
    });
    expect([retired.status, retired.body.errors]).toEqual([expect.any(Number), undefined]);
    expect(retired.status).toBeLessThan(300);
    const after = await events(path);
    expect(after.map(({ uid }) => uid)).toEqual(before.map(({ uid }) => uid));
    const cancelled = after.filter(({ status }) => status === 'CANCELLED');
    expect(cancelled.length).toBeGreaterThan(3);
    expect(new Set(cancelled.map(({ sequence }) => sequence))).toEqual(new Set([1]));
  });

  it('has the drills that one is booked for, and not after they are cancelled', async () => {
    const uid = `drill-${drillId}@sonae`;
    await service.dataSource.query(`UPDATE drill SET scheduled_at = '2027-03-28T00:30:00Z' WHERE id = $1`, [drillId]);
    await service.dataSource.query(
      'INSERT INTO drill_participant (drill_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [drillId, service.world.people.owner],
    );
    const drill = (await events(path)).find((event) => event.uid === uid);
    expect(drill).toMatchObject({ start: '2027-03-28T00:30:00.000Z', end: '2027-03-28T01:30:00.000Z', sequence: 0 });
    await service.dataSource.query('DELETE FROM drill_participant WHERE drill_id = $1', [drillId]);
    expect((await events(path)).find((event) => event.uid === uid)).toMatchObject({ status: 'CANCELLED', sequence: 1 });
  });

  it('ends with its address, and with the account', async () => {
    const feed = await subscribe('owner');
    const owner = await service.as('owner');
    const { items } = (await owner.get('/calendar-feeds')).body;
    expect(items.find(({ id }: { id: string }) => id === feed.id)).toMatchObject({
      organisation: null,
      lastReadAt: null,
    });
    const rotated = await owner.post(`/calendar-feeds/${feed.id}/rotate`);
    expect((await read(feed.path)).status).toBe(404);
    const next = new URL(rotated.body.url).pathname.replace('/api/v1', '');
    expect((await read(next)).status).toBe(200);
    expect((await owner.delete(`/calendar-feeds/${feed.id}`, null)).status).toBe(204);
    expect((await read(next)).status).toBe(404);
    const contributors = await subscribe('contributor');
    await service.dataSource.query('UPDATE app_user SET active = false WHERE id = $1', [
      service.world.people.contributor,
    ]);
    expect((await read(contributors.path)).status).toBe(404);
  });

  it('is empty for who has lost their roles', async () => {
    const feed = await subscribe('deputy');
    await service.dataSource.query('DELETE FROM role_assignment WHERE user_id = $1', [service.world.people.deputy]);
    expect(await events(feed.path)).toEqual([]);
  });

  it('keeps its secret as a hash only', async () => {
    const secret = path.split('/').pop()?.replace('.ics', '');
    const rows = await service.dataSource.query(
      'SELECT count(*)::int AS found FROM calendar_feed f WHERE f::text LIKE $1',
      [`%${secret}%`],
    );
    expect(rows).toEqual([{ found: 0 }]);
  });
});

describe('a calendar of an organisation', () => {
  it('is for who manages its channels', async () => {
    const { ministry } = service.world.organisations;
    const asked = async (person: PersonName): Promise<number> =>
      (await (await service.as(person)).post('/calendar-feeds', { organisationId: ministry })).status;
    expect([await asked('ciso'), await asked('outsider'), await asked('admin')]).toEqual([403, 422, 201]);
  });

  it('has what is below it, but for agencies that keep their details to themselves', async () => {
    await registerSystem(service, {}, 'manager');
    const { path: feed } = await subscribe('admin', {
      organisationId: service.world.organisations.ministry,
      locale: 'en',
    });
    const before = await events(feed);
    expect(before.length).toBeGreaterThan(3);
    await service.dataSource.query(
      'UPDATE organisation_closure SET details_open = false WHERE ancestor_id = $1 AND organisation_id <> $1',
      [service.world.organisations.ministry],
    );
    const after = await events(feed);
    expect(new Set(after.map(({ status }) => status))).toEqual(new Set(['CANCELLED']));
  });
});
