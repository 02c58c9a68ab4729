import { setTimeout as sleep } from 'node:timers/promises';
import { FreshVerdicts } from '../../src/obligations/clocks/fresh-verdicts';
import { startBeside, startTestApp, type TestApp } from '../support/app';
import { type Connected, connect, resticRun, resticSummary } from '../support/builders/inlets';
import type { Answer } from '../support/client';
import { eventually } from '../support/eventually';
import { InletSender } from '../support/inlet-sender';

const NIGHT = Date.parse('2026-11-22T17:00:00Z');
const SYSTEMS = 8;
const RUNS_EACH = 20;
const MANY = 450;

let app: TestApp;
let fleet: Connected[];

beforeAll(async () => {
  app = await startTestApp('inlets-burst');
  fleet = [];
  for (let n = 0; n < SYSTEMS; n += 1) fleet.push(await connect(app, { tool: 'restic' }));
});
afterAll(() => app.stop());

/** The runs of one night: a minute apart, so that the last is the newest point. */
const runsOf = (night: string): { path: string; body: object }[] =>
  fleet.flatMap(({ path }, system) =>
    Array.from({ length: RUNS_EACH }, (_, run) => {
      const id = `${night}${system.toString(16)}${run.toString(16).padStart(3, '0')}`;
      return { path, body: resticRun(id, new Date(NIGHT + run * 60_000).toISOString()) };
    }),
  );

const post = (url: string, path: string, body: object): Promise<Response> =>
  fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const statusesOf = (answers: readonly Response[]): Record<number, number> =>
  answers.reduce<Record<number, number>>((sum, { status }) => ({ ...sum, [status]: (sum[status] ?? 0) + 1 }), {});

/** Of each system: the runs that are kept, and the point that its verdict rests on. */
const kept = (night: string): Promise<object[]> =>
  app.database.query(
    `SELECT count(*)::int AS records, count(DISTINCT run_id)::int AS runs, count(superseded_by_id)::int AS superseded
     FROM evidence WHERE run_id LIKE $1 GROUP BY system_id`,
    [`restic:${night}%`],
  );

const points = (): Promise<{ state: string; at: Date }[]> =>
  app.database.query(
    `SELECT o.state, e.recovery_point_at AS at FROM obligation o JOIN evidence e ON e.id = o.evidence_id
     WHERE o.rule_key = 'recovery-point-fresh' AND o.system_id = ANY($1::uuid[])`,
    [fleet.map(({ systemId }) => systemId)],
  );

const NEWEST = { state: 'MET', at: new Date(NIGHT + (RUNS_EACH - 1) * 60_000) };

