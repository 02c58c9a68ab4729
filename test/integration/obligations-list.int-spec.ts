import { startTestApp, type TestApp } from '../support/app';
import { declare, edit, prove, registerMany, type Writing } from '../support/centre/facts';
import { centreOf } from '../support/centre/of-app';
import type { Client } from '../support/client';

interface Item {
  id: string;
  system: { id: string; code: string; name: string; tier: string; organisation: { code: string } };
  backupRequirement: { id: string; dataset: string } | null;
  ruleKey: string;
  state: string;
  gating: boolean;
  dueOn: string | null;
  owner: { id: string; displayName: string } | null;
  action: object;
}

interface Named {
  name: string;
}

let app: TestApp;
let centre: Writing;
let ciso: Client;
let ids: string[];
let requirementId: string;

beforeAll(async () => {
  app = await startTestApp('obligations list', { now: '2026-11-23T00:00:00Z' });
  centre = centreOf(app);
  ciso = await app.as('ciso');
  const { otherAgency, otherMinistry } = app.world.organisations;
  ids = await registerMany(centre, [
    { code: 'A', name: 'い電子申請' },
    { code: 'B', name: 'あ文書', tier: 'MODERATE', ownerId: app.world.people.deputy },
    { code: 'C', name: 'う図書', tier: 'LOW', organisationId: otherAgency, ownerId: null },
    { code: 'D', name: 'よその', organisationId: otherMinistry },
  ]);
  const [a, b] = ids as [string, string];
  requirementId = await declare(centre, a, { dataset: '申請データ' });
  await prove(centre, a, { kind: 'RESTORE_TEST', outcome: 'FAILED' });
  await prove(centre, a, { kind: 'APPROVAL', subject: 'PROCEDURE' });
  await prove(centre, b, { kind: 'REVIEW', subject: 'CONTACTS' });
});
afterAll(() => app.stop());

const ask = async (query = '', by = ciso): Promise<Item[]> =>
  (await by.get(`/obligations?limit=200${query}`)).body.items;
const owedOf = (items: Item[]): Set<string> => new Set(items.map(({ system }) => system.code));

