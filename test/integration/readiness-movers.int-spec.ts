import { ObligationTick } from '../../src/obligations/clocks/obligation-tick';
import { startTestApp, type TestApp } from '../support/app';
import { edit, prove, registerMany, type Writing } from '../support/centre/facts';
import { centreOf } from '../support/centre/of-app';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let centre: Writing;
let [ciso, manager, outsider]: Client[] = [];
let [failing, late, low, elsewhere]: string[] = [];

beforeAll(async () => {
  app = await startTestApp('readiness movers', { now: '2026-03-01T00:00:00Z' });
  centre = centreOf(app);
  [ciso, manager, outsider] = await Promise.all([app.as('ciso'), app.as('manager'), app.as('outsider')]);
  const { agency, otherAgency } = app.world.organisations;
  [failing, late, low, elsewhere] = await registerMany(centre, [
    { code: 'A', organisationId: agency },
    { code: 'B', organisationId: agency },
    { code: 'C', organisationId: agency, tier: 'LOW' },
    { code: 'D', organisationId: otherAgency, ownerId: app.world.people.deputy },
  ]);
});
afterAll(() => app.stop());

/** Moves the clock; those who are signed in stay so. */
const at = async (instant: string): Promise<void> => {
  app.clock.set(instant);
  await app.database.query(
    `UPDATE user_session SET last_used_at = $1, expires_at = $1::timestamptz + interval '1 day'`,
    [instant],
  );
  await app.app.get(ObligationTick, { strict: false }).run();
};
const movers = async (by: Client | undefined, query = ''): Promise<Answer['body']> =>
  (await (by as Client).get(`/readiness/movers${query}`)).body;
const told = async (by: Client | undefined, query = ''): Promise<string[]> =>
  (await movers(by, query)).items.map(
    ({ system, from, to, since }: { system: { code: string }; from: string; to: string; since: string }) =>
      `${system.code} ${from} ${to} ${since}`,
  );

it('is nobody while verdicts stay, and nobody who owed nothing before', async () => {
  expect(await movers(ciso)).toEqual({
    ...{ asOf: '2026-03-01T00:00:00.000Z', from: '2026-01-30', items: [], total: 0, nextCursor: null },
  });
  await at('2026-03-05T00:00:00Z');
  await prove(centre, low as string, { kind: 'APPROVAL', subject: 'PROCEDURE' });
  expect(await told(ciso, '?from=2026-03-02')).toEqual([]);
});

it('is who has another verdict, the worst of the most important first, with since when and why', async () => {
  await at('2026-03-06T01:00:00Z');
  await prove(centre, failing as string, { kind: 'RESTORE_TEST', outcome: 'FAILED' });
  await at('2026-03-07T02:00:00Z');
  await prove(centre, elsewhere as string, { kind: 'RESTORE_TEST', outcome: 'FAILED' });
  await prove(centre, low as string, { kind: 'RESTORE_TEST', outcome: 'FAILED' });
  const all = ['A', 'D', 'C'].map(
    (code) => `${code} UNKNOWN NOT_READY 2026-03-0${code === 'A' ? '6T01' : '7T02'}:00:00.000Z`,
  );
  expect(await told(ciso, '?from=2026-03-02')).toEqual(all);
  const { items, total } = await movers(ciso, '?from=2026-03-02');
  const { body: readiness } = await (ciso as Client).get(`/systems/${failing}/readiness`);
  expect([total, items[0].sentence]).toEqual([3, readiness.sentence]);
  expect(items[0].system).toMatchObject({ id: failing, tier: 'HIGH', organisation: { code: 'AGC-1' } });
  expect(await told(ciso, '?from=2026-03-07')).toEqual(all.slice(1));
});

it('is told page by page, within the scope and below an organisation', async () => {
  const first = await movers(ciso, '?from=2026-03-02&limit=2');
  expect([first.items.length, first.total]).toEqual([2, 3]);
  expect((await told(ciso, `?from=2026-03-02&limit=2&cursor=${first.nextCursor}`))[0]).toMatch(/^C /);
  const codes = async (by: Client | undefined, query = ''): Promise<string[]> =>
    (await told(by, `?from=2026-03-02${query}`)).map((line) => line.slice(0, 1));
  expect(await codes(manager)).toEqual(['A', 'C']);
  expect(await codes(outsider)).toEqual([]);
  expect(await codes(ciso, `&organisationId=${app.world.organisations.otherAgency}`)).toEqual(['D']);
  const { status } = await (outsider as Client).get(
    `/readiness/movers?organisationId=${app.world.organisations.agency}`,
  );
  expect(status).toBe(404);
});

it('is not who has come back to where it stood', async () => {
  await at('2026-03-07T05:00:00Z');
  await prove(centre, failing as string, { kind: 'RESTORE_TEST' });
  expect((await told(ciso, '?from=2026-03-02')).map((line) => line.slice(0, 1))).toEqual(['D', 'C']);
  expect((await told(ciso, '?from=2026-03-07')).at(-1)).toBe('A NOT_READY UNKNOWN 2026-03-07T05:00:00.000Z');
});

it('includes who time alone has brought down, and nobody who has retired', async () => {
  await at('2026-06-20T00:00:00Z');
  const brought = (await movers(ciso, '?from=2026-03-02')).items.find(
    ({ system }: { system: { id: string } }) => system.id === late,
  );
  expect(brought).toMatchObject({ from: 'UNKNOWN', to: 'NOT_READY', since: '2026-06-20T00:00:00.000Z' });
  await edit(centre, low as string, { lifecycle: 'RETIRED' });
  expect((await told(ciso, '?from=2026-03-02')).map((line) => line.slice(0, 1))).not.toContain('C');
});

it('refuses days that are not past, and too long ago, at their field', async () => {
  for (const [from, code] of [
    ['2026-06-21', 'TOO_FAR_AHEAD'],
    ['2025-06-01', 'TOO_LONG_AGO'],
    ['then', 'NOT_A_DATE'],
  ]) {
    const { status, body } = await (ciso as Client).get(`/readiness/movers?from=${from}`);
    expect([status, body.errors]).toEqual([expect.any(Number), [expect.objectContaining({ field: 'from', code })]]);
    expect(status).toBeGreaterThanOrEqual(400);
  }
});
