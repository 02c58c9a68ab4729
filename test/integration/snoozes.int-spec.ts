import { addDays } from '../../src/core/time/civil-date';
import { ObligationTick } from '../../src/obligations/clocks/obligation-tick';
import { DigestFormer } from '../../src/views/outbox/digest/digest-former';
import { MailDelivery } from '../../src/views/outbox/mail-delivery';
import { ReminderSweep } from '../../src/views/reminders/reminder-sweep';
import { startTestApp, type TestApp } from '../support/app';
import { declare, edit, prove, register } from '../support/centre/facts';
import { centreOf } from '../support/centre/of-app';
import type { Answer, Client } from '../support/client';

const START = '2026-11-23';
/** A week after the due day the owner is told again, and three working days after it the ISO. */
const DUE = 30;

let app: TestApp;
let owner: Client;
let systemId: string;
let obligationId: string;

beforeEach(async () => {
  app = await startTestApp('snoozes', {
    settings: { SESSION_HOURS: '720', SESSION_IDLE_HOURS: '168', DIGEST_AT: '00:00' },
  });
  systemId = await register(centreOf(app), { deputyId: app.world.people.deputy });
  await onDay(0);
  await onDay(DUE);
  owner = await app.as('owner');
  const { body } = await owner.get(`/systems/${systemId}/obligations?ruleKey=procedure-approved`);
  obligationId = body.items[0].id;
});
afterEach(() => app.stop());

const find = <T>(type: new (...args: never[]) => T): T => app.app.get(type as never, { strict: false });
const dayOf = (day: number): string => addDays(START, day);

/** Nine in the morning of so many days after the start, in Tokyo, with everything that the worker does then. */
async function onDay(day: number): Promise<void> {
  app.clock.set(`${dayOf(day)}T00:00:00Z`);
  await find(ObligationTick).run();
  await find(ReminderSweep).run();
  await find(DigestFormer).run();
  for (const id of await find(MailDelivery).due(100)) await find(MailDelivery).deliver(id);
}
const snooze = (untilOn: string, by = owner, reason = '年末の体制のため'): Promise<Answer> =>
  by.post(`/obligations/${obligationId}/snoozes`, { reason, untilOn });
/** What became of the reminders after the due day, with whom they went to. */
const told = async (audience: string): Promise<string[]> => {
  const rows = await app.database.query<{ offset: number; status: string; email: string }>(
    `SELECT r.offset_days AS offset, r.status, u.email FROM reminder r JOIN app_user u ON u.id = r.recipient_id
     WHERE r.obligation_id = $1 AND r.audience = $2 AND r.offset_days > 0 ORDER BY r.offset_days, u.email`,
    [obligationId, audience],
  );
  return rows.map(({ offset, status, email }) => `+${offset} ${email.split('@')[0]} ${status}`);
};
const shown = async (by = owner) =>
  (await by.get(`/systems/${systemId}/obligations?ruleKey=procedure-approved`)).body.items[0];

