import { addDays } from '../../src/core/time/civil-date';
import { PastVerdicts } from '../../src/obligations/past/past-verdicts';
import { ReadinessDays } from '../../src/views/readiness/history/readiness-days';
import { type Centre, openCentre } from '../support/centre/centre';
import { declare, edit, prove, registerMany } from '../support/centre/facts';

let centre: Centre;
let days: ReadinessDays;
let past: PastVerdicts;
let [first, second, third]: string[] = [];

beforeAll(async () => {
  centre = await openCentre('readiness days', { now: '2026-04-01T00:00:00Z' });
  past = new PastVerdicts(centre.config);
  days = new ReadinessDays(centre.dataSource, past, centre.clock, centre.config);
  const { otherAgency } = centre.world.organisations;
  [first, second, third] = await registerMany(centre, [
    { code: 'A' },
    { code: 'B' },
    { code: 'C', tier: 'LOW', organisationId: otherAgency },
    { code: 'D', lifecycle: 'PLANNED' },
  ]);
});
afterAll(() => centre.stop());

/** The end of a day in Tokyo, late enough to be frozen. */
const lateOn = async (day: string): Promise<void> => {
  centre.clock.set(`${day}T14:40:00Z`);
  await centre.tick.run();
};
const frozen = (on: string): Promise<object[]> =>
  centre.dataSource.query(
    `SELECT organisation_id AS "organisationId", tier, lifecycle, verdict, policy_ids AS "policyIds", systems, applicable, met, due_soon AS "dueSoon",
       overdue, failed, unknown, waived FROM readiness_day_count WHERE day_on = $1 ORDER BY 1, 2, 3, 4`,
    [on],
  );
const frozenDays = (): Promise<object[]> =>
  centre.dataSource.query('SELECT day_on::text AS "on", made_up AS "madeUp" FROM readiness_day ORDER BY 1');
const sorted = (counts: readonly object[]): string[] => counts.map((count) => JSON.stringify(ordered(count))).sort();
const ordered = (of: object): object => Object.fromEntries(Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1)));

describe('a day', () => {
  it('is not frozen before it is late in the zone of the installation', async () => {
    centre.clock.set('2026-04-01T14:29:00Z');
    expect(await days.run()).toEqual([]);
    expect(await frozenDays()).toEqual([]);
  });

  it('is frozen once, by whoever comes first', async () => {
    await lateOn('2026-04-01');
    const all = await Promise.all([1, 2, 3, 4, 5, 6].map(() => days.run()));
    expect(all.flat()).toEqual(['2026-04-01']);
    expect(await days.run()).toEqual([]);
    expect(await frozenDays()).toEqual([{ on: '2026-04-01', madeUp: false }]);
  });

  it('holds the counts that are kept, with the policy that they rest on', async () => {
    const kept = await centre.dataSource.query<{ policyIds: string[] }[]>(
      `SELECT n.organisation_id AS "organisationId", tier, lifecycle, verdict, ARRAY[p.id] AS "policyIds", systems::int, applicable::int, met::int,
         due_soon::int AS "dueSoon", overdue::int, failed::int, unknown::int, waived::int
       FROM readiness_count n, policy p WHERE p.organisation_id = $1 AND systems > 0`,
      [centre.world.organisations.ministry],
    );
    expect(kept).toHaveLength(3);
    expect(sorted(await frozen('2026-04-01'))).toEqual(sorted(kept));
  });

  it('never changes afterwards', async () => {
    const before = await frozen('2026-04-01');
    await prove(centre, first as string, { kind: 'RESTORE_TEST', outcome: 'FAILED' });
    await days.run();
    expect(await frozen('2026-04-01')).toEqual(before);
    for (const statement of [
      'UPDATE readiness_day_count SET systems = 0',
      'DELETE FROM readiness_day_count',
      'UPDATE readiness_day SET made_up = true',
      'DELETE FROM readiness_day',
    ])
      await expect(centre.dataSource.query(statement)).rejects.toThrow('a frozen day never changes');
  });
});

describe('a day that was missed', () => {
  it('is derived to what was frozen, while proof comes and time passes', async () => {
    const proofs = [
      () => prove(centre, first as string, { kind: 'APPROVAL', subject: 'PROCEDURE' }),
      () => prove(centre, second as string, { kind: 'RESTORE_TEST', outcome: 'FAILED' }),
      () => prove(centre, second as string, { kind: 'RESTORE_TEST' }),
      () => prove(centre, third as string, { kind: 'APPROVAL', subject: 'PROCEDURE' }),
    ];
    const played: string[] = [];
    for (let on = '2026-04-02'; on <= '2026-07-20'; on = addDays(on, 9)) {
      centre.clock.set(`${on}T03:00:00Z`);
      await proofs[played.length % proofs.length]?.();
      await lateOn(on);
      expect((await days.run()).at(-1)).toBe(on);
      played.push(on);
    }
    expect(
      new Set((await Promise.all(played.map(frozen))).map((counts) => sorted(counts).join())).size,
    ).toBeGreaterThan(4);
    for (const on of played)
      expect({ on, counts: sorted(await past.countsAt(centre.dataSource.manager, on)) }).toEqual({
        ...{ on, counts: sorted(await frozen(on)) },
      });
  });

  it('is made up once, at most a month back, and says so', async () => {
    const before = (await frozenDays()).length;
    centre.clock.set('2026-09-30T01:00:00Z');
    const all = await Promise.all([days.run(), days.run()]);
    const made = all.flat().sort();
    expect(made).toHaveLength(31);
    expect([made[0], made.at(-1)]).toEqual(['2026-08-30', '2026-09-29']);
    expect(await frozenDays()).toHaveLength(before + 31);
    expect((await frozenDays()).at(-1)).toEqual({ on: '2026-09-29', madeUp: true });
  });

  it('stays a gap when the register has changed since its end', async () => {
    centre.clock.set('2026-10-03T03:00:00Z');
    await edit(centre, first as string, { tier: 'LOW' });
    await centre.dataSource.query(
      `INSERT INTO audit_event (id, at, action, record_type) VALUES (gen_random_uuid(), $1, 'system.changed', 'system'),
         (gen_random_uuid(), $2, 'session.started', 'session')`,
      ['2026-10-02T05:00:00Z', '2026-10-03T02:00:00Z'],
    );
    expect(await days.run()).toEqual(['2026-10-02']);
    expect((await frozenDays()).slice(-2)).toEqual([
      { on: '2026-09-29', madeUp: true },
      { on: '2026-10-02', madeUp: true },
    ]);
  });

  it('does not know what was declared only later', async () => {
    const before = await past.countsAt(centre.dataSource.manager, '2026-10-02');
    await declare(centre, second as string);
    await prove(centre, second as string, { kind: 'RESTORE_TEST', outcome: 'FAILED' });
    expect(sorted(await past.countsAt(centre.dataSource.manager, '2026-10-02'))).toEqual(sorted(before));
    expect(sorted(await past.countsAt(centre.dataSource.manager, '2026-10-03'))).not.toEqual(sorted(before));
  });
});
