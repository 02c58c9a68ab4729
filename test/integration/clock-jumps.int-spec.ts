import { mailsTo, remindersAbout, remindersOf, type Reminding } from '../support/centre/reminding';
import { openCentre, type Centre } from '../support/centre/centre';
import { prove, register } from '../support/centre/facts';

const HOUR_MS = 3_600_000;

let centre: Centre;
let reminding: Reminding;

async function open(now: string, settings: Record<string, string> = {}): Promise<void> {
  centre = await openCentre('clock jumps', { now, settings });
  reminding = remindersOf(centre);
}

afterEach(() => centre.stop());

/** What a worker does at an instant. */
async function workAt(instant: Date | string): Promise<void> {
  centre.clock.set(instant);
  await centre.tick.run();
  await reminding.sweepAll();
}

async function workHourly(from: string, hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour += 1) await workAt(new Date(Date.parse(from) + hour * HOUR_MS));
}

/** All that the jobs have written, in an order of its own. */
const written = (): Promise<unknown[]> =>
  Promise.all(
    ['reminder', 'mail', 'notice', 'obligation', 'obligation_transition', 'system_readiness', 'readiness_count'].map(
      (table) => centre.dataSource.query(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY to_jsonb(t)::text`),
    ),
  );

const stateOf = async (systemId: string, ruleKey: string): Promise<string> => {
  const [row] = await centre.dataSource.query(
    `SELECT state || ' ' || coalesce(due_on::text, '-') AS told FROM obligation WHERE system_id = $1 AND rule_key = $2`,
    [systemId, ruleKey],
  );
  return row.told;
};

describe('where summer time begins and ends', () => {
  // 02:30 is left out on 14 March 2027 in New York, and comes twice on 7 November.
  it.each([
    ['2027-03-12', '02:30'],
    ['2027-11-05', '01:30'],
    ['2027-03-12', '08:00'],
    ['2027-11-05', '08:00'],
  ])('a person has one digest for each day from %s on, at %s there', async (day, at) => {
    await open(`${day}T05:00:00Z`, { DIGEST_AT: at });
    await centre.dataSource.query(`UPDATE app_user SET time_zone = 'America/New_York' WHERE id = $1`, [
      centre.world.people.owner,
    ]);
    // Each day something new is to be told.
    for (let n = 0; n < 4; n += 1) {
      await register(centre);
      await workHourly(new Date(Date.parse(`${day}T05:00:00Z`) + n * 24 * HOUR_MS).toISOString(), 24);
    }
    const mails = await mailsTo(centre, centre.world.people.owner);
    const first = Date.parse(`${day}T00:00:00Z`);
    const days = [0, 1, 2, 3].map((n) => new Date(first + n * 24 * HOUR_MS).toISOString().slice(0, 10));
    expect(mails.map(({ digestOn }) => digestOn)).toEqual(days);
    const pending = await centre.dataSource.query(
      `SELECT count(*)::int AS n FROM reminder WHERE recipient_id = $1 AND mail_id IS NULL`,
      [centre.world.people.owner],
    );
    expect(pending).toEqual([{ n: 0 }]);
  });
});

describe('over a leap day', () => {
  it('what was done on 31 August is owed on 29 February, told of on that day and late the day after', async () => {
    await open('2027-08-31T00:00:00Z');
    const id = await register(centre);
    await prove(centre, id, { kind: 'REVIEW', subject: 'PROCEDURE' });
    expect(await stateOf(id, 'procedure-review')).toBe('MET 2028-02-29');
    for (let day = Date.parse('2028-02-20T00:00:00Z'); day <= Date.parse('2028-03-02T00:00:00Z'); day += 24 * HOUR_MS) {
      await workAt(new Date(day));
      const today = new Date(day).toISOString().slice(0, 10);
      expect([today, await stateOf(id, 'procedure-review')]).toEqual([
        today,
        `${today <= '2028-02-29' ? 'DUE_SOON' : 'OVERDUE'} 2028-02-29`,
      ]);
    }
    const rows = (await remindersAbout(centre, id)).filter(
      ({ ruleKey, audience, plannedOn }) =>
        ruleKey === 'procedure-review' && audience === 'OWNER' && plannedOn > '2028-02-20',
    );
    expect(rows.map(({ plannedOn }) => plannedOn)).toEqual(['2028-02-22', '2028-02-29', '2028-03-01']);
  });

  it('what was done on it is owed on the last day of February', async () => {
    await open('2028-02-29T03:00:00Z');
    const id = await register(centre);
    await prove(centre, id, { kind: 'REVIEW', subject: 'PROCEDURE' });
    await prove(centre, id, { kind: 'REVIEW', subject: 'BACKUP_REQUIREMENT' });
    expect(await stateOf(id, 'procedure-review')).toBe('MET 2028-08-29');
  });
});

describe('a clock that is set back', () => {
  it.each([5, 600, 86_400])('by %d seconds makes nothing anew, and goes on as if it had not been', async (seconds) => {
    await open('2026-11-23T00:00:00Z');
    const id = await register(centre);
    await prove(centre, id, { kind: 'REVIEW', subject: 'PROCEDURE' });
    await workAt('2026-12-07T01:00:00Z');
    await reminding.deliverAll();
    await prove(centre, id, { kind: 'APPROVAL', subject: 'PROCEDURE' });
    const before = await written();
    await workAt(new Date(Date.parse('2026-12-07T01:00:00Z') - seconds * 1000));
    await reminding.deliverAll();
    expect(await written()).toEqual(before);
    // Whoever writes about the system meanwhile takes nothing back that was proved.
    const proved = await stateOf(id, 'procedure-approved');
    await centre.dataSource.transaction((m) => centre.ledger.refresh(m, [id]));
    expect(await stateOf(id, 'procedure-approved')).toBe(proved);
    await workAt('2026-12-07T01:00:00Z');
    await reminding.deliverAll();
    expect(await written()).toEqual(before);
  });
});
