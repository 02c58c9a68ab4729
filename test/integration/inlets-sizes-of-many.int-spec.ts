import { NEWEST_SIZES } from '../../src/evidence/inlet/runs/sizes-sql';
import { InletSizes } from '../../src/evidence/inlet/schedule/inlet-sizes';
import { startTestApp, type TestApp } from '../support/app';
import { connect, openInlet, resticRun } from '../support/builders/inlets';
import { InletSender } from '../support/inlet-sender';

let app: TestApp;
let sender: InletSender;

beforeAll(async () => {
  app = await startTestApp('inlets-sizes-of-many', { now: '2026-11-22T00:00:00Z' });
  sender = new InletSender(app);
});
afterAll(() => app.stop());

interface Reporting {
  systemId: string;
  requirementId: string;
  inletId: string;
}

async function reporting(): Promise<Reporting> {
  const of = await connect(app, { tool: 'restic' });
  await sender.send(of.path, resticRun('aaaa0001', '2026-11-21T20:00:00Z'));
  return of;
}

/** Copies the first run of systems as of an inlet of each, so many times, by turns: one a minute before it, or after it where there are fewer than none. */
const copied = (
  of: readonly Pick<Reporting, 'systemId' | 'inletId'>[],
  runs: number,
  more: object = {},
): Promise<unknown> =>
  app.database.query(
    `INSERT INTO evidence SELECT (jsonb_populate_record(NULL::evidence, to_jsonb(first) || jsonb_build_object(
       'id', gen_random_uuid(), 'run_id', 'copy:' || nth || $4, 'inlet_id', copy.inlet_id, 'performed_at', first.performed_at - nth * interval '1 minute',
       'started_at', NULL, 'finished_at', NULL, 'recovery_point_at', NULL, 'recorded_at', first.recorded_at + interval '1 year') || $4::jsonb)).*
     FROM generate_series(least($3::int, sign($3::int)::int), greatest($3::int, sign($3::int)::int)) nth, unnest($1::uuid[], $2::uuid[]) copy(system_id, inlet_id)
       CROSS JOIN LATERAL (SELECT * FROM evidence WHERE system_id = copy.system_id AND source = 'INLET' ORDER BY recorded_at, id LIMIT 1) first`,
    [of.map(({ systemId }) => systemId), of.map(({ inletId }) => inletId), runs, JSON.stringify(more)],
  );

interface Plan {
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  Plans?: Plan[];
}
const readFrom = (relation: string, plan: Plan): number =>
  (plan['Relation Name'] === relation ? plan['Actual Rows'] * plan['Actual Loops'] : 0) +
  (plan.Plans ?? []).reduce((sum, inner) => sum + readFrom(relation, inner), 0);

describe('the sizes of a system that has reported for years', () => {
  it('are read from the newest on, and no further than they are judged', async () => {
    const systems: Reporting[] = [];
    for (let nth = 0; nth < 6; nth += 1) systems.push(await reporting());
    await copied(systems, 600);
    await app.database.query('ANALYZE evidence');
    const [row] = await app.database.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      `EXPLAIN (ANALYZE, FORMAT JSON) SELECT run.* FROM inlet i CROSS JOIN LATERAL (${NEWEST_SIZES}) run WHERE i.id = ANY($1::uuid[])`,
      [systems.map(({ inletId }) => inletId)],
    );
    expect(readFrom('evidence', row!['QUERY PLAN'][0].Plan) / systems.length).toBeLessThanOrEqual(60);
  });

  it('are found also behind thousands of runs of another tool', async () => {
    const of = await reporting();
    const other = await openInlet(app, of.requirementId, { tool: 'restic' });
    await copied([of], 20);
    await copied([of], -1, { size_bytes: 10 });
    await copied([{ ...of, inletId: other.id }], -2_100);
    await app.app.get(InletSizes, { strict: false }).run();
    expect((await sender.inletOf(of.inletId)).reason.code).toBe('SIZE_SHRUNK');
  });
});