describe('reports that all come in at the same minute', () => {
  it('are each kept once, also those that are sent twice at the same time, and turn every verdict', async () => {
    const runs = runsOf('aaaa');
    const repeats = runs.filter((_, at) => at % 4 === 0);
    const answers = await Promise.all([...runs, ...repeats].map(({ path, body }) => post(app.url, path, body)));
    expect(statusesOf(answers)).toEqual({ 201: runs.length, 200: repeats.length });
    expect(await kept('aaaa')).toEqual(
      Array.from({ length: SYSTEMS }, () => ({ records: RUNS_EACH, runs: RUNS_EACH, superseded: 0 })),
    );
    await new InletSender(app).judged();
    expect(await points()).toEqual(Array.from({ length: SYSTEMS }, () => NEWEST));
  });

  it('are kept once by two processes that take them at the same time', async () => {
    const beside = await startBeside(app);
    const runs = runsOf('bbbb');
    const answers = await Promise.all(
      [app, beside].flatMap(({ url }) => runs.map(({ path, body }) => post(url, path, body))),
    );
    await beside.stop();
    expect(statusesOf(answers)).toEqual({ 201: runs.length, 200: runs.length });
    expect(await kept('bbbb')).toEqual(
      Array.from({ length: SYSTEMS }, () => ({ records: RUNS_EACH, runs: RUNS_EACH, superseded: 0 })),
    );
  });

  it('are told to come again where the database is cut off in the middle, and then kept once', async () => {
    await app.database.query(`CREATE SEQUENCE cuts; GRANT USAGE ON SEQUENCE cuts TO PUBLIC;
      CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF nextval('cuts') <= 3 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NULL; END $$;
      CREATE TRIGGER cut AFTER INSERT ON evidence FOR EACH STATEMENT EXECUTE FUNCTION cut()`);
    const runs = runsOf('dddd');
    const answers = await Promise.all(runs.map(({ path, body }) => post(app.url, path, body)));
    await app.database.query('DROP TRIGGER cut ON evidence');
    const { 201: taken = 0, 503: refused = 0, ...rest } = statusesOf(answers);
    expect([taken + refused, rest]).toEqual([runs.length, {}]);
    expect(refused).toBeGreaterThan(0);
    const again = await Promise.all(
      runs.filter((_, at) => answers[at]?.status === 503).map(({ path, body }) => post(app.url, path, body)),
    );
    expect(statusesOf(again)).toEqual({ 201: refused });
    expect(await kept('dddd')).toEqual(
      Array.from({ length: SYSTEMS }, () => ({ records: RUNS_EACH, runs: RUNS_EACH, superseded: 0 })),
    );
  });

  it('wait a moment while too many systems wait for their verdicts, and no longer when those take long', async () => {
    await app.database.query(
      `INSERT INTO system (id, organisation_id, code, name, tier, operating_since_on, tier_since_on)
       SELECT gen_random_uuid(), $1, 'WAITING-' || n, '待機', 'LOW', '2026-01-01', '2026-01-01' FROM generate_series(1, ${MANY}) n`,
      [app.world.organisations.otherAgency],
    );
    const held = app.dataSource.createQueryRunner();
    await held.startTransaction();
    // The last of the second hundred, with more than two hundred after it.
    await held.query(`SELECT FROM system WHERE code = 'WAITING-200' FOR UPDATE`);
    await app.database.query(
      `INSERT INTO refresh_due (system_id, kind) SELECT id, 'BACKUP' FROM system WHERE code LIKE 'WAITING-%' ORDER BY substr(code, 9)::int`,
    );
    app.app.get(FreshVerdicts, { strict: false }).soon();
    await eventually(
      () =>
        app.database.query<object>(
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        ),
      ({ length }) => length === 1,
    );
    const [first] = fleet;
    const answer = post(app.url, first!.path, resticRun('eeee0001', '2026-11-22T18:00:00.000Z'));
    expect(await Promise.race([answer, sleep(300, 'waits')])).toBe('waits');
    expect((await answer).status).toBe(201);
    await held.rollbackTransaction();
    await held.release();
    await new InletSender(app).judged();
    const judged = await app.database.query(
      `SELECT count(*)::int AS systems FROM system_readiness r JOIN system s ON s.id = r.system_id WHERE s.code LIKE 'WAITING-%'`,
    );
    expect(judged).toEqual([{ systems: MANY }]);
  });

  it('are judged by another process when the one that took them ends first', async () => {
    app.clock.set('2026-11-24T00:00:00Z');
    await app.database.query(`CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'not now'; END $$`);
    await app.database.query(
      'CREATE TRIGGER hold BEFORE UPDATE ON obligation FOR EACH STATEMENT EXECUTE FUNCTION hold()',
    );
    const beside = await startBeside(app, { now: '2026-11-24T00:00:00Z' });
    const later = '2026-11-23T17:00:00.000Z';
    const taken: Answer['status'][] = await Promise.all(
      fleet.map(async ({ path }, n) => (await post(beside.url, path, resticRun(`cccc000${n}`, later))).status),
    );
    await beside.stop();
    expect(taken).toEqual(fleet.map(() => 201));
    expect(await points()).not.toContainEqual({ state: 'MET', at: new Date(later) });
    await app.database.query('DROP TRIGGER hold ON obligation');
    await new InletSender(app).judged();
    expect(await points()).toEqual(fleet.map(() => ({ state: 'MET', at: new Date(later) })));
  });

  it('do not fail with one among them that the database refuses for what is in it', async () => {
    await app.database.query('ALTER TABLE evidence ADD CONSTRAINT ck_of_this_test CHECK (size_bytes <> 4242)');
    const [first] = fleet;
    const runs = Array.from({ length: 20 }, (_, run) => {
      const [id, at] = [`e7e7${run.toString(16).padStart(4, '0')}`, new Date(NIGHT + run * 60_000).toISOString()];
      const stdout = resticSummary(id, at, { total_bytes_processed: run === 7 ? 4242 : 1_000_000 });
      return resticRun(id, at, { stdout });
    });
    const answers = await Promise.all(runs.map((body) => post(app.url, first!.path, body)));
    expect(statusesOf(answers)).toEqual({ 201: 19, 422: 1 });
    expect(await kept('e7e7')).toEqual([{ records: 19, runs: 19, superseded: 0 }]);
    const refused = await app.database.query<{ refusal: string }>(
      `SELECT refusal FROM submission WHERE inlet_id = $1 AND disposition = 'REFUSED'`,
      [first!.inletId],
    );
    expect(refused).toEqual([{ refusal: 'NOT_PARSEABLE' }]);
  });

  it('may name more bytes than there are: the size is not known then', async () => {
    const at = new Date(NIGHT).toISOString();
    const stdout = resticSummary('ffff0001', at, { total_bytes_processed: 0 }).replace(
      '"total_bytes_processed":0',
      '"total_bytes_processed":99999999999999999999999',
    );
    const answer = await post(app.url, fleet[0]!.path, resticRun('ffff0001', at, { stdout }));
    expect(answer.status).toBe(201);
    const rows = await app.database.query<{ size: string | null }>(
      `SELECT size_bytes AS size FROM evidence WHERE run_id = 'restic:ffff0001'`,
    );
    expect(rows).toEqual([{ size: null }]);
  });
});
