import { ObligationTick } from '../../src/obligations/clocks/obligation-tick';
import { startTestApp, type TestApp } from '../support/app';
import { prove, registerMany, type Writing } from '../support/centre/facts';
import { centreOf } from '../support/centre/of-app';
import { connect, resticRun } from '../support/builders/inlets';
import type { Answer, Client } from '../support/client';
import { InletSender } from '../support/inlet-sender';

let app: TestApp;
let centre: Writing;
let [ciso, manager, outsider]: Client[] = [];

beforeAll(async () => {
  app = await startTestApp('forecast', { now: '2026-04-01T00:00:00Z' });
  centre = centreOf(app);
  [ciso, manager, outsider] = await Promise.all([app.as('ciso'), app.as('manager'), app.as('outsider')]);
  const { agency, otherAgency } = app.world.organisations;
  const [first = '', second = ''] = await registerMany(centre, [
    { code: 'A', organisationId: agency },
    { code: 'B', organisationId: agency },
    { code: 'C', organisationId: agency, tier: 'MODERATE' },
    { code: 'D', organisationId: otherAgency, tier: 'LOW' },
  ]);
  await prove(centre, first, { kind: 'APPROVAL', subject: 'PROCEDURE' });
  await prove(centre, second, { kind: 'RESTORE_TEST', outcome: 'FAILED' });
});
afterAll(() => app.stop());

const forecast = async (by: Client | undefined, query = ''): Promise<Answer['body']> =>
  (await (by as Client).get(`/readiness/forecast${query}`)).body;

/** Systems of each tier that are not ready, as they are judged now. */
const judged = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await app.database.query<{ tier: string; systems: number }>(
        `SELECT tier, count(*) FILTER (WHERE verdict = 'NOT_READY')::int AS systems FROM system_readiness GROUP BY 1`,
      )
    ).map(({ tier, systems }) => [tier, systems]),
  );

it('refuses a last day that is past or too far ahead, at its field', async () => {
  for (const [until, code] of [
    ['2026-04-01', 'IN_THE_PAST'],
    ['2027-04-03', 'TOO_FAR_AHEAD'],
    ['soon', 'NOT_A_DATE'],
  ]) {
    const { status, body } = await (ciso as Client).get(`/readiness/forecast?until=${until}`);
    expect([status, body.errors]).toEqual([expect.any(Number), [expect.objectContaining({ field: 'until', code })]]);
    expect(status).toBeGreaterThanOrEqual(400);
  }
});

it('tells of no system that the reader may not see, and nothing of an organisation out of reach', async () => {
  const total = async (by: Client | undefined): Promise<number> =>
    (await forecast(by)).tiers.reduce((sum: number, each: { total: number }) => sum + each.total, 0);
  expect([await total(ciso), await total(manager), await total(outsider)]).toEqual([4, 3, 0]);
  expect(
    (await (outsider as Client).get(`/readiness/forecast?organisationId=${app.world.organisations.agency}`)).status,
  ).toBe(404);
});

it('leaves out the recovery point that a tool brings', async () => {
  const { path, systemId } = await connect(app, { tool: 'restic' });
  const under = async (): Promise<string[]> =>
    (await forecast(ciso)).tiers.flatMap(({ events }: { events: { ruleKey: string }[] }) =>
      events.map(({ ruleKey }) => ruleKey),
    );
  const sender = new InletSender(app);
  expect((await sender.send(path, resticRun('ffff0001', '2026-03-31T23:00:00Z'))).status).toBe(201);
  expect(await sender.stateOf(systemId, 'recovery-point-fresh')).toBe('MET');
  const [row] = await app.database.query<{ dueOn: string }>(
    `SELECT due_on::text AS "dueOn" FROM obligation WHERE system_id = $1 AND rule_key = 'recovery-point-fresh'`,
    [systemId],
  );
  expect(row?.dueOn).toMatch(/^2026-04/);
  expect(await under()).not.toContain('recovery-point-fresh');
});

it('says of each day what is then judged, when nobody has acted', async () => {
  const { from, until, tiers } = await forecast(ciso, '?until=2027-03-31');
  expect([from, until]).toEqual(['2026-04-01', '2027-03-31']);
  const days: string[] = [
    ...new Set<string>(tiers.flatMap(({ points }: { points: { on: string }[] }) => points.map(({ on }) => on))),
  ].sort();
  expect(days.length).toBeGreaterThan(2);
  for (const day of days) {
    app.clock.set(`${day}T03:00:00Z`);
    await app.app.get(ObligationTick, { strict: false }).run();
    const expected = tiers.map(({ tier, points }: { tier: string; points: { on: string; notReady: number }[] }) => [
      tier,
      points.filter(({ on }) => on <= day).at(-1)?.notReady,
    ]);
    expect({ day, ...Object.fromEntries(expected) }).toEqual({ day, ...(await judged()) });
  }
});
