import { DigestFormer } from '../../src/views/outbox/digest/digest-former';
import { ReminderSweep } from '../../src/views/reminders/reminder-sweep';
import { startTestApp, type TestApp } from '../support/app';
import { registerSystem } from '../support/builders/systems';
import type { Client } from '../support/client';
import { csvOf, importFile } from '../support/imports';
import { emailOf, type PersonName } from '../support/world';

let app: TestApp;
let manager: Client;
let admin: Client;

async function start(worker: boolean): Promise<void> {
  // No digest is formed beside the jobs of an import: nothing of it is ever mailed.
  app = await startTestApp('place changes', { worker, settings: { DIGEST_AT: worker ? '23:59' : '00:00' } });
  [manager, admin] = await Promise.all([app.as('manager'), app.as('admin')]);
}
afterEach(() => app.stop());

interface Registered {
  id: string;
  code: string;
  version: number;
}

const people = (): Record<PersonName, string> => app.world.people;
const nameOf = (userId: string | null): string | null =>
  Object.entries(people()).find(([, id]) => id === userId)?.[0] ?? userId;

/** Systems with an improvement item of their owner each. */
async function owned(count: number): Promise<Registered[]> {
  const made: Registered[] = [];
  for (let number = 0; number < count; number += 1) {
    const system = await registerSystem(app, { ownerId: people().owner });
    const { status } = await manager.post('/improvements', {
      ...{ systemId: system.id, source: 'AUDIT', title: '手順の不備', ownerId: people().owner, dueOn: '2026-12-31' },
    });
    expect(status).toBe(201);
    made.push(system);
  }
  return made;
}
async function reminded(): Promise<void> {
  const now = app.clock.now();
  app.clock.set('2027-03-01T00:00:00Z');
  await app.app.get(ReminderSweep, { strict: false }).run();
  app.clock.set(now.toISOString());
}
const waiting = async (): Promise<string[]> => {
  const rows = await app.database.query<{ id: string }>(
    `SELECT recipient_id AS id FROM reminder WHERE audience = 'OWNER' AND status = 'PENDING' GROUP BY 1 ORDER BY 1`,
  );
  return rows.map(({ id }) => nameOf(id) as string);
};
const itemsOf = async (): Promise<(string | null)[]> => {
  const rows = await app.database.query<{ ownerId: string | null }>(
    'SELECT owner_id AS "ownerId" FROM improvement_item ORDER BY id',
  );
  return rows.map(({ ownerId }) => nameOf(ownerId));
};
const told = async (): Promise<string[]> => {
  const rows = await app.database.query<{ userId: string; kind: string; count: number }>(
    'SELECT user_id AS "userId", kind, system_count AS count FROM notice',
  );
  return rows.map(({ userId, kind, count }) => `${nameOf(userId)} ${kind} ${count}`).sort();
};
const recorded = (action: string): Promise<object[]> =>
  app.database.query('SELECT before, after FROM audit_event WHERE action = $1', [action]);
const fileOf = (systems: readonly { code: string }[], owner: string, dryRun = false): Promise<{ updated: number }> =>
  importFile(
    admin,
    csvOf(['code', 'name', 'owner'], ...systems.map(({ code }, index) => [code, `窓口${index}`, owner])),
    {
      dryRun,
      mapping: {
        organisationId: app.world.organisations.agency,
        columns: { code: 'code', name: 'name' },
        tier: { value: 'MODERATE' },
        owner: { column: 'owner', pattern: 'NAME_AND_EMAIL' },
      },
    },
  );

