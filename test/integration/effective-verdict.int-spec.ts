import * as fc from 'fast-check';
import { effectiveVerdict } from '../../src/core/readiness/effective-verdict';
import { type Verdict, VERDICTS } from '../../src/core/readiness/system-verdict';
import { startTestApp, type TestApp } from '../support/app';
import { edit, prove, registerMany, type Writing } from '../support/centre/facts';
import { centreOf } from '../support/centre/of-app';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let centre: Writing;
let [ciso, manager]: Client[] = [];
let [portal, directory, store, soft]: string[] = [];

beforeAll(async () => {
  app = await startTestApp('effective verdict');
  centre = centreOf(app);
  [ciso, manager] = await Promise.all([app.as('ciso'), app.as('manager')]);
  const { agency, otherAgency } = app.world.organisations;
  [portal, directory, store, soft] = await registerMany(centre, [
    { code: 'PORTAL', name: '窓口', organisationId: agency },
    { code: 'DIRECTORY', name: '名簿', organisationId: otherAgency, ownerId: app.world.people.deputy },
    { code: 'STORE', name: '保管', organisationId: agency },
    { code: 'SOFT', name: '案内', organisationId: agency },
  ]);
  for (const [from, to, hard] of [
    [portal, directory, true],
    [directory, store, true],
    [portal, soft, false],
  ])
    await app.database.query('INSERT INTO system_dependency (system_id, depends_on_id, hard) VALUES ($1, $2, $3)', [
      ...[from, to, hard],
    ]);
});
afterAll(() => app.stop());

const readiness = async (by: Client | undefined, id: string | undefined): Promise<Answer['body']> =>
  (await (by as Client).get(`/systems/${id}/readiness`)).body;
const chain = async (by: Client | undefined, id: string | undefined): Promise<unknown[]> => {
  const { effective } = await readiness(by, id);
  return [
    effective.verdict,
    ...effective.chain.map(({ system, verdict }: Answer['body']) => `${system?.code ?? '?'} ${verdict}`),
  ];
};

it('is the own verdict as long as nothing that is needed is worse, and soft needs say nothing', async () => {
  await prove(centre, soft as string, { kind: 'RESTORE_TEST', outcome: 'FAILED' });
  expect((await readiness(ciso, portal)).effective).toEqual({ verdict: 'UNKNOWN', chain: [], needed: 2 });
  expect((await readiness(ciso, soft)).effective).toEqual({ verdict: 'NOT_READY', chain: [], needed: 0 });
});

it('is the worst of what is needed, with the way there, and the own verdict stays what it is', async () => {
  await prove(centre, store as string, { kind: 'RESTORE_TEST', outcome: 'FAILED' });
  const { verdict, effective } = await readiness(ciso, portal);
  expect([verdict, effective.verdict, effective.needed]).toEqual(['UNKNOWN', 'NOT_READY', 2]);
  expect(await chain(ciso, portal)).toEqual(['NOT_READY', 'DIRECTORY UNKNOWN', 'STORE NOT_READY']);
  expect(effective.chain[0].system).toEqual({ id: directory, code: 'DIRECTORY', name: '名簿', nameEn: null });
});

it('counts what the reader may not see, and does not name it', async () => {
  expect(await chain(manager, portal)).toEqual(['NOT_READY', '? null', 'STORE NOT_READY']);
  await prove(centre, store as string, { kind: 'RESTORE_TEST' });
  await prove(centre, directory as string, { kind: 'RESTORE_TEST', outcome: 'FAILED' });
  expect(await chain(manager, portal)).toEqual(['NOT_READY', '? null']);
  expect(JSON.stringify(await readiness(manager, portal))).not.toMatch(/DIRECTORY|名簿/);
  expect(JSON.stringify(await readiness(manager, portal))).not.toContain(directory);
});

it('is told in lists, in the heatmap and per tier as on the page of the system', async () => {
  const stated = async (by: Client | undefined): Promise<unknown> => {
    const { items } = (await (by as Client).get('/systems')).body;
    return Object.fromEntries(items.map((one: Answer['body']) => [one.code, [one.verdict, one.effectiveVerdict]]));
  };
  const seen = {
    PORTAL: ['UNKNOWN', 'NOT_READY'],
    STORE: ['NOT_READY', 'NOT_READY'],
    SOFT: ['NOT_READY', 'NOT_READY'],
  };
  expect(await stated(ciso)).toEqual({ ...seen, DIRECTORY: ['NOT_READY', 'NOT_READY'] });
  expect(await stated(manager)).toEqual(seen);
  const { items } = (await (ciso as Client).get('/readiness/systems')).body;
  const row = items.find(({ system }: Answer['body']) => system.code === 'PORTAL');
  expect(row).toMatchObject({ verdict: 'UNKNOWN', effectiveVerdict: 'NOT_READY' });
  const codes = async (query: string): Promise<string[]> =>
    (await (ciso as Client).get(`/systems?${query}`)).body.items.map(({ code }: Answer['body']) => code);
  expect(await codes('heldBack=true')).toEqual(['PORTAL']);
  expect(await codes('heldBack=false')).toEqual(['DIRECTORY', 'SOFT', 'STORE']);
  expect(await codes('effectiveVerdict=NOT_READY')).toEqual(['DIRECTORY', 'PORTAL', 'SOFT', 'STORE']);
  expect(await codes('verdict=UNKNOWN')).toEqual(['PORTAL']);
  expect(await codes('effectiveVerdict=UNKNOWN,READY')).toEqual([]);
});

