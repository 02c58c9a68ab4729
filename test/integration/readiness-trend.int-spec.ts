import { ObligationTick } from '../../src/obligations/clocks/obligation-tick';
import { ReadinessDays } from '../../src/views/readiness/history/readiness-days';
import { startTestApp, type TestApp } from '../support/app';
import { prove, registerMany, type Writing } from '../support/centre/facts';
import { centreOf } from '../support/centre/of-app';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let centre: Writing;
let [ciso, manager, outsider]: Client[] = [];
let [first, second]: string[] = [];

beforeAll(async () => {
  app = await startTestApp('readiness trend', { now: '2026-03-01T00:00:00Z' });
  centre = centreOf(app);
  [ciso, manager, outsider] = await Promise.all([app.as('ciso'), app.as('manager'), app.as('outsider')]);
  const { agency, otherAgency } = app.world.organisations;
  [first, second] = await registerMany(centre, [
    { code: 'A', organisationId: agency },
    { code: 'B', organisationId: agency },
    { code: 'C', organisationId: otherAgency, tier: 'LOW' },
  ]);
});
afterAll(() => app.stop());

const trend = async (by: Client | undefined, query = ''): Promise<Answer['body']> =>
  (await (by as Client).get(`/readiness/trend${query}`)).body;
const changes = async (by: Client | undefined): Promise<Answer['body']> =>
  (await (by as Client).get('/readiness/tiers')).body.changes;
/** Moves the clock; those who are signed in stay so. */
const at = async (instant: string): Promise<void> => {
  app.clock.set(instant);
  await app.database.query(
    `UPDATE user_session SET last_used_at = $1, expires_at = $1::timestamptz + interval '1 day'`,
    [instant],
  );
};
const endDay = async (day: string): Promise<void> => {
  await at(`${day}T14:40:00Z`);
  await app.app.get(ObligationTick, { strict: false }).run();
  expect((await app.app.get(ReadinessDays, { strict: false }).run()).at(-1)).toBe(day);
};
const onDay = (body: Answer['body'], on: string): Record<string, object> =>
  Object.fromEntries(
    body.days
      .find((day: { on: string }) => day.on === on)
      .tiers.map(({ tier, ...figures }: { tier: string }) => [tier, figures]),
  );

it('has nothing to tell before the first day is frozen', async () => {
  expect(await trend(ciso)).toEqual({
    asOf: '2026-03-01T00:00:00.000Z',
    from: '2025-12-01',
    to: '2026-03-01',
    firstOn: null,
    days: [],
  });
  expect(await changes(ciso)).toEqual([]);
  expect((await (ciso as Client).get('/readiness/tiers?asOf=2026-02-01')).body.errors).toEqual([
    expect.objectContaining({ field: 'asOf', code: 'NO_DAY_FROZEN' }),
  ]);
});

it('tells per day and tier what was frozen, within the scope and below an organisation', async () => {
  await endDay('2026-03-02');
  await prove(centre, first as string, { kind: 'RESTORE_TEST', outcome: 'FAILED' });
  await endDay('2026-03-03');
  const all = await trend(ciso);
  expect(all.firstOn).toBe('2026-03-02');
  expect(all.days.map(({ on, madeUp }: { on: string; madeUp: boolean }) => [on, madeUp])).toEqual([
    ['2026-03-02', false],
    ['2026-03-03', false],
  ]);
  expect(onDay(all, '2026-03-02')).toMatchObject({
    HIGH: { total: 2, byVerdict: { UNKNOWN: 2, NOT_READY: 0 } },
    MODERATE: { total: 0 },
    LOW: { total: 1, byVerdict: { UNKNOWN: 1 } },
  });
  expect(onDay(all, '2026-03-03')).toMatchObject({ HIGH: { total: 2, byVerdict: { UNKNOWN: 1, NOT_READY: 1 } } });
  expect(onDay(await trend(manager), '2026-03-03')).toMatchObject({ HIGH: { total: 2 }, LOW: { total: 0 } });
  const elsewhere = await trend(ciso, `?organisationId=${app.world.organisations.otherAgency}&tier=LOW`);
  expect(onDay(elsewhere, '2026-03-03')).toEqual({ LOW: { total: 1, byVerdict: expect.any(Object) } });
  expect(onDay(await trend(outsider), '2026-03-03')).toMatchObject({ HIGH: { total: 0 }, LOW: { total: 0 } });
  expect(
    (await (outsider as Client).get(`/readiness/trend?organisationId=${app.world.organisations.agency}`)).status,
  ).toBe(404);
});