describe('the list of obligations', () => {
  it('has those of the systems that may be seen', async () => {
    expect(owedOf(await ask())).toEqual(new Set(['A', 'B', 'C']));
    expect(owedOf(await ask('', await app.as('manager')))).toEqual(new Set(['A', 'B']));
    expect(owedOf(await ask('', await app.as('owner')))).toEqual(new Set(['A', 'B']));
    expect(owedOf(await ask('', await app.as('outsider')))).toEqual(new Set(['D']));
    expect((await app.browser().get('/obligations')).status).toBe(401);
    expect((await (await app.as('outsider')).get(`/systems/${ids[0]}/obligations`)).status).toBe(404);
    const { body } = await ciso.get(`/systems/${ids[2]}/obligations?limit=200`);
    expect(owedOf(body.items)).toEqual(new Set(['C']));
  });

  it('says of each what it is, why, by whom and until when it is owed, and what clears it', async () => {
    const [item] = await ask('&ruleKey=backup-verification&tier=HIGH');
    expect(item).toEqual({
      id: expect.any(String),
      system: {
        id: ids[0],
        code: 'A',
        name: 'い電子申請',
        nameEn: null,
        tier: 'HIGH',
        organisation: expect.objectContaining({ code: 'AGC-1' }),
      },
      organisation: expect.objectContaining({ code: 'AGC-1' }),
      improvementItem: null,
      backupRequirement: { id: requirementId, dataset: '申請データ' },
      ...{
        ruleKey: 'backup-verification',
        ruleTitle: 'バックアップ確認',
        ...{ clause: null, edition: null, waivable: false },
        kind: 'VERIFICATION',
        state: 'UNKNOWN',
        gating: true,
      },
      ...{
        dueOn: '2026-11-30',
        dueAt: '2026-11-30T15:00:00.000Z',
        since: '2026-11-22T15:00:00.000Z',
        evidenceId: null,
      },
      owner: expect.objectContaining({ id: app.world.people.owner, displayName: '運用 さくら' }),
      snooze: null,
      remindsMe: false,
      snoozableUntil: null,
      allowed: expect.arrayContaining(['systems:write', 'backups:approve']),
      reason: {
        code: 'NEVER_PROVEN',
        params: { dueOn: '2026-11-30' },
        text: '証跡がまだありません。最初の期限は2026年11月30日（月）です。',
      },
      action: {
        ...{ kind: 'SEND_EVIDENCE', evidenceKind: 'VERIFICATION', subject: null, drillType: null },
        backupRequirementId: requirementId,
      },
    });
  });

  it.each([
    ['state=FAILED', (item: Item) => item.state === 'FAILED'],
    ['state=MET,FAILED', (item: Item) => ['MET', 'FAILED'].includes(item.state)],
    ['tier=LOW', (item: Item) => item.system.tier === 'LOW'],
    ['tier=HIGH&tier=LOW', (item: Item) => ['HIGH', 'LOW'].includes(item.system.tier)],
    ['ruleKey=restore-test', (item: Item) => item.ruleKey === 'restore-test'],
    ['gating=true', (item: Item) => item.gating],
    ['gating=false', (item: Item) => !item.gating],
    ['dueBefore=2026-12-23', (item: Item) => item.dueOn !== null && item.dueOn < '2026-12-23'],
    ['dueOn=2026-11-30', (item: Item) => item.dueOn === '2026-11-30'],
    ['q=文書', (item: Item) => item.system.code === 'B'],
    ['q=Ａ', (item: Item) => item.system.code === 'A'],
    [
      'gating=true&state=UNKNOWN&tier=MODERATE',
      (item: Item) => item.gating && item.state === 'UNKNOWN' && item.system.tier === 'MODERATE',
    ],
  ])('is narrowed by %s to exactly what that names', async (query, belongs) => {
    const found = await ask(`&${query}`);
    const expected = (await ask()).filter(belongs);
    expect(expected.length).toBeGreaterThan(0);
    expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  });

  it('is narrowed by owner, system and organisation', async () => {
    expect(owedOf(await ask('&owner=me', await app.as('deputy')))).toEqual(new Set(['B']));
    expect(owedOf(await ask(`&owner=${app.world.people.owner}`))).toEqual(new Set(['A']));
    expect(owedOf(await ask(`&systemId=${ids[2]}`))).toEqual(new Set(['C']));
    expect(owedOf(await ask(`&organisationId=${app.world.organisations.agency}`))).toEqual(new Set(['A', 'B']));
    expect(owedOf(await ask(`&organisationId=${app.world.organisations.otherMinistry}`))).toEqual(new Set());
  });

  it.each(['dueOn', '-dueOn', 'name'])(
    'sorted by %s, its pages together are the list without gap or double',
    async (sort) => {
      const whole = await ask(`&sort=${sort}`);
      const found: Item[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const { body } = await ciso.get(`/obligations?limit=7&sort=${sort}${cursor && `&cursor=${cursor}`}`);
        found.push(...body.items);
        cursor = body.nextCursor;
      }
      expect(found.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
      expect(new Set(found.map(({ id }) => id)).size).toBe(whole.length);
      const keys = whole.map(({ dueOn, system }) => (sort === 'name' ? system.name : (dueOn ?? '9999-12-31')));
      const sorted = [...keys].sort();
      expect(keys).toEqual(sort === '-dueOn' ? sorted.reverse() : sorted);
      expect(whole.some(({ dueOn }) => dueOn === null)).toBe(true);
    },
  );

  it.each([
    'state=BAD',
    'sort=colour',
    'dueBefore=2026-02-30',
    'dueOn=tomorrow',
    'gating=perhaps',
    'cursor=bm9uZQ',
    'limit=201',
    'systemId=1',
    'who=me',
  ])('refuses %s', async (query) => {
    expect((await ciso.get(`/obligations?${query}`)).status).toBe(400);
  });

  it('by name, what organisations owe for themselves stands among the systems by the name of the organisation', async () => {
    const { agency, otherAgency } = app.world.organisations;
    for (const [organisationId, name] of [
      [agency, 'いろは機構'],
      [otherAgency, 'ん機構'],
    ]) {
      await app.database.query('UPDATE organisation SET name = $2 WHERE id = $1', [organisationId, name]);
      expect((await ciso.post('/improvements', { source: 'AUDIT', title: name, organisationId })).status).toBe(201);
    }
    const found: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await ciso.get(`/obligations?limit=3&sort=name${cursor && `&cursor=${cursor}`}`);
      found.push(
        ...body.items.map(({ system, organisation }: { system: { name: string } | null; organisation: Named }) =>
          system ? system.name : `= ${organisation.name}`,
        ),
      );
      cursor = body.nextCursor;
    }
    const names = found.map((name) => name.replace('= ', ''));
    expect(names).toEqual([...names].sort());
    expect([...new Set(found)]).toEqual(['あ文書', '= いろは機構', 'い電子申請', 'う図書', '= ん機構']);
  });

  it('a cursor of another sort is refused', async () => {
    const { body } = await ciso.get('/obligations?limit=1&sort=name');
    expect((await ciso.get(`/obligations?limit=1&sort=dueOn&cursor=${body.nextCursor}`)).status).toBe(400);
  });
});

describe('the changes of one obligation', () => {
  it('are listed newest first, page by page, also after it is owed no more', async () => {
    const id = ids[0] as string;
    const [duty] = await ask(`&systemId=${id}&ruleKey=contacts-confirmed`);
    const path = `/obligations/${duty?.id}/transitions`;
    app.clock.advance({ hours: 1 });
    await prove(centre, id, { kind: 'REVIEW', subject: 'CONTACTS', outcome: 'FAILED' });
    app.clock.advance({ hours: 1 });
    const { evidenceId } = await prove(centre, id, { kind: 'REVIEW', subject: 'CONTACTS' });
    const { body } = await ciso.get(path);
    expect(body.items).toMatchObject([
      { fromState: 'FAILED', toState: 'MET', evidenceId, at: '2026-11-23T02:00:00.000Z' },
      { fromState: 'UNKNOWN', toState: 'FAILED', at: '2026-11-23T01:00:00.000Z' },
      { fromState: null, toState: 'UNKNOWN', evidenceId: null, at: '2026-11-23T00:00:00.000Z' },
    ]);
    const first = await ciso.get(`${path}?limit=2`);
    const second = await ciso.get(`${path}?limit=2&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...second.body.items]).toEqual(body.items);
    expect((await (await app.as('outsider')).get(path)).status).toBe(404);

    await edit(centre, id, { lifecycle: 'RETIRED' });
    expect((await ciso.get(path)).body.items[0]).toMatchObject({ fromState: 'MET', toState: null });
    expect((await ciso.get('/obligations/019a0000-0000-7000-8000-000000000000/transitions')).status).toBe(404);
  });
});