it('moves the figures of a tier, within the organisations that are asked for', async () => {
  const { agency, otherAgency } = app.world.organisations;
  const own = (await (ciso as Client).get('/readiness/tiers')).body.tiers;
  const { tier } = (await (ciso as Client).get(`/systems/${portal}`)).body;
  const of = async (by: Client | undefined, query = ''): Promise<Answer> =>
    (by as Client).get(`/readiness/effective${query}`);
  for (const [at, effective] of (await of(ciso)).body.tiers.entries()) {
    const heldBack = effective.tier === tier ? 1 : 0;
    const { byVerdict, total } = own[at];
    const moved = { UNKNOWN: byVerdict.UNKNOWN - heldBack, NOT_READY: byVerdict.NOT_READY + heldBack };
    expect(effective).toEqual({ tier: own[at].tier, total, heldBack, byVerdict: { ...byVerdict, ...moved } });
  }
  const heldBack = ({ body }: Answer): number =>
    body.tiers.reduce((sum: number, one: { heldBack: number }) => sum + one.heldBack, 0);
  expect(heldBack(await of(manager))).toBe(1);
  expect(heldBack(await of(ciso, `?organisationId=${agency}`))).toBe(1);
  expect(heldBack(await of(ciso, `?organisationId=${otherAgency}`))).toBe(0);
  expect((await of(manager, `?organisationId=${otherAgency}`)).status).toBe(404);
});

it('is the same by SQL as by the rule, on any network', async () => {
  const codes = Array.from({ length: 8 }, (_, n) => `NET-${n}`);
  const organisationId = app.world.organisations.agency;
  const ids = await registerMany(
    centre,
    codes.map((code) => ({ code, name: code, organisationId })),
  );
  const verdicts = fc.array(fc.constantFrom(...VERDICTS), { minLength: ids.length, maxLength: ids.length });
  const needs = fc.array(fc.subarray(ids, { maxLength: 3 }), { minLength: ids.length, maxLength: ids.length });
  await fc.assert(
    fc.asyncProperty(verdicts, needs, async (verdictOf, needsOf) => {
      const systems = ids.map((id, at) => ({
        ...{ id, verdict: verdictOf[at] as Verdict },
        needs: (needsOf[at] ?? []).filter((need) => need !== id),
      }));
      await app.database.query(
        `WITH network AS (SELECT * FROM jsonb_to_recordset($1) AS one(id uuid, verdict text, needs uuid[])),
           gone AS (DELETE FROM system_dependency WHERE system_id IN (SELECT id FROM network)),
           said AS (UPDATE system_readiness r SET verdict = n.verdict FROM network n WHERE r.system_id = n.id)
         SELECT`,
        [JSON.stringify(systems)],
      );
      await app.database.query(
        `INSERT INTO system_dependency (system_id, depends_on_id, hard)
         SELECT one.id, need, true FROM jsonb_to_recordset($1) AS one(id uuid, needs uuid[]), unnest(one.needs) need`,
        [JSON.stringify(systems)],
      );
      const listed = async (query: string): Promise<Answer['body'][]> =>
        (await (ciso as Client).get(`/systems?q=NET-&limit=50${query}`)).body.items;
      const byRule = systems.map(({ id }) => effectiveVerdict(id, systems)?.verdict);
      expect((await listed('')).map((one) => one.effectiveVerdict)).toEqual(byRule);
      expect((await listed('&heldBack=true')).map(({ id }) => id)).toEqual(
        ids.filter((_, at) => verdictOf[at] !== byRule[at]),
      );
    }),
    { numRuns: 40 },
  );
});

it('leaves out what is no longer in operation, and is none for a system that is not', async () => {
  await edit(centre, directory as string, { lifecycle: 'RETIRED' });
  expect((await readiness(ciso, portal)).effective).toEqual({ verdict: 'UNKNOWN', chain: [], needed: 0 });
  expect((await readiness(ciso, directory)).effective).toBeNull();
});
