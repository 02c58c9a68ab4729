import { ObligationTick } from '../../src/obligations/clocks/obligation-tick';
import { startTestApp, type TestApp } from '../support/app';
import { type Connected, connect, resticRun } from '../support/builders/inlets';
import { centreOf } from '../support/centre/of-app';
import { remindersOf } from '../support/centre/reminding';
import { derivedRows, differences, drift, dutyOf } from '../support/centre/rows';
import { InletSender } from '../support/inlet-sender';

const SYSTEMS = 8;
const RUNS_EACH = 12;
/** Silence and reports in turn: points grow old, duties fall due, and people are told of both. */
const DAYS_BETWEEN = [1, 40, 1, 60, 3] as const;

let app: TestApp;
let fleet: Connected[];

beforeAll(async () => {
  app = await startTestApp('at once');
  fleet = [];
  for (let n = 0; n < SYSTEMS; n += 1) fleet.push(await connect(app, { tool: 'restic' }));
});
afterAll(() => app.stop());

it('sweeps, ticks and reports of tools at the same time lose nothing, tell nobody twice and leave true counts', async () => {
  const { dataSource, clock, config, ledger } = centreOf(app);
  const sender = new InletSender(app);
  const reminding = remindersOf({ dataSource, clock, config });
  const tick = new ObligationTick(dataSource, ledger, clock);
  const statuses: number[] = [];
  for (const [round, days] of DAYS_BETWEEN.entries()) {
    clock.advance({ days });
    const reports = fleet.flatMap(({ path }, system) =>
      Array.from({ length: RUNS_EACH }, async (_, run) => {
        const at = new Date(clock.now().getTime() - (RUNS_EACH - run) * 60_000).toISOString();
        const id = `${round}${system}${run.toString(16)}`;
        statuses.push((await sender.send(path, resticRun(id, at))).status);
      }),
    );
    const clocks = [1, 2, 3].flatMap(() => [reminding.sweepAll(), tick.run()]);
    await Promise.all([...clocks, ...reports]);
  }
  await sender.judged();
  await tick.run();
  await reminding.sweepAll();

  const sent = DAYS_BETWEEN.length * SYSTEMS * RUNS_EACH;
  expect(statuses).toEqual(Array.from({ length: sent }, () => 201));
  expect(
    await app.database.query(`SELECT count(*)::int AS records, count(DISTINCT (inlet_id, run_id))::int AS runs,
      count(*) FILTER (WHERE superseded_by_id IS NULL)::int AS live FROM evidence WHERE run_id IS NOT NULL`),
  ).toEqual([{ records: sent, runs: sent, live: sent }]);
  const points = await Promise.all(fleet.map(({ systemId }) => dutyOf(dataSource, systemId, 'recovery-point-fresh')));
  expect(points.map(({ state }) => state)).toEqual(fleet.map(() => 'MET'));

  const told = await app.database.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM reminder GROUP BY obligation_id, occurrence, stage, audience, offset_days, recipient_id`,
  );
  expect(told.length).toBeGreaterThan(SYSTEMS * 10);
  expect(told.filter(({ n }) => n > 1)).toEqual([]);
  expect(
    await app.database.query(`SELECT recipient_id, digest_on FROM mail GROUP BY 1, 2 HAVING count(*) > 1`),
  ).toEqual([]);

  expect(await drift(dataSource)).toEqual({ counts: [], verdicts: [] });
  const before = await derivedRows(dataSource);
  await ledger.refreshAll(dataSource.manager);
  expect(differences(before, await derivedRows(dataSource))).toEqual([]);
}, 240_000);