describe('a snooze', () => {
  it('holds back what owner and deputy are told, with its reason, while what escalates goes on', async () => {
    expect(await snooze(dayOf(DUE + 6))).toMatchObject({
      ...{ status: 201, body: { number: 1, untilOn: '2026-12-29', endedAt: null } },
    });
    for (const day of [31, 33, 35]) await onDay(day);
    expect(await told('OWNER')).toEqual([
      '+1 deputy SNOOZED',
      '+1 owner SNOOZED',
      '+3 deputy SNOOZED',
      '+3 owner SNOOZED',
    ]);
    expect(await told('MANAGER')).toEqual(['+3 manager SENT']);
    const ledger = (await (await app.as('manager')).get(`/reminders?status=SNOOZED`)).body.items;
    expect(ledger).toHaveLength(4);
    expect(ledger[0]).toMatchObject({
      ...{ mailId: null, sentAt: null, snooze: { reason: '年末の体制のため', untilOn: '2026-12-29' } },
    });
    expect(await shown()).toMatchObject({
      state: 'OVERDUE',
      snooze: { number: 1, by: { displayName: expect.any(String) } },
    });
  });

  it('is over after its last day, and what was last held back is told then', async () => {
    await snooze(dayOf(DUE + 4));
    for (const day of [31, 33, 34]) await onDay(day);
    expect(await told('OWNER')).toEqual([
      '+1 deputy SNOOZED',
      '+1 owner SNOOZED',
      '+3 deputy SNOOZED',
      '+3 owner SNOOZED',
    ]);
    await onDay(35);
    expect(await told('OWNER')).toEqual(['+1 deputy SNOOZED', '+1 owner SNOOZED', '+3 deputy SENT', '+3 owner SENT']);
    await onDay(37);
    expect((await told('OWNER')).slice(4)).toEqual(['+7 deputy SENT', '+7 owner SENT']);
  });

  it('is cancelled by either of them, and what was last held back is told', async () => {
    const { body } = await snooze(dayOf(DUE + 6));
    await onDay(31);
    const deputy = await app.as('deputy');
    expect((await shown(deputy)).remindsMe).toBe(true);
    expect(await deputy.post(`/snoozes/${body.id}/cancel`)).toMatchObject({
      ...{ status: 200, body: { endedAt: '2026-12-24T00:00:00.000Z' } },
    });
    expect(await owner.post(`/snoozes/${body.id}/cancel`)).toMatchObject({
      ...{ status: 409, body: { code: 'SNOOZE_OVER' } },
    });
    await onDay(32);
    expect(await told('OWNER')).toEqual(['+1 deputy SENT', '+1 owner SENT']);
    expect((await shown()).snooze).toBeNull();
    const events = await app.database.query<{ action: string; recordType: string }>(
      `SELECT action, actor_id AS "actorId" FROM audit_event WHERE record_type = 'snooze' ORDER BY at`,
    );
    const { people } = app.world;
    expect(events).toEqual([
      { action: 'snooze.started', actorId: people.owner },
      { action: 'snooze.cancelled', actorId: people.deputy },
    ]);
  });

  it('is one at a time, and each is counted', async () => {
    await snooze(dayOf(DUE + 1));
    expect(await snooze(dayOf(DUE + 2), await app.as('deputy'))).toMatchObject({
      ...{ status: 409, body: { code: 'ALREADY_SNOOZED' } },
    });
    // Its day has passed; the worker need not have noticed.
    app.clock.set(`${dayOf(DUE + 2)}T00:00:00Z`);
    expect(await snooze(dayOf(DUE + 3))).toMatchObject({ status: 201, body: { number: 2 } });
    app.clock.set(`${dayOf(DUE + 4)}T00:00:00Z`);
    const atOnce = await Promise.all([snooze(dayOf(DUE + 5)), snooze(dayOf(DUE + 5), await app.as('deputy'))]);
    expect(atOnce.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await shown()).snooze.number).toBe(3);
  });

  it('has a limit by tier, a day that has not passed, and a reason', async () => {
    const limit = dayOf(DUE + 7);
    expect((await shown()).snoozableUntil).toBe(limit);
    expect(await snooze(dayOf(DUE + 8))).toMatchObject({
      ...{ status: 422, body: { errors: [{ field: 'untilOn', code: 'TOO_FAR_AHEAD' }] } },
    });
    expect(await snooze(dayOf(DUE - 1))).toMatchObject({
      ...{ status: 422, body: { errors: [{ field: 'untilOn', code: 'IN_THE_PAST' }] } },
    });
    expect(await snooze(limit, owner, ' ')).toMatchObject({ status: 400, body: { errors: [{ field: 'reason' }] } });
    expect((await snooze(limit)).status).toBe(201);
    expect(await shown()).toMatchObject({ snoozableUntil: null, snooze: { untilOn: limit } });
  });

  it('is only for whom it reminds', async () => {
    for (const person of ['manager', 'ciso', 'admin'] as const) {
      const by = await app.as(person);
      expect(await snooze(dayOf(DUE + 1), by)).toMatchObject({ status: 403, body: { code: 'NOT_REMINDED' } });
      expect(await shown(by)).toMatchObject({ remindsMe: false, snoozableUntil: null });
    }
    expect((await snooze(dayOf(DUE + 1), await app.as('outsider'))).status).toBe(404);
  });

  it('holds back what waits for its digest, and not what has been sent', async () => {
    app.clock.set(`${dayOf(DUE + 1)}T00:00:00Z`);
    await find(ReminderSweep).run();
    expect(await told('OWNER')).toEqual(['+1 deputy PENDING', '+1 owner PENDING']);
    await snooze(dayOf(DUE + 3));
    expect(await told('OWNER')).toEqual(['+1 deputy SNOOZED', '+1 owner SNOOZED']);
    await onDay(DUE + 2);
    expect(
      await app.database.query(
        `SELECT 1 FROM reminder WHERE obligation_id = $1 AND offset_days = 0 AND status = 'SENT'`,
        [obligationId],
      ),
    ).toHaveLength(2);
  });

  it('does not hold back another failure, nor the manager who is told for want of an owner', async () => {
    const requirement = await declare(centreOf(app), systemId);
    await prove(centreOf(app), systemId, { kind: 'VERIFICATION', backupRequirementId: requirement });
    const { body } = await owner.get(`/systems/${systemId}/obligations?ruleKey=backup-verification`);
    obligationId = body.items[0].id;
    expect((await snooze(dayOf(DUE + 7))).status).toBe(201);
    await prove(centreOf(app), systemId, { kind: 'VERIFICATION', backupRequirementId: requirement, outcome: 'FAILED' });
    await onDay(DUE);
    await onDay(DUE + 1);
    expect(await told('OWNER')).toEqual(['+1 deputy SENT', '+1 owner SENT']);
    expect((await shown()).snooze).toBeNull();
    expect((await snooze(dayOf(DUE + 7))).body).toMatchObject({ number: 1 });
    await edit(centreOf(app), systemId, { ownerId: null, deputyId: null });
    await onDay(DUE + 3);
    expect((await told('OWNER')).slice(2)).toEqual(['+3 manager SENT']);
  });
});
