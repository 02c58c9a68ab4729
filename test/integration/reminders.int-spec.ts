import { planReminders, type Occasion } from '../../src/core/reminder/reminder-plan';
import { addDays } from '../../src/core/time/civil-date';
import { isJapaneseHoliday } from '../../src/platform/calendar/japanese-holidays';
import { newId } from '../../src/platform/database/id';
import { Organisation } from '../../src/registry/organisations/organisation.entity';
import { openCentre, type Centre } from '../support/centre/centre';
import { declare, edit, prove, register, registerMany } from '../support/centre/facts';
import { remindersAbout, remindersOf, type ReminderRow, type Reminding } from '../support/centre/reminding';
import { dutyOf } from '../support/centre/rows';

const START = '2026-11-23';

describe('the sweep of reminders', () => {
  let centre: Centre;
  let reminding: Reminding;

  beforeEach(async () => {
    centre = await openCentre('reminders');
    reminding = remindersOf(centre);
  });

  afterEach(() => centre.stop());

  /** Nine in the morning of so many days after the start, in Tokyo. */
  const sweepOnDay = async (day: number): Promise<void> => {
    centre.clock.set(`${addDays(START, day)}T00:00:00Z`);
    await centre.tick.run();
    await reminding.sweep.run();
  };

  const occasionsOf = (systemId: string): Promise<{ id: string; occasion: Occasion & { occurrence: string } }[]> =>
    centre.dataSource.query('SELECT id, occasion FROM obligation WHERE system_id = $1 AND occasion IS NOT NULL', [
      systemId,
    ]);

  const nameOf = ({ obligationId, audience, stage, offsetDays, plannedOn, recipientId }: ReminderRow): string =>
    [obligationId, audience, stage, offsetDays, plannedOn, recipientId].join(' ');

  /** What the rules plan for a system that nobody proves anything of, a row for each person; of the days before the start the last one only. */
  const plannedRows = async (systemId: string, people: Record<string, string[]>, untilDay: number): Promise<string[]> =>
    (await occasionsOf(systemId)).flatMap(({ id, occasion }) => {
      const planned = planReminders(occasion, addDays(START, untilDay), isJapaneseHoliday);
      const early = planned.filter(({ on }) => on <= START);
      return [...early.slice(-1), ...planned.filter(({ on }) => on > START)].flatMap(
        ({ audience, stage, offsetDays, on }) =>
          (people[audience] ?? []).map((recipientId) => [id, audience, stage, offsetDays, on, recipientId].join(' ')),
      );
    });

  it('tells of every open duty once right after registration, by the nearest lead that has passed', async () => {
    const id = await register(centre, { deputyId: centre.world.people.deputy });
    await reminding.sweep.run();
    const rows = await remindersAbout(centre, id);
    const { owner, deputy } = centre.world.people;
    expect(rows.map(nameOf).sort()).toEqual((await plannedRows(id, { OWNER: [owner, deputy] }, 0)).sort());
    expect(rows.find(({ ruleKey }) => ruleKey === 'procedure-review')).toMatchObject({
      ...{ occurrence: 'DUE:2026-12-23', stage: 'LEAD', offsetDays: -30, plannedOn: '2026-11-23', status: 'PENDING' },
    });
    // A weekly duty is spoken of on its day and not before.
    expect(rows.map(({ ruleKey }) => ruleKey)).not.toContain('backup-verification');
    await reminding.sweep.run();
    expect(await remindersAbout(centre, id)).toEqual(rows);
  });

  it.each(['HIGH', 'LOW'] as const)(
    'played day by day, nobody is told more or less than the rules plan for tier %s',
    async (tier) => {
      const { owner, deputy, manager, ciso } = centre.world.people;
      const id = await register(centre, { tier, deputyId: deputy });
      for (let day = 0; day <= 120; day += 1) await sweepOnDay(day);
      const people = { OWNER: [owner, deputy], MANAGER: [manager], CISO_OFFICE: [ciso] };
      const rows = await remindersAbout(centre, id);
      expect(rows.map(nameOf).sort()).toEqual((await plannedRows(id, people, 120)).sort());
      expect(new Set(rows.map(({ stage }) => stage))).toEqual(new Set(['LEAD', 'DUE', 'OVERDUE', 'ESCALATION']));
    },
  );

  it('after an outage of ten days tells each audience once of each duty, and goes on as planned', async () => {
    const id = await register(centre);
    for (let day = 0; day <= 27; day += 1) await sweepOnDay(day);
    const before = (await remindersAbout(centre, id)).map(nameOf);
    await sweepOnDay(38);
    const made = (await remindersAbout(centre, id)).filter((row) => !before.includes(nameOf(row)));
    const perAudience = made.map(({ obligationId, audience }) => `${obligationId} ${audience}`);
    expect(new Set(perAudience).size).toBe(perAudience.length);
    expect(made.filter(({ ruleKey }) => ruleKey === 'procedure-approved')).toMatchObject([
      { audience: 'MANAGER', stage: 'ESCALATION', offsetDays: 3, plannedOn: '2026-12-28' },
      { audience: 'OWNER', stage: 'OVERDUE', offsetDays: 7, plannedOn: '2026-12-30' },
    ]);
    for (let day = 39; day <= 44; day += 1) await sweepOnDay(day);
    const later = (await remindersAbout(centre, id)).filter(({ plannedOn }) => plannedOn > '2026-12-31');
    expect(later.filter(({ ruleKey }) => ruleKey === 'procedure-approved')).toMatchObject([
      { stage: 'OVERDUE', offsetDays: 14, plannedOn: '2027-01-06' },
    ]);
  });

  it('two at once write nothing twice and leave nothing out', async () => {
    const ids = await registerMany(
      centre,
      Array.from({ length: 40 }, () => ({})),
    );
    await Promise.all([reminding.sweep.run(), reminding.sweep.run()]);
    const rows = await remindersAbout(centre, ...ids);
    const planned = [];
    for (const id of ids) planned.push(...(await plannedRows(id, { OWNER: [centre.world.people.owner] }, 0)));
    expect(rows.map(nameOf).sort()).toEqual(planned.sort());
  });

  it('tells of a new due day anew, and of a failure from the day it failed', async () => {
    const id = await register(centre, { tier: 'MODERATE' });
    const backupRequirementId = await declare(centre, id);
    const told = async (): Promise<string[]> =>
      (await remindersAbout(centre, id))
        .filter(({ ruleKey }) => ruleKey === 'backup-verification')
        .map(({ occurrence, stage, offsetDays }) => `${occurrence} ${stage} ${offsetDays}`);
    await prove(centre, id, { kind: 'VERIFICATION', backupRequirementId });
    for (const day of [0, 27, 29, 30]) await sweepOnDay(day);
    expect(await told()).toEqual(['DUE:2026-12-23 LEAD -3', 'DUE:2026-12-23 DUE 0']);
    await prove(centre, id, { kind: 'VERIFICATION', backupRequirementId });
    for (const day of [31, 58]) await sweepOnDay(day);
    await prove(centre, id, { kind: 'VERIFICATION', backupRequirementId, outcome: 'FAILED' });
    for (const day of [58, 59]) await sweepOnDay(day);
    expect((await told()).slice(2)).toEqual([
      'FAILED:2027-01-20 DUE 0',
      'DUE:2027-01-23 LEAD -3',
      'FAILED:2027-01-20 OVERDUE 1',
    ]);
  });

  describe('finds whom to tell', () => {
    const told = async (fields: Parameters<typeof register>[1]): Promise<Set<string>> => {
      const id = await register(centre, fields);
      await reminding.sweep.run();
      return new Set((await remindersAbout(centre, id)).map(({ recipientId }) => recipientId));
    };
    const deactivate = (...people: (keyof Centre['world']['people'])[]): Promise<unknown> =>
      centre.dataSource.query('UPDATE app_user SET active = false WHERE id = ANY($1::uuid[])', [
        people.map((person) => centre.world.people[person]),
      ]);

    it('the owner and the deputy', async () => {
      const { owner, deputy } = centre.world.people;
      expect(await told({ deputyId: deputy })).toEqual(new Set([owner, deputy]));
      expect(await told({ deputyId: owner })).toEqual(new Set([owner]));
    });

    it('the manager where nobody owns the system', async () => {
      expect(await told({ ownerId: null })).toEqual(new Set([centre.world.people.manager]));
    });

    it('the deputy alone when the owner has left, and the manager when both have', async () => {
      const { deputy, manager } = centre.world.people;
      await deactivate('owner');
      expect(await told({ deputyId: deputy })).toEqual(new Set([deputy]));
      await deactivate('deputy');
      expect(await told({ deputyId: deputy })).toEqual(new Set([manager]));
    });

    it('the CISO office where there is no manager, and after it the administrators', async () => {
      const { ciso, admin } = centre.world.people;
      await deactivate('manager');
      expect(await told({ ownerId: null })).toEqual(new Set([ciso]));
      await deactivate('ciso');
      expect(await told({ ownerId: null })).toEqual(new Set([admin]));
      await deactivate('admin');
      expect(await told({ ownerId: null })).toEqual(new Set());
    });

    it('the nearest manager above, and nobody of another ministry', async () => {
      const bureau = newId();
      const { agency: parentId, otherAgency, otherMinistry } = centre.world.organisations;
      await centre.dataSource.manager.insert(Organisation, {
        id: bureau,
        code: 'B',
        name: 'B',
        kind: 'BUREAU',
        parentId,
      });
      expect(await told({ ownerId: null, organisationId: bureau })).toEqual(new Set([centre.world.people.manager]));
      expect(await told({ ownerId: null, organisationId: otherAgency })).toEqual(new Set([centre.world.people.ciso]));
      expect(await told({ ownerId: null, organisationId: otherMinistry })).toEqual(
        new Set([centre.world.people.outsider]),
      );
    });

    it('whoever owns the system when the notice falls due', async () => {
      const { owner, deputy } = centre.world.people;
      const id = await register(centre);
      await sweepOnDay(0);
      await edit(centre, id, { ownerId: deputy });
      await sweepOnDay(16);
      const rows = (await remindersAbout(centre, id)).filter(({ ruleKey }) => ruleKey === 'procedure-review');
      expect(rows.map(({ recipientId }) => recipientId)).toEqual([owner, deputy]);
    });
  });

  it('a duty that is cleared is spoken of no more', async () => {
    const id = await register(centre);
    await sweepOnDay(0);
    await prove(centre, id, { kind: 'APPROVAL', subject: 'PROCEDURE' });
    for (const day of [16, 23, 30, 31]) await sweepOnDay(day);
    const rows = (await remindersAbout(centre, id)).filter(({ ruleKey }) => ruleKey === 'procedure-review');
    expect(rows).toHaveLength(1);
    expect((await dutyOf(centre.dataSource, id, 'procedure-review')).state).toBe('MET');
  });
});
