import { type DataSource } from 'typeorm';
import { ENTITIES } from '../../src/entities';
import { buildDataSource } from '../../src/platform/database/data-source';
import { openCentre, type Centre } from '../support/centre/centre';
import { declare, edit, prove, register, registerMany, type Writing } from '../support/centre/facts';
import { derivedRows, differences, drift, dutyOf } from '../support/centre/rows';
import { eventually } from '../support/eventually';

const DAY_MS = 24 * 3_600_000;
const WRITERS = 32;

describe('writers of obligations at the same time', () => {
  let centre: Centre;
  let second: DataSource;

  beforeAll(async () => {
    centre = await openCentre('obligation writers');
    second = await buildDataSource(centre.database.connection, ENTITIES).initialize();
  });

  afterAll(async () => {
    await second.destroy();
    await centre.stop();
  });

  /** Until so many statements of this database wait for a lock. */
  const waiting = (count: number): Promise<unknown> =>
    eventually(
      () =>
        centre.dataSource.query<{ n: number }[]>(
          `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        ),
      ([row]) => row?.n === count,
    );

  /** What a rebuild of everything would change: nothing, when no writer has lost another's proof. */
  const expectSettled = async (): Promise<void> => {
    const before = await derivedRows(centre.dataSource);
    await centre.ledger.refreshAll(centre.dataSource.manager);
    expect(differences(before, await derivedRows(centre.dataSource))).toEqual([]);
    expect(await drift(centre.dataSource)).toEqual({ counts: [], verdicts: [] });
  };

  it('of one system take turns, and neither loses what the other proved', async () => {
    const id = await register(centre);
    const both = await Promise.all([
      prove(centre, id, { kind: 'RESTORE_TEST' }),
      prove(centre, id, { kind: 'REVIEW', subject: 'CONTACTS' }),
    ]);
    expect(both.flatMap(({ changes }) => changes.map(({ ruleKey }) => ruleKey)).sort()).toEqual([
      'contacts-confirmed',
      'restore-test',
    ]);
    for (const ruleKey of ['restore-test', 'contacts-confirmed'])
      expect((await dutyOf(centre.dataSource, id, ruleKey)).state).toBe('MET');
    await expectSettled();
  });

  it('who has waited for the other judges by the time at which the turn came', async () => {
    const id = await register(centre);
    let late: Promise<unknown> | undefined;
    await centre.dataSource.transaction(async (m) => {
      await m.query('SELECT id FROM system WHERE id = $1 FOR NO KEY UPDATE', [id]);
      late = prove(centre, id, { kind: 'REVIEW', subject: 'CONTACTS' });
      await waiting(1);
      centre.clock.advance({ minutes: 1 });
      await prove(centre, id, { kind: 'RESTORE_TEST' }, { m });
    });
    await late;
    expect((await dutyOf(centre.dataSource, id, 'restore-test')).state).toBe('MET');
    await expectSettled();
  });

  it(`are ${WRITERS} over many systems without a deadlock, a lost state or a count that has drifted`, async () => {
    const tiers = ['HIGH', 'MODERATE', 'LOW'] as const;
    const { agency, otherAgency, ministry } = centre.world.organisations;
    const homes = [agency, otherAgency, ministry];
    const ids = await registerMany(
      centre,
      Array.from({ length: 24 }, (_, n) => ({ tier: tiers[n % 3], organisationId: homes[Math.floor(n / 3) % 3] })),
    );
    const requirements = new Map<string, string>();
    for (const id of ids) requirements.set(id, await declare(centre, id));
    const system = (n: number): string => ids[n % ids.length] as string;
    const start = centre.clock.now().getTime();

    const write = async (writer: number): Promise<void> => {
      const through: Writing = { ...centre, dataSource: writer % 2 ? centre.dataSource : second };
      for (let turn = 0; turn < 6; turn += 1) {
        const id = system(writer * 5 + turn * 7);
        const outcome = (writer + turn) % 4 === 0 ? 'FAILED' : 'PASSED';
        const backupRequirementId = requirements.get(id) as string;
        if (turn === 0) await prove(through, id, { kind: 'RESTORE_TEST', outcome });
        else if (turn === 1) await edit(through, id, { tier: tiers[writer % 3] as (typeof tiers)[number] });
        else if (turn === 2) await prove(through, id, { kind: 'VERIFICATION', backupRequirementId, outcome });
        else if (turn === 3) await centre.tick.run();
        else if (turn === 4)
          // One transaction over many systems, in an order of its own.
          await through.dataSource.transaction((m) =>
            centre.intake.take(
              m,
              [3, 1, 2].map((step) => ({
                ...{ systemId: system(writer + step * 5), kind: 'ATTESTATION' as const, ruleKey: 'administrator-mfa' },
                ...{ outcome: 'PASSED' as const, strength: 'DECLARED' as const, performedAt: centre.clock.now() },
                ...{ performerId: centre.world.people.owner, source: 'MANUAL' as const },
              })),
            ),
          );
        else
          await through.dataSource.transaction((m) => centre.ledger.refresh(m, [system(writer), system(writer + 9)]));
        if (writer === 0) centre.clock.set(new Date(start + (turn + 1) * 3 * DAY_MS));
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
    // What only the clock has changed since the last writer is the tick's to notice.
    await centre.tick.run();
    await expectSettled();
  });

  it('leave it to the tick when they hold a system, and the tick comes back for it', async () => {
    const [held, free] = (await registerMany(centre, [{ tier: 'LOW' }, { tier: 'LOW' }])) as [string, string];
    centre.clock.advance({ days: 120 });
    await centre.dataSource.transaction(async (m) => {
      await m.query('SELECT id FROM system WHERE id = $1 FOR NO KEY UPDATE', [held]);
      const changed = new Set((await centre.tick.run()).map(({ systemId }) => systemId));
      expect(changed.has(free)).toBe(true);
      expect(changed.has(held)).toBe(false);
    });
    expect((await centre.tick.run()).map(({ systemId }) => systemId)).toContain(held);
    await expectSettled();
  });

  it('two ticks at once write every transition once', async () => {
    const ids = await registerMany(
      centre,
      Array.from({ length: 40 }, () => ({ tier: 'MODERATE' as const })),
    );
    centre.clock.advance({ days: 61 });
    await Promise.all([centre.tick.run(), centre.tick.run()]);
    const twice = await centre.dataSource.query(
      `SELECT obligation_id, to_state FROM obligation_transition WHERE system_id = ANY($1::uuid[])
       GROUP BY 1, 2 HAVING count(*) > 1`,
      [ids],
    );
    expect(twice).toEqual([]);
    expect((await dutyOf(centre.dataSource, ids[39] as string, 'procedure-approved')).state).toBe('OVERDUE');
    await expectSettled();
  });
});
