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

it('leaves out what is no longer in operation, and is none for a system that is not', async () => {
  await edit(centre, directory as string, { lifecycle: 'RETIRED' });
  expect((await readiness(ciso, portal)).effective).toEqual({ verdict: 'UNKNOWN', chain: [], needed: 0 });
  expect((await readiness(ciso, directory)).effective).toBeNull();
});
