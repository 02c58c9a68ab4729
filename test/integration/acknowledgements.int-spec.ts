import { addDays } from '../../src/core/time/civil-date';
import { ObligationTick } from '../../src/obligations/clocks/obligation-tick';
import { ReminderSweep } from '../../src/views/reminders/reminder-sweep';
import { startTestApp, type TestApp } from '../support/app';
import { centreOf } from '../support/centre/of-app';
import { prove, register } from '../support/centre/facts';
import type { Client } from '../support/client';

const START = '2026-11-23';
/** The approval of the procedure was due 30 days after the start; three working days after it the ISO is told, seven after it the CISO's office, the turn of the year left out. */
const [TO_MANAGER, TO_CISO] = [35, 45];

let app: TestApp;
let manager: Client;
let systemId: string;

beforeEach(async () => {
  app = await startTestApp('acknowledgements', { settings: { SESSION_HOURS: '720', SESSION_IDLE_HOURS: '168' } });
  systemId = await register(centreOf(app));
  await onDay(0);
  await onDay(TO_MANAGER);
  manager = await app.as('manager');
});
afterEach(() => app.stop());

async function onDay(day: number): Promise<void> {
  app.clock.set(`${addDays(START, day)}T00:00:00Z`);
  await app.app.get(ObligationTick, { strict: false }).run();
  await app.app.get(ReminderSweep, { strict: false }).run();
}

const waiting = async (by: Client) => (await by.get('/me/escalations')).body.items;
const approvalOf = (items: { id: string; obligation: { id: string; ruleKey: string } }[]) =>
  items.find(({ obligation }) => obligation.ruleKey === 'procedure-approved');
const escalation = async (by: Client) => {
  const found = approvalOf(await waiting(by));
  if (!found) throw new Error('It is not escalated.');
  return found;
};

describe('an escalation', () => {
  it('waits for the person it went to, until they say that they know of it; that is on record and shown', async () => {
    const { id, obligation } = await escalation(manager);
    const before = (await waiting(manager)).length;
    expect(await waiting(await app.as('owner'))).toEqual([]);
    const answer = await manager.post(`/reminders/${id}/acknowledge`);
    expect(answer).toMatchObject({ status: 200, body: { id, acknowledgedAt: '2026-12-28T00:00:00.000Z' } });
    expect(await waiting(manager)).toHaveLength(before - 1);
    const ledger = (await manager.get('/reminders?limit=200')).body.items;
    expect(ledger.find((row: { id: string }) => row.id === id)).toMatchObject({
      stage: 'ESCALATION',
      acknowledgedAt: '2026-12-28T00:00:00.000Z',
    });
    const ofObligation = (await (await app.as('owner')).get(`/obligations/${obligation.id}/reminders`)).body.items;
    expect(ofObligation[0]).toMatchObject({ id, acknowledgedAt: '2026-12-28T00:00:00.000Z' });
    const [event] = await app.database.query<{ actorId: string; after: object }>(
      `SELECT actor_id AS "actorId", organisation_id AS "organisationId", after FROM audit_event WHERE action = 'reminder.acknowledged'`,
    );
    expect(event).toMatchObject({
      actorId: app.world.people.manager,
      organisationId: app.world.organisations.agency,
      after: { obligationId: obligation.id },
    });
  });

  it('is acknowledged once, however often one asks', async () => {
    const { id } = await escalation(manager);
    await manager.post(`/reminders/${id}/acknowledge`);
    app.clock.set('2026-12-29T00:00:00Z');
    expect(await manager.post(`/reminders/${id}/acknowledge`)).toMatchObject({
      ...{ status: 200, body: { acknowledgedAt: '2026-12-28T00:00:00.000Z' } },
    });
    expect(await app.database.query(`SELECT 1 FROM audit_event WHERE action = 'reminder.acknowledged'`)).toHaveLength(
      1,
    );
  });

  it('turns nothing green by being acknowledged, and the next step still goes to the next person', async () => {
    const { id, obligation } = await escalation(manager);
    const state = () =>
      app.database.query('SELECT state, reason, notify_at FROM obligation WHERE id = $1', [obligation.id]);
    const verdict = () => app.database.query('SELECT * FROM system_readiness WHERE system_id = $1', [systemId]);
    const before = [await state(), await verdict()];
    await manager.post(`/reminders/${id}/acknowledge`);
    expect([await state(), await verdict()]).toEqual(before);
    const ciso = await app.as('ciso');
    for (const day of [TO_MANAGER, TO_CISO - 5, TO_CISO - 1]) {
      await onDay(day);
      expect(approvalOf(await waiting(ciso))).toBeUndefined();
    }
    await onDay(TO_CISO);
    expect(approvalOf(await waiting(ciso))).toBeDefined();
  });

  it('is nobody else’s to acknowledge, and other reminders need none', async () => {
    const { id } = await escalation(manager);
    for (const person of ['admin', 'ciso', 'owner', 'outsider'] as const)
      expect(await (await app.as(person)).post(`/reminders/${id}/acknowledge`)).toMatchObject({
        ...{ status: 404, body: { code: 'REMINDER_NOT_FOUND' } },
      });
    const [lead] = await app.database.query<{ id: string }>(
      `SELECT id FROM reminder WHERE recipient_id = $1 AND stage <> 'ESCALATION' LIMIT 1`,
      [app.world.people.owner],
    );
    expect(await (await app.as('owner')).post(`/reminders/${lead?.id}/acknowledge`)).toMatchObject({
      ...{ status: 409, body: { code: 'NO_ESCALATION' } },
    });
  });

  it('waits no longer once proof has come; one that was never sent needs no acknowledgement', async () => {
    const { id } = await escalation(manager);
    await prove(centreOf(app), systemId, { kind: 'APPROVAL', subject: 'PROCEDURE' });
    expect(approvalOf(await waiting(manager))).toBeUndefined();
    await app.database.query(`UPDATE reminder SET status = 'CANCELLED' WHERE id = $1`, [id]);
    expect(await manager.post(`/reminders/${id}/acknowledge`)).toMatchObject({
      ...{ status: 409, body: { code: 'ESCALATION_OVER' } },
    });
  });

  it('neither waits for nor is acknowledged by who has lost the role it went to', async () => {
    const { id } = await escalation(manager);
    await app.database.query('DELETE FROM role_assignment WHERE user_id = $1', [app.world.people.manager]);
    expect(await waiting(manager)).toEqual([]);
    expect((await manager.post(`/reminders/${id}/acknowledge`)).status).toBe(404);
  });
});
