import { verifyExport } from '../../src/audit/chain/exported-chain';
import { type TestApp, startTestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';
import { eventually } from '../support/eventually';

interface Event {
  id: string;
  seq: number;
  action: string;
  recordType: string;
  recordId: string | null;
  recordName: string | null;
  address: string | null;
  actor: { displayName: string } | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

let app: TestApp;
let admin: Client;
let auditor: Client;
let system: Answer['body'];
let elsewhere: Answer['body'];

beforeAll(async () => {
  app = await startTestApp('audit events', { settings: { TRUST_PROXY: '127.0.0.1' } });
  [admin, auditor] = [await app.as('admin'), await app.as('auditor')];
  system = await registerSystem(app, { ownerId: app.world.people.owner, nameEn: 'Licensing' });
  const outsider = await app.as('outsider');
  const { otherMinistry } = app.world.organisations;
  elsewhere = (
    await outsider.post('/systems', { code: 'X', name: '別の物', tier: 'LOW', organisationId: otherMinistry })
  ).body;
});
afterAll(() => app.stop());

const search = async (by: Client, query: string): Promise<Event[]> =>
  (await by.get(`/audit-events?limit=200&${query}`)).body.items as Event[];
const actions = (events: Event[]): string[] => events.map(({ action }) => action);
async function* linesOf(text: string): AsyncGenerator<string> {
  yield* text.split('\n');
}
const exported = async (by: Client, query = ''): Promise<string> =>
  (await by.get(`/audit-events/export${query}`)).body as string;

describe('the audit events', () => {
  it('say who did what to which record, with the names of today', async () => {
    const [event] = await search(auditor, `recordId=${system.id}`);
    expect(event).toMatchObject({
      action: 'system.created',
      actor: { displayName: '責任 一郎' },
      recordName: system.name,
      recordNameEn: 'Licensing',
      address: '127.0.0.1',
      after: expect.objectContaining({ code: system.code }),
    });
  });

  it('are found by day, person, kind of action, record and words, the newest first', async () => {
    const { headers } = await admin.get(`/systems/${system.id}`);
    await admin.patch(`/systems/${system.id}`, { supplier: '見本電算' }, headers.get('etag'));
    expect(actions(await search(auditor, `recordId=${system.id}&action=system.`))).toEqual([
      'system.changed',
      'system.created',
    ]);
    expect(actions(await search(auditor, `actorId=${app.world.people.admin}&action=system.changed`))).toHaveLength(1);
    expect(actions(await search(auditor, `q=${encodeURIComponent('見本電算')}`))).toEqual(['system.changed']);
    expect(await search(auditor, 'q=100%25_nothing')).toEqual([]);
    expect(await search(auditor, 'to=2026-11-22')).toEqual([]);
    expect((await search(auditor, 'from=2026-11-23&to=2026-11-23')).length).toBeGreaterThan(3);
  });

  it('are a history of a system with everything that belongs to it', async () => {
    const owner = await app.as('owner');
    const proof = { kind: 'REVIEW', subject: 'CONTACTS', outcome: 'PASSED', performedAt: '2026-11-22T06:00:00Z' };
    await owner.post(`/systems/${system.id}/evidence`, proof);
    const history = actions(await search(auditor, `systemId=${system.id}`));
    expect(history).toEqual(expect.arrayContaining(['evidence.recorded', 'system.created']));
  });

  it('come in pages without a gap', async () => {
    const all = await search(auditor, '');
    const paged: Event[] = [];
    for (let cursor = ''; ;) {
      const { body } = await auditor.get(`/audit-events?limit=2${cursor && `&cursor=${cursor}`}`);
      paged.push(...(body.items as Event[]));
      if (!body.nextCursor || paged.length > all.length) break;
      cursor = body.nextCursor as string;
    }
    expect(paged.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  });

  it('are those of one’s own organisations', async () => {
    expect(await search(auditor, `recordId=${elsewhere.id}`)).toEqual([]);
    expect(actions(await search(await app.as('outsider'), `recordId=${system.id}`))).toEqual([]);
  });

  it('are shown to administrators, the CISO’s office and auditors alone', async () => {
    const statusOf = async (person: Parameters<TestApp['as']>[0], path: string): Promise<number> =>
      (await (await app.as(person)).get(path)).status;
    for (const person of ['owner', 'manager', 'operator', 'contributor'] as const)
      expect([person, await statusOf(person, '/audit-events'), await statusOf(person, '/audit-events/export')]).toEqual(
        [person, 403, 403],
      );
    expect([await statusOf('ciso', '/audit-events'), await statusOf('ciso', '/audit-events/verify')]).toEqual([
      200, 403,
    ]);
  });

  it.each([
    ['from=2026-13-01', 'from'],
    ['actorId=me', 'actorId'],
    ['action=%27;--', 'action'],
    ['colour=red', 'colour'],
  ])('are not searched by %s', async (query, field) => {
    const { status, body } = await auditor.get(`/audit-events?${query}`);
    expect([status, body.errors[0].field]).toEqual([400, field]);
  });
});

describe('looking at the record', () => {
  it('is on record itself, once an hour', async () => {
    await search(auditor, '');
    await search(auditor, '');
    const views = async (): Promise<number> =>
      (await search(admin, `actorId=${app.world.people.auditor}&action=audit.viewed`)).length;
    expect(await views()).toBe(1);
    app.clock.set('2026-11-23T01:00:00Z');
    await search(auditor, '');
    expect(await views()).toBe(2);
  });
});

describe('a denied attempt', () => {
  const denials = (): Promise<Event[]> => search(admin, `actorId=${app.world.people.owner}&action=access.denied`);

  it('is on record: what is forbidden, where whoever made it works', async () => {
    const owner = await app.as('owner');
    await owner.get('/queues');
    const events = await eventually(denials, (found) => found.some(({ after }) => after?.route === '/api/v1/queues'));
    expect(events[0]).toMatchObject({ recordType: 'route', recordId: null, after: { method: 'GET', status: 403 } });
  });

  it('is on record where the record is that is there and may not be seen; what is not there is no attempt', async () => {
    const owner = await app.as('owner');
    await owner.get('/systems/019a0000-0000-7000-8000-000000000000');
    await owner.get(`/systems/${elsewhere.id}`);
    const events = await eventually(
      async () => search(await app.as('outsider'), 'action=access.denied'),
      ({ length }) => length > 0,
    );
    expect(events).toEqual([expect.objectContaining({ recordType: 'system', recordId: elsewhere.id })]);
    expect(events[0]?.after).toMatchObject({ status: 404 });
  });

  it('is on record once a minute however often it is repeated, with how often', async () => {
    const owner = await app.as('owner');
    const before = (await denials()).length;
    for (let n = 0; n < 7; n++) await owner.get('/queues');
    app.clock.set('2026-11-23T01:02:00Z');
    await owner.get('/me');
    const events = await eventually(denials, ({ length }) => length > before);
    expect(events).toHaveLength(before + 1);
    expect(events[0]?.after).toMatchObject({ status: 403, times: 7 });
  });
});

describe('the chain', () => {
  it('is verified by those who may, and against a head that was noted', async () => {
    const { body } = await auditor.get('/audit-events/verify');
    expect(body).toMatchObject({ valid: true, firstBroken: null });
    expect(body.events).toBe(body.links);
    const { seq, hash } = body.head as { seq: number; hash: string };
    const noted = await auditor.get(`/audit-events/verify?seq=${seq}&hash=${hash}`);
    expect(noted.body.valid).toBe(true);
    const foreign = await auditor.get(`/audit-events/verify?seq=${seq}&hash=${'0'.repeat(64)}`);
    expect(foreign.body).toMatchObject({ valid: false, firstBroken: { seq, reason: 'CHAIN_REWRITTEN' } });
    const cut = await auditor.get(`/audit-events/verify?seq=999999&hash=${hash}`);
    expect(cut.body.firstBroken).toMatchObject({ reason: 'END_MISSING', message: expect.stringMatching(/./) });
    expect((await auditor.get(`/audit-events/verify?seq=${seq}`)).body.errors[0]).toMatchObject({ field: 'hash' });
  });
});

describe('an export', () => {
  it('is verified without the service, and holds no personal part', async () => {
    const text = await exported(auditor);
    const verdict = await verifyExport(linesOf(text));
    expect(verdict).toMatchObject({ valid: true, fromStart: true, firstBroken: null });
    expect(verdict.events).toBeGreaterThan(5);
    expect(text).not.toContain('127.0.0.1');
    expect(text).not.toContain('@sonae.example');
  });

  it('gives of the events of others the digest alone, and the chain still holds', async () => {
    const text = await exported(auditor, `?systemId=${system.id}`);
    const verdict = await verifyExport(linesOf(text));
    expect(verdict).toMatchObject({ valid: true, fromStart: true });
    expect(verdict.digests).toBeGreaterThan(verdict.events);
    expect(text).not.toContain('別の物');
  });

  it.each<[string, (lines: string[]) => string[], string]>([
    [
      'an altered event',
      (lines) => lines.map((line, at) => (at === 3 ? line.replace(/\\"/, '\\"x') : line)),
      'EVENT_ALTERED',
    ],
    ['a missing line', (lines) => lines.filter((_, at) => at !== 3), 'LINK_MISSING'],
    ['two lines in each other’s place', ([a, b, c, ...rest]) => [a, c, b, ...rest] as string[], 'EVENT_MOVED'],
    ['a missing end', (lines) => lines.slice(0, -2), 'END_MISSING'],
  ])('that has %s is refused', async (_what, tamper, reason) => {
    const lines = (await exported(auditor)).trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(5);
    const verdict = await verifyExport(linesOf(tamper(lines).join('\n')));
    expect(verdict).toMatchObject({ valid: false, firstBroken: { reason } });
  });

  it('is a table too, safe to open, and on record', async () => {
    const csv = await exported(auditor, '?format=csv&action=system.');
    const [head, ...rows] = csv.trimEnd().split('\r\n');
    expect(head).toMatch(/^seq,at,actor/);
    expect(rows.length).toBeGreaterThan(1);
    expect(csv).toContain(system.id);
    const [event] = await search(admin, `actorId=${app.world.people.auditor}&action=audit.exported`);
    expect(event?.after).toMatchObject({ format: 'csv' });
  });
});