it('keeps to the days asked for, and refuses others at their field', async () => {
  const days = async (query: string): Promise<string[]> =>
    (await trend(ciso, query)).days.map(({ on }: { on: string }) => on);
  expect(await days('?from=2026-03-03&to=2026-03-31')).toEqual(['2026-03-03']);
  expect(await days('?to=2026-03-02')).toEqual(['2026-03-02']);
  for (const [query, field, code] of [
    ['?from=2026-03-04', 'from', 'AFTER_END'],
    ['?from=2020-01-01', 'to', 'TOO_FAR_AHEAD'],
    ['?from=yesterday', 'from', 'NOT_A_DATE'],
    ['?tier=TOP', 'tier', expect.any(String)],
  ] as const) {
    const { status, body } = await (ciso as Client).get(`/readiness/trend${query}`);
    expect([status, body.errors]).toEqual([expect.any(Number), [expect.objectContaining({ field, code })]]);
    expect(status).toBeGreaterThanOrEqual(400);
  }
});

it('says per tier what has changed since a week and a month before, as far as they are frozen', async () => {
  await at('2026-03-09T00:00:00Z');
  await prove(centre, second as string, { kind: 'RESTORE_TEST', outcome: 'FAILED' });
  expect(await changes(ciso)).toEqual([
    {
      ...{ period: 'WEEK', on: '2026-03-02' },
      tiers: [
        { tier: 'HIGH', total: 0, ready: 0, notReady: 2 },
        { tier: 'MODERATE', total: 0, ready: 0, notReady: 0 },
        { tier: 'LOW', total: 0, ready: 0, notReady: 0 },
      ],
    },
  ]);
  await at('2026-04-03T00:00:00Z');
  await prove(centre, first as string, { kind: 'RESTORE_TEST' });
  await prove(centre, second as string, { kind: 'RESTORE_TEST' });
  const [month] = await changes(ciso);
  expect(month).toMatchObject({ period: 'MONTH', on: '2026-03-03', tiers: [{ tier: 'HIGH', total: 0 }, {}, {}] });
  const [now] = await app.database.query<{ notReady: number }>(
    `SELECT count(*) FILTER (WHERE verdict = 'NOT_READY')::int AS "notReady" FROM system_readiness WHERE tier = 'HIGH'`,
  );
  expect(month.tiers[0].notReady).toBe((now?.notReady ?? NaN) - 1);
  expect(await changes(outsider)).toMatchObject([{ tiers: [{ total: 0, notReady: 0 }, {}, {}] }]);
});

describe('a day of the past', () => {
  const then = async (by: Client | undefined, on: string, query = ''): Promise<Answer> =>
    (by as Client).get(`/readiness/tiers?asOf=${on}${query}`);

  it('is summed up as it was seen then, whatever has happened since', async () => {
    await at('2026-04-20T00:00:00Z');
    const { status, body } = await then(ciso, '2026-03-03');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{
        asOf: '2026-03-03T14:40:00.000Z',
        on: '2026-03-03',
        madeUp: false,
        unreachable: null,
        planned: 0,
        retired: 0,
      },
      headline: {
        code: 'HEADLINE_THEN',
        text: '2026年3月3日（火）の終わりに、重要度高の2システム中0システムが準備完了でした。',
      },
      tiers: [{ tier: 'HIGH', total: 2, byVerdict: { UNKNOWN: 1, NOT_READY: 1 } }, { total: 0 }, { total: 1 }],
    });
    expect(body.tiers[0].obligations.failed).toBe(1);
    expect((await (ciso as Client).get('/readiness/tiers')).body).toMatchObject({ on: null, madeUp: false });
  });

  it('is kept within the scope and below an organisation', async () => {
    const totals = async (by: Client | undefined, query = ''): Promise<number[]> =>
      (await then(by, '2026-03-03', query)).body.tiers.map(({ total }: { total: number }) => total);
    const { agency, otherAgency } = app.world.organisations;
    expect(await totals(manager)).toEqual([2, 0, 0]);
    expect(await totals(outsider)).toEqual([0, 0, 0]);
    expect(await totals(ciso, `&organisationId=${otherAgency}`)).toEqual([0, 0, 1]);
    expect((await then(outsider, '2026-03-03', `&organisationId=${agency}`)).status).toBe(404);
  });

  it('is compared with the days before it', async () => {
    await endDay('2026-04-20');
    const { changes: since } = (await then(ciso, '2026-04-20')).body;
    const made = since.map(({ period, on }: { period: string; on: string }) => [period, on]);
    expect(made).toEqual([
      ['WEEK', '2026-04-13'],
      ['MONTH', '2026-03-20'],
    ]);
  });

  it('is refused at its field when it is not frozen', async () => {
    for (const [on, code, day] of [
      ['2026-03-01', 'BEFORE_FIRST_DAY', '2026年3月2日（月）'],
      ['2026-03-10', 'DAY_NOT_FROZEN', '2026年3月3日（火）'],
      ['2026-04-21', 'TOO_FAR_AHEAD', '2026年4月20日（月）'],
      ['long ago', 'NOT_A_DATE', ''],
    ] as const) {
      const { status, body } = await then(ciso, encodeURIComponent(on));
      expect([status >= 400, body.errors]).toEqual([true, [expect.objectContaining({ field: 'asOf', code })]]);
      expect(body.errors[0].message).toContain(day);
    }
  });
});
