import { UnreachableHandler } from '../../src/views/reminders/unreachable-notices';
import { Heartbeats } from '../../src/platform/health/heartbeats';
import { Config } from '../../src/platform/config/config';
import { startTestApp, type TestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Client } from '../support/client';

let app: TestApp;
let manager: Client;
let outsider: Client;
const systems: Record<string, string> = {};

beforeAll(async () => {
  app = await startTestApp('unreachable');
  [manager, outsider] = await Promise.all([app.as('manager'), app.as('outsider')]);
  const { people } = app.world;
  const make = async (name: string, fields: object): Promise<void> => {
    systems[name] = (await registerSystem(app, { name, ...fields })).id;
  };
  await make('nobody', {});
  await make('left', { ownerId: people.contributor });
  await make('deputised', { ownerId: people.contributor, deputyId: people.deputy });
  await make('owned', { ownerId: people.owner });
  await make('planned', { lifecycle: 'PLANNED' });
  await app.database.query('UPDATE app_user SET active = false WHERE id = $1', [people.contributor]);
});
afterAll(() => app.stop());

const namesIn = async (path: string): Promise<string[]> =>
  (await manager.get(path)).body.items.map(({ name }: { name: string }) => name).sort();

describe('a system nobody can be reminded about', () => {
  it('says so and why, beside its verdict, which it does not change', async () => {
    const reason = async (name: string) => (await manager.get(`/systems/${systems[name]}`)).body.unreachable?.code;
    expect(await Promise.all(Object.keys(systems).map(reason))).toEqual([
      ...['NOBODY_NAMED', 'NOBODY_REACHABLE', undefined, undefined, undefined],
    ]);
    const verdict = async (name: string) => (await manager.get(`/systems/${systems[name]}`)).body.verdict;
    expect(await verdict('nobody')).toBe(await verdict('owned'));
  });

  it('is found by a filter, and counted on the readiness page, both within the scope', async () => {
    expect(await namesIn('/systems?reachable=false')).toEqual(['left', 'nobody']);
    expect(await namesIn('/systems?reachable=true')).toEqual(['deputised', 'owned', 'planned']);
    expect((await manager.get('/readiness/tiers')).body.unreachable).toBe(2);
    expect((await outsider.get('/readiness/tiers')).body.unreachable).toBe(0);
  });

  it('is told to who answers for the organisation, once a week as long as it lasts', async () => {
    const find = { strict: false };
    const handler = new UnreachableHandler(
      app.dataSource,
      app.clock,
      app.app.get(Config, find),
      app.app.get(Heartbeats, find),
    );
    const told = () =>
      app.database.query<object>('SELECT user_id AS "userId", system_count AS "systems", path FROM notice');
    await handler.handle();
    app.clock.set('2026-11-24T00:00:00Z');
    await handler.handle();
    const one = { userId: app.world.people.manager, systems: 2, path: '/systems?reachable=false' };
    expect(await told()).toEqual([one]);
    app.clock.set('2026-11-30T00:00:00Z');
    await handler.handle();
    expect(await told()).toEqual([one, one]);
    await app.database.query('UPDATE system SET owner_id = $1', [app.world.people.owner]);
    app.clock.set('2026-12-07T00:00:00Z');
    await handler.handle();
    expect(await told()).toHaveLength(2);
  });
});
