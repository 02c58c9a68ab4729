import { startTestApp, type TestApp } from '../support/app';
import { drilled } from '../support/builders/drills';
import { registerSystem } from '../support/builders/systems';
import type { Answer, Client } from '../support/client';
import { emailOf, PASSWORD } from '../support/world';

let app: TestApp;
let owner: Client;
let ciso: Client;
let systemId: string;

beforeAll(async () => {
  app = await startTestApp('calendar');
  [owner, ciso] = [await app.as('owner'), await app.as('ciso')];
  ({ systemId } = await drilled(app, {
    title: '冬の訓練',
    scheduledAt: '2026-12-14T16:00:00Z',
    participants: [{ userId: app.world.people.operator }],
  }));
});
afterAll(() => app.stop());

const calendar = (query: string, by: Client = ciso): Promise<Answer> => by.get(`/calendar?${query}`);
type Event = { kind: string; on: string; title: string; startsAt: string | null; system: { id: string } | null };
const drillsOf = ({ body }: Answer): Event[] => body.events.filter(({ kind }: Event) => kind === 'DRILL');

describe('the calendar', () => {
  it('tells what falls due and is drilled, on days of the office, with holidays', async () => {
    const answer = await calendar('from=2026-12-01&to=2027-02-28');
    expect(answer.status).toBe(200);
    const due = (await ciso.get(`/obligations?limit=200`)).body.items.filter(
      ({ dueOn }: { dueOn: string | null }) => dueOn && dueOn >= '2026-12-01' && dueOn <= '2027-02-28',
    );
    const counted = answer.body.days.reduce((sum: number, { count }: { count: number }) => sum + count, 0);
    expect(counted).toBe(due.length + 1);
    expect(answer.body).toMatchObject({ today: '2026-11-23', events: [] });
    expect(answer.body.holidays).toEqual([
      ...['2026-12-29', '2026-12-30', '2026-12-31'].map((on) => ({ on, name: '年末年始の閉庁日' })),
      { on: '2027-01-01', name: '元日' },
      ...['2027-01-02', '2027-01-03'].map((on) => ({ on, name: '年末年始の閉庁日' })),
      { on: '2027-01-11', name: '成人の日' },
      { on: '2027-02-11', name: '建国記念の日' },
      { on: '2027-02-23', name: '天皇誕生日' },
    ]);
    const december = await calendar('from=2026-12-01&to=2026-12-31');
    // Past midnight in Tokyo: the day after that of UTC.
    expect(drillsOf(december)).toMatchObject([
      { on: '2026-12-15', startsAt: '2026-12-14T16:00:00.000Z', title: '冬の訓練', system: { id: systemId } },
    ]);
    const [{ title }] = december.body.events.filter(({ kind }: Event) => kind === 'DUTY');
    expect(title).not.toMatch(/^[a-z-]+$/);
  });

  it('without days is that of the month', async () => {
    expect((await calendar('')).body).toMatchObject({ from: '2026-11-01', to: '2026-11-30' });
  });

  it('shows five of a day, and all of a single one, the late ones first', async () => {
    const [{ on, count }] = (await calendar('from=2026-12-01&to=2027-02-28')).body.days.sort(
      (a: { count: number }, b: { count: number }) => b.count - a.count,
    );
    expect(count).toBeGreaterThan(5);
    const month = await calendar(`from=${on.slice(0, 8)}01&to=${on}`);
    expect(month.body.events.filter((event: Event) => event.on === on)).toHaveLength(5);
    expect((await calendar(`from=${on}&to=${on}`)).body.events).toHaveLength(count);
    app.clock.advance({ days: 100 });
    try {
      await app.dataSource.query(
        `UPDATE obligation SET state = 'OVERDUE' WHERE id =
        (SELECT id FROM obligation WHERE due_on = $1 AND NOT gating ORDER BY id LIMIT 1)`,
        [on],
      );
      const late = (await (await signedIn()).get(`/calendar?from=${on}&to=${on}`)).body;
      expect([late.days[0].late, late.events[0].state]).toEqual([1, 'OVERDUE']);
    } finally {
      app.clock.advance({ days: -100 });
    }
  });

  it('narrows to kinds, tiers, organisations and oneself', async () => {
    const month = 'from=2026-12-01&to=2026-12-31';
    const kinds = (answer: Answer): string[] => [...new Set<string>(answer.body.events.map(({ kind }: Event) => kind))];
    expect(kinds(await calendar(`${month}&kind=DRILL`))).toEqual(['DRILL']);
    expect((await calendar(`${month}&tier=HIGH`)).body.days).toEqual([]);
    expect((await calendar(`${month}&organisationId=${app.world.organisations.otherAgency}`)).body.days).toEqual([]);
    expect(drillsOf(await calendar(`${month}&owner=me`))).toEqual([]);
    expect(drillsOf(await calendar(`${month}&owner=me`, owner))).toHaveLength(1);
    expect(drillsOf(await calendar(`${month}&owner=me`, await app.as('operator')))).toHaveLength(1);
  });

  it('shows a waiver on its last day, and the duty that it waives not at all', async () => {
    const { id } = await registerSystem(app, { tier: 'LOW' }, 'owner');
    await app.database.query(
      `INSERT INTO waiver (id, system_id, rule_key, duty_of, reason, compensating_measure, expires_on, status, requested_by_id, requested_at,
         decided_by_id, decided_at)
       VALUES (gen_random_uuid(), $1, 'drill-tabletop', $1, 'x', 'y', '2026-12-20', 'APPROVED', $2, now(), $3, now())`,
      [id, app.world.people.owner, app.world.people.ciso],
    );
    const { body } = await calendar('from=2026-12-20&to=2026-12-20&kind=WAIVER');
    expect(body.events).toMatchObject([{ kind: 'WAIVER', on: '2026-12-20', state: 'APPROVED', system: { id } }]);
    expect(body.events[0].title).toContain('机上');
  });

  it('says nothing of what one may not see, and refuses days that make no span', async () => {
    expect((await calendar('from=2026-12-01&to=2026-12-31', await app.as('outsider'))).body).toMatchObject({
      days: [],
      events: [],
    });
    const refused = async (query: string): Promise<unknown> => {
      const { status, body } = await calendar(query);
      return [status, body.errors[0].field, body.errors[0].code];
    };
    expect(await refused('from=2026-12-02&to=2026-12-01')).toEqual([422, 'from', 'AFTER_END']);
    expect(await refused('from=2026-12-01&to=2028-12-01')).toEqual([422, 'to', 'TOO_FAR_AHEAD']);
    expect(((await refused('from=2026-02-30')) as unknown[])[0]).toBe(400);
  });
});

/** Sessions end while the clock is moved. */
async function signedIn(): Promise<Client> {
  const client = app.browser();
  await client.post('/auth/login', { email: emailOf('ciso'), password: PASSWORD });
  return client;
}
