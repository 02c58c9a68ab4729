import { ObligationTick } from '../../src/obligations/clocks/obligation-tick';
import { startTestApp, type TestApp } from '../support/app';
import { declare, prove, registerMany, type Writing } from '../support/centre/facts';
import { centreOf } from '../support/centre/of-app';
import type { Answer, Client } from '../support/client';

let app: TestApp;
let centre: Writing;
let [ciso, manager, outsider]: Client[] = [];

const NOW = '2026-04-01T00:00:00Z';
const DAYS = (days: number): Date => new Date(Date.parse(NOW) - days * 86_400_000);
const FACTS = { copies: 3, offsite: 1, offlineOrImmutable: 1, encrypted: 3 };

beforeAll(async () => {
  app = await startTestApp('coverage', { now: NOW });
  centre = centreOf(app);
  [ciso, manager, outsider] = await Promise.all([app.as('ciso'), app.as('manager'), app.as('outsider')]);
  const { agency, otherAgency } = app.world.organisations;
  const targets = { rtoMinutes: 240 };
  const [whole, half, stale, slow, , , elsewhere] = (await registerMany(centre, [
    { code: 'WHOLE', organisationId: agency, ...targets },
    { code: 'HALF', organisationId: agency, ...targets },
    { code: 'STALE', organisationId: agency, ...targets },
    { code: 'SLOW', organisationId: agency, ...targets },
    { code: 'BARE', organisationId: agency, ...targets },
    { code: 'PLANNED', organisationId: agency, lifecycle: 'PLANNED' },
    { code: 'ELSEWHERE', organisationId: otherAgency, ownerId: app.world.people.deputy, ...targets },
  ])) as [string, string, string, string, string, string, string];
  const backedUp = async (systemId: string, hours: number, copyFacts: object | null): Promise<void> => {
    const backupRequirementId = await declare(centre, systemId, { rpoMinutes: 1_440, intervalMinutes: 1_440 });
    const at = new Date(Date.parse(NOW) - hours * 3_600_000);
    await prove(centre, systemId, {
      kind: 'BACKUP',
      backupRequirementId,
      recoveryPointAt: at,
      performedAt: at,
      strength: 'LISTED',
    });
    if (copyFacts)
      await prove(centre, systemId, {
        ...{ kind: 'APPROVAL', subject: 'BACKUP_REQUIREMENT', backupRequirementId, copyFacts: copyFacts as never },
      });
  };
  await backedUp(whole, 2, FACTS);
  await backedUp(half, 2, FACTS);
  await backedUp(half, 400, null);
  await backedUp(stale, 400, { ...FACTS, offlineOrImmutable: 0 });
  await backedUp(elsewhere, 2, FACTS);
  const restored = (systemId: string, days: number, minutes: number): Promise<unknown> =>
    prove(centre, systemId, {
      ...{ kind: 'RESTORE_TEST', performedAt: DAYS(days), measuredMinutes: minutes, strength: 'RESTORED' },
    });
  await restored(whole, 10, 200);
  await restored(half, 100, 100); // longer ago than the tier allows
  await restored(slow, 20, 100);
  await restored(slow, 5, 500);
  await restored(elsewhere, 1, 240);
});
afterAll(() => app.stop());

const figures = async (by: Client | undefined, query = ''): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await (by as Client).get(`/readiness/coverage${query}`)).body.figures.map(
      ({ key, covered, of }: { key: string; covered: number; of: number }) => [key, `${covered}/${of}`],
    ),
  );
const listed = async (by: Client | undefined, covered: string): Promise<string[]> =>
  (await (by as Client).get(`/systems?coverage=${covered}`)).body.items.map(({ code }: { code: string }) => code);

it('counts systems in operation whose every requirement holds, and those restored in time of those restored lately', async () => {
  expect(await figures(ciso)).toEqual({ BACKUP: '2/6', OFFLINE_COPY: '2/6', RESTORE_IN_TIME: '2/3' });
});

it('keeps within the scope and below an organisation', async () => {
  expect(await figures(manager)).toEqual({ BACKUP: '1/5', OFFLINE_COPY: '1/5', RESTORE_IN_TIME: '1/2' });
  expect(await figures(outsider)).toEqual({ BACKUP: '0/0', OFFLINE_COPY: '0/0', RESTORE_IN_TIME: '0/0' });
  const { agency, otherAgency } = app.world.organisations;
  expect(await figures(ciso, `?organisationId=${otherAgency}`)).toMatchObject({
    BACKUP: '1/1',
    RESTORE_IN_TIME: '1/1',
  });
  expect((await (outsider as Client).get(`/readiness/coverage?organisationId=${agency}`)).status).toBe(404);
});

it('leads to lists of just the systems that are counted', async () => {
  expect(await listed(ciso, 'BACKED_UP')).toEqual(['ELSEWHERE', 'WHOLE']);
  expect(await listed(ciso, 'NOT_BACKED_UP')).toEqual(['BARE', 'HALF', 'SLOW', 'STALE']);
  expect(await listed(ciso, 'OFFLINE_COPY')).toEqual(['ELSEWHERE', 'WHOLE']);
  expect(await listed(ciso, 'NO_OFFLINE_COPY')).toEqual(['BARE', 'HALF', 'SLOW', 'STALE']);
  expect(await listed(ciso, 'RESTORED')).toEqual(['ELSEWHERE', 'SLOW', 'WHOLE']);
  expect(await listed(ciso, 'RESTORED_IN_TIME')).toEqual(['ELSEWHERE', 'WHOLE']);
  expect(await listed(ciso, 'RESTORED_LATE')).toEqual(['SLOW']);
  expect(await listed(manager, 'RESTORED_IN_TIME')).toEqual(['WHOLE']);
  const { figures: all }: Answer['body'] = (await (ciso as Client).get('/readiness/coverage')).body;
  for (const { covered, of, coveredList, missingList, ofList } of all) {
    expect((await listed(ciso, coveredList)).length).toBe(covered);
    expect((await listed(ciso, missingList)).length).toBe(of - covered);
    if (ofList) expect((await listed(ciso, ofList)).length).toBe(of);
  }
});

it('knows no other list', async () => {
  const { status, body } = await (ciso as Client).get('/systems?coverage=ALL');
  expect([status, body.errors]).toEqual([400, [expect.objectContaining({ field: 'coverage' })]]);
});

it('lets a system drop out when time passes without a new recovery point', async () => {
  app.clock.set('2026-04-03T12:00:00Z');
  await app.database.query(
    `UPDATE user_session SET last_used_at = '2026-04-03T12:00:00Z', expires_at = '2026-04-05T00:00:00Z'`,
  );

  await app.app.get(ObligationTick, { strict: false }).run();
  expect((await figures(ciso)).BACKUP).toBe('0/6');
});
