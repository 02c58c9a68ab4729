import { startTestApp, type TestApp } from '../support/app';
import { declare, prove, registerMany, type Writing } from '../support/centre/facts';
import { centreOf } from '../support/centre/of-app';
import type { Answer, Client } from '../support/client';

interface Cell {
  ruleKey: string;
  state: string;
  gating: boolean;
  dueOn: string | null;
  obligationId: string;
}
interface Item {
  system: { id: string; code: string; tier: string; organisation: { code: string } };
  verdict: string;
  cells: (Cell | null)[];
}
interface Heatmap {
  rules: { key: string; title: string }[];
  items: Item[];
  total: number;
  nextCursor: string | null;
}

let app: TestApp;
let centre: Writing;
let ciso: Client;
let ids: string[];

beforeAll(async () => {
  app = await startTestApp('readiness systems');
  centre = centreOf(app);
  ciso = await app.as('ciso');
  const { agency, otherAgency, otherMinistry } = app.world.organisations;
  const { deputy } = app.world.people;
  ids = await registerMany(centre, [
    { code: 'S-3', tier: 'LOW', name: '図書室' },
    { code: 'S-1', tier: 'MODERATE', name: '文書管理' },
    { code: 'S-2', tier: 'HIGH', name: '電子申請', ownerId: deputy },
    { code: 'S-9', tier: 'HIGH', name: '認証基盤', organisationId: otherAgency },
    // The same code and tier in two organisations: only the id tells them apart.
    { code: 'S-5', tier: 'LOW', name: '会議室', organisationId: agency },
    { code: 'S-5', tier: 'LOW', name: '会議室', organisationId: otherAgency },
    { code: 'S-0', tier: 'HIGH', name: '計画中', lifecycle: 'PLANNED' },
    { code: 'S-0', tier: 'HIGH', name: 'よその', organisationId: otherMinistry },
  ]);
});
afterAll(() => app.stop());

const page = async (query = '', by = ciso): Promise<Heatmap> => (await by.get(`/readiness/systems${query}`)).body;
const codes = ({ items }: Heatmap): string[] => items.map(({ system }) => system.code);
const cellOf = ({ rules }: Heatmap, item: Item | undefined, key: string): Cell | null | undefined =>
  item?.cells[rules.findIndex((rule) => rule.key === key)];

describe('systems by rules', () => {
  it('has the operating systems in scope, the most important first', async () => {
    const whole = await page();
    expect(codes(whole)).toEqual(['S-2', 'S-9', 'S-1', 'S-3', 'S-5', 'S-5']);
    expect(whole).toMatchObject({ total: 6, nextCursor: null });
    expect(codes(await page('', await app.as('manager')))).toEqual(['S-2', 'S-1', 'S-3', 'S-5']);
    expect(codes(await page('', await app.as('outsider')))).toEqual(['S-0']);
    expect((await app.browser().get('/readiness/systems')).status).toBe(401);
  });

  it('has a cell for every rule, empty where nothing is owed, in the order of the policy', async () => {
    const whole = await page();
    const { rules, items } = whole;
    expect(rules[0]).toEqual({ key: 'procedure-approved', title: '復旧手順の整備' });
    expect(rules.map(({ key }) => key)).not.toContain('rto-maximum');
    for (const { cells } of items) expect(cells).toHaveLength(rules.length);
    const low = items.find(({ system }) => system.code === 'S-3');
    expect(cellOf(whole, low, 'drill-full-scale')).toBeNull();
    expect(cellOf(whole, low, 'restore-test')).toMatchObject({ state: 'UNKNOWN', gating: true, dueOn: '2027-02-21' });
    const seen = new Set(items.flatMap(({ cells }) => cells.flatMap((cell) => (cell ? [cell.obligationId] : []))));
    expect(seen.size).toBe(items.flatMap(({ cells }) => cells.filter(Boolean)).length);
  });

  it('shows of several duties under one rule the worst', async () => {
    const id = ids[1] as string;
    const [fine, failed] = [await declare(centre, id), await declare(centre, id)];
    await prove(centre, id, { kind: 'VERIFICATION', backupRequirementId: fine });
    await prove(centre, id, { kind: 'VERIFICATION', backupRequirementId: failed, outcome: 'FAILED' });
    const whole = await page('?q=文書管理');
    expect(whole.items).toHaveLength(1);
    const cell = cellOf(whole, whole.items[0], 'backup-verification');
    expect(cell?.state).toBe('FAILED');
    const [duty] = await app.database.query<{ of: string }>('SELECT duty_of AS "of" FROM obligation WHERE id = $1', [
      cell?.obligationId,
    ]);
    expect(duty?.of).toBe(failed);
    app.clock.advance({ minutes: 1 });
    await prove(centre, id, { kind: 'VERIFICATION', backupRequirementId: failed });
    const later = await page('?q=文書管理');
    expect(cellOf(later, later.items[0], 'backup-verification')?.state).toBe('MET');
  });

  it.each([1, 2, 4, 5])('is given in pages of %s that together are the list', async (limit) => {
    const found: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const part: Heatmap = await page(`?limit=${limit}${cursor && `&cursor=${cursor}`}`);
      expect(part.total).toBe(6);
      expect(part.items.length).toBeLessThanOrEqual(limit);
      found.push(...part.items.map(({ system }) => system.id));
      cursor = part.nextCursor;
    }
    expect(found).toEqual((await page()).items.map(({ system }) => system.id));
  });

  it.each([
    ['tier=LOW', ['S-3', 'S-5', 'S-5']],
    ['tier=HIGH,MODERATE', ['S-2', 'S-9', 'S-1']],
    ['q=s-5', ['S-5', 'S-5']],
    ['q=申請', ['S-2']],
    ['verdict=READY', []],
    ['verdict=UNKNOWN,NOT_READY&tier=MODERATE', ['S-1']],
  ])('is narrowed by %s', async (query, expected) => {
    const found = await page(`?${query}`);
    expect(codes(found)).toEqual(expected);
    expect(found.total).toBe(expected.length);
  });

  it('is narrowed by owner and by organisation', async () => {
    const { agency, otherAgency, otherMinistry } = app.world.organisations;
    expect(codes(await page(`?owner=${app.world.people.deputy}`))).toEqual(['S-2']);
    expect(codes(await page('?owner=me', await app.as('deputy')))).toEqual(['S-2']);
    expect(codes(await page(`?organisationId=${otherAgency}`))).toEqual(['S-9', 'S-5']);
    expect(codes(await page(`?organisationId=${agency}`))).toEqual(['S-2', 'S-1', 'S-3', 'S-5']);
    expect(codes(await page(`?organisationId=${otherMinistry}`))).toEqual([]);
  });

  it('refuses what it cannot read', async () => {
    const asks = ['tier=TOP', 'verdict=FINE', 'owner=you', 'limit=0', 'cursor=nonsense', 'colour=red'];
    const answers: Answer[] = await Promise.all(asks.map((query) => ciso.get(`/readiness/systems?${query}`)));
    expect(answers.map(({ status }) => status)).toEqual(asks.map(() => 400));
  });
});
