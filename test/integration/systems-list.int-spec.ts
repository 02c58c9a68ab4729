import { type TestApp, startTestApp } from '../support/app';
import type { Client } from '../support/client';
import { itemsOfAllPages } from '../support/pages';

let app: TestApp;
let ciso: Client;

/** Code, name, English name, tier, organisation, and what more. */
const SYSTEMS = [
  ['A-1', '年金記録システム', 'Pension Records', 'HIGH', 'agency', { owner: 'owner' }],
  ['A-2', '年金相談', 'Pension Advice', 'LOW', 'agency', { deputy: 'owner' }],
  ['A-3', '東京京東館', null, 'MODERATE', 'agency', {}],
  ['B-1', 'ﾈｯﾄﾜｰｸ基盤', 'Network', 'MODERATE', 'otherAgency', { lifecycle: 'PLANNED' }],
  ['B-2', '100%_バックアップ', null, 'HIGH', 'otherAgency', { retired: true }],
  ['M-1', '文書管理', 'Documents', 'LOW', 'ministry', {}],
] as const;

beforeAll(async () => {
  app = await startTestApp('systems list');
  ciso = await app.as('ciso');
  const { people, organisations } = app.world;
  for (const [code, name, nameEn, tier, at, more] of SYSTEMS) {
    const { owner, deputy, lifecycle, retired } = more as Record<string, string | true | undefined>;
    const { status, body } = await ciso.post('/systems', {
      ...{ code, name, nameEn, tier, organisationId: organisations[at] },
      ownerId: owner ? people.owner : null,
      deputyId: deputy ? people.owner : null,
      ...(lifecycle && { lifecycle }),
    });
    expect(status).toBe(201);
    if (retired) await ciso.post(`/systems/${body.id}/retire`, { reason: '廃止' });
  }
});
afterAll(() => app.stop());

const codes = async (query: string, client = ciso): Promise<string[]> => {
  const { status, body } = await client.get(`/systems?${query}`);
  expect(status).toBe(200);
  return body.items.map(({ code }: { code: string }) => code);
};