describe('an owner changed by the form', () => {
  beforeEach(() => start(false));

  it('takes reminders and improvement items along, and both are told', async () => {
    const [system] = await owned(1);
    await reminded();
    expect(await waiting()).toEqual(['owner']);
    const { status } = await manager.patch(`/systems/${system?.id}`, { ownerId: people().deputy }, '"1"');
    expect(status).toBe(200);
    expect([await waiting(), await itemsOf()]).toEqual([['deputy'], ['deputy']]);
    expect(await told()).toEqual(['deputy SYSTEMS_RECEIVED 1', 'owner SYSTEMS_GIVEN 1']);
    expect(await recorded('improvement.changed')).toEqual([
      { before: { ownerId: people().owner }, after: { ownerId: people().deputy } },
    ]);
  });

  it('leaves the items to whoever owns the system next when nobody takes the place', async () => {
    const [system] = await owned(1);
    await reminded();
    await manager.patch(`/systems/${system?.id}`, { ownerId: null }, '"1"');
    expect([await waiting(), await itemsOf(), await told()]).toEqual([[], [null], ['owner SYSTEMS_GIVEN 1']]);
  });

  it('moves nothing and tells nobody when the places stay', async () => {
    const [system] = await owned(1);
    await manager.patch(`/systems/${system?.id}`, { note: '更改予定' }, '"1"');
    expect([await itemsOf(), await told()]).toEqual([['owner'], []]);
  });

  it('tells the one who takes both places at once of every duty only once', async () => {
    const { id } = await registerSystem(app, { ownerId: people().owner, deputyId: people().deputy });
    await reminded();
    const twice = await waiting();
    expect(twice.sort()).toEqual(['deputy', 'owner']);
    const manages = { ownerId: people().manager, deputyId: people().manager };
    expect((await manager.patch(`/systems/${id}`, manages, '"1"')).status).toBe(200);
    expect(await waiting()).toEqual(['manager']);
    expect(await told()).toEqual(['deputy SYSTEMS_GIVEN 1', 'manager SYSTEMS_RECEIVED 1', 'owner SYSTEMS_GIVEN 1']);
  });
});

it('owners changed in bulk are told once of all the systems, whose reminders and items move', async () => {
  await start(false);
  const systems = await owned(3);
  await reminded();
  const { status } = await manager.post('/systems/bulk-edit', {
    systems: systems.map(({ id }) => ({ id, version: 1 })),
    change: { ownerId: people().deputy },
  });
  expect(status).toBe(200);
  expect([await waiting(), await itemsOf()]).toEqual([['deputy'], ['deputy', 'deputy', 'deputy']]);
  expect(await told()).toEqual(['deputy SYSTEMS_RECEIVED 3', 'owner SYSTEMS_GIVEN 3']);
  await app.app.get(DigestFormer, { strict: false }).run();
  const both = [people().owner, people().deputy];
  expect(await app.database.query('SELECT FROM mail WHERE recipient_id = ANY($1)', [both])).toHaveLength(2);
});

describe('owners changed by an import', () => {
  beforeEach(() => start(true));

  it('are told once of all the systems, whose reminders and items move; a dry run moves nothing', async () => {
    const systems = await owned(3);
    await reminded();
    const deputy = `副島 翔 <${emailOf('deputy')}>`;
    expect(await fileOf(systems, deputy, true)).toMatchObject({ updated: 3 });
    expect([await waiting(), await itemsOf(), await told()]).toEqual([['owner'], ['owner', 'owner', 'owner'], []]);
    expect(await fileOf(systems, deputy)).toMatchObject({ updated: 3 });
    expect([await waiting(), await itemsOf()]).toEqual([['deputy'], ['deputy', 'deputy', 'deputy']]);
    expect(await told()).toEqual(['deputy SYSTEMS_RECEIVED 3', 'owner SYSTEMS_GIVEN 3']);
  });

  it('of 1,001 systems, more than are written at once, are told to each of the two once', async () => {
    const many = Array.from({ length: 1_001 }, (_, index) => ({ code: `M-${index}` }));
    await fileOf(many, `運用 さくら <${emailOf('owner')}>`);
    expect(await told()).toEqual([]);
    await fileOf(many, `副島 翔 <${emailOf('deputy')}>`);
    expect(await told()).toEqual(['deputy SYSTEMS_RECEIVED 1001', 'owner SYSTEMS_GIVEN 1001']);
  });
});