describe('the list of systems', () => {
  it('shows a system with its readiness and what to do next', async () => {
    const { body } = await ciso.get('/systems?limit=1');
    expect(body.items).toEqual([
      {
        ...{ id: expect.any(String), code: 'A-1', name: '年金記録システム', nameEn: 'Pension Records' },
        organisation: { id: app.world.organisations.agency, code: 'AGC-1', name: '第一機構', nameEn: null },
        owner: { id: app.world.people.owner, displayName: '運用 さくら', email: 'owner@sonae.example' },
        ...{ tier: 'HIGH', lifecycle: 'OPERATING', verdict: 'UNKNOWN' },
        counts: expect.objectContaining({ met: 0, waived: 0, overdue: 0, failed: 0 }),
        effectiveVerdict: 'UNKNOWN',
        unreachable: false,
        nextAction: {
          ...{ obligationId: expect.any(String), ruleKey: expect.any(String), ruleTitle: expect.any(String) },
          ...{ code: expect.any(String), params: expect.any(Object), text: expect.stringMatching(/\p{Script=Han}/u) },
        },
        version: 1,
      },
    ]);
    expect(body.items[0].counts.applicable).toBe(body.items[0].counts.unknown);
    expect(body.items[0].nextAction.ruleTitle).not.toBe(body.items[0].nextAction.ruleKey);
  });

  it('gives no verdict to what is planned or retired', async () => {
    const { body } = await ciso.get('/systems?lifecycle=PLANNED,RETIRED');
    expect(body.items.map(({ code, verdict, nextAction }: never) => [code, verdict, nextAction])).toEqual([
      ['B-1', null, null],
      ['B-2', null, null],
    ]);
  });

  it.each([
    ['', ['A-1', 'A-2', 'A-3', 'B-1', 'B-2', 'M-1']],
    ['sort=code', ['A-1', 'A-2', 'A-3', 'B-1', 'B-2', 'M-1']],
    ['sort=tier', ['A-1', 'B-2', 'A-3', 'B-1', 'A-2', 'M-1']],
    ['sort=verdict', ['A-1', 'A-2', 'A-3', 'M-1', 'B-1', 'B-2']],
    ['tier=HIGH', ['A-1', 'B-2']],
    ['tier=HIGH,LOW&lifecycle=OPERATING', ['A-1', 'A-2', 'M-1']],
    ['tier=HIGH&tier=LOW&lifecycle=OPERATING', ['A-1', 'A-2', 'M-1']],
    ['verdict=UNKNOWN', ['A-1', 'A-2', 'A-3', 'M-1']],
    ['verdict=READY,AT_RISK', []],
  ])('with %j is %j', async (query, expected) => {
    expect(await codes(query)).toEqual(expected);
  });

  it('is sorted by name as the database sorts', async () => {
    const sorted = await app.database.query<{ code: string }>('SELECT code FROM system ORDER BY name, id');
    expect(await codes('sort=name')).toEqual(sorted.map(({ code }) => code));
  });

  it('is filtered by the subtree of an organisation', async () => {
    const { ministry, otherAgency } = app.world.organisations;
    expect(await codes(`organisationId=${otherAgency}`)).toEqual(['B-1', 'B-2']);
    expect(await codes(`organisationId=${ministry}`)).toHaveLength(6);
  });

  it('is filtered by owner or deputy, also oneself', async () => {
    expect(await codes(`owner=${app.world.people.owner}`)).toEqual(['A-1', 'A-2']);
    expect(await codes('owner=me', await app.as('owner'))).toEqual(['A-1', 'A-2']);
    expect(await codes('owner=me')).toEqual([]);
  });

  it.each([
    ['年金', ['A-1', 'A-2']],
    ['金', ['A-1', 'A-2']],
    ['年金 相談', ['A-2']],
    ['相談　年金', ['A-2']],
    ['記録シ', ['A-1']],
    ['ネットワーク', ['B-1']],
    ['pension', ['A-1', 'A-2']],
    ['ＰＥＮＳＩＯＮ rec', ['A-1']],
    ['a-1', ['A-1']],
    ['0%_', ['B-2']],
    ['%', ['B-2']],
    ['京東', ['A-3']],
    ['京東京', []],
    ['存在しない', []],
    ['　', ['A-1', 'A-2', 'A-3', 'B-1', 'B-2', 'M-1']],
  ])('finds %j', async (q, expected) => {
    expect(await codes(`q=${encodeURIComponent(q)}`)).toEqual(expected);
  });

  it('finds within filters, and counts what it finds', async () => {
    const q = encodeURIComponent('年金');
    const { body } = await ciso.get(`/systems?q=${q}&tier=LOW&total=true`);
    expect(body.items.map(({ code }: never) => code)).toEqual(['A-2']);
    expect(body.total).toBe(1);
  });

  it('finds a system by its new name and not by its old one', async () => {
    const { body } = await ciso.post('/systems', {
      code: 'R-1',
      name: '旧称',
      tier: 'LOW',
      organisationId: app.world.organisations.ministry,
    });
    await ciso.patch(`/systems/${body.id}`, { name: '新称' }, '"1"');
    expect(await codes(`q=${encodeURIComponent('新称')}`)).toEqual(['R-1']);
    expect(await codes(`q=${encodeURIComponent('旧称')}`)).toEqual([]);
  });

  it.each(['code', 'name', 'tier', 'verdict'])('in pages by %s is the whole list', async (sort) => {
    for (const filter of ['', '&q=a']) {
      const whole = await codes(`sort=${sort}${filter}`);
      const pages = await itemsOfAllPages<{ code: string }>(ciso, `/systems?sort=${sort}${filter}`, 2);
      expect(pages.map(({ code }) => code)).toEqual(whole);
    }
  });

  it('counts the whole list when asked, whatever the page', async () => {
    expect((await ciso.get('/systems?limit=2&total=true')).body).toMatchObject({ total: 7, items: [{}, {}] });
    expect((await ciso.get('/systems?limit=2')).body).not.toHaveProperty('total');
    expect((await ciso.get('/systems?verdict=READY&total=true')).body).toMatchObject({ total: 0, items: [] });
  });

  it('ends at the borders of what a person may see', async () => {
    expect(await codes('', await app.as('manager'))).toEqual(['A-1', 'A-2', 'A-3']);
    expect(await codes('', await app.as('outsider'))).toEqual([]);
    const { ministry } = app.world.organisations;
    expect(await codes(`organisationId=${ministry}&q=a`, await app.as('outsider'))).toEqual([]);
    expect((await app.browser().get('/systems')).status).toBe(401);
  });

  it.each([
    ['tier=TOP', 'tier', 'NOT_IN_LIST'],
    ['owner=somebody', 'owner', 'NOT_AN_ID'],
    ['sort=owner', 'sort', 'NOT_IN_LIST'],
    ['limit=0', 'limit', 'TOO_SMALL'],
    ['limit=201', 'limit', 'TOO_LARGE'],
    ['offset=5', 'offset', 'UNKNOWN_FIELD'],
    ['cursor=WzFd', 'cursor', 'BAD_CURSOR'],
  ])('refuses %s', async (query, field, code) => {
    expect(await ciso.get(`/systems?${query}`)).toMatchObject({ status: 400, body: { errors: [{ field, code }] } });
  });
});
