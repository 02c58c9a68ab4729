import { openCentre, type Centre } from '../support/centre/centre';
import { declare, edit, prove, register, withdraw } from '../support/centre/facts';
import { dutiesOf, dutyOf, drift, readinessOf } from '../support/centre/rows';

const HOUR_MS = 3_600_000;

describe('the ledger of obligations', () => {
  let centre: Centre;

  beforeAll(async () => {
    centre = await openCentre('obligation ledger');
  });

  afterAll(() => centre.stop());

  const transitionsOf = (obligationId: string): Promise<{ from: string | null; to: string | null; at: Date }[]> =>
    centre.dataSource.query(
      `SELECT from_state AS "from", to_state AS "to", at FROM obligation_transition WHERE obligation_id = $1 ORDER BY at, id`,
      [obligationId],
    );

  describe('when a system is registered', () => {
    it.each([
      [
        'HIGH',
        { 'procedure-approved': '2026-12-23', 'backup-verification': '2026-11-30', 'drill-full-scale': '2026-12-23' },
      ],
      [
        'MODERATE',
        { 'procedure-approved': '2027-01-22', 'backup-verification': '2026-12-23', 'drill-functional': '2027-01-22' },
      ],
      [
        'LOW',
        { 'procedure-approved': '2027-02-21', 'backup-verification': '2026-12-23', 'restore-test': '2027-02-21' },
      ],
    ] as const)('a system of tier %s owes its first proofs within grace and cadence: %j', async (tier, expected) => {
      centre.clock.set('2026-11-23T00:00:00Z');
      const id = await register(centre, { tier });
      const duties = await dutiesOf(centre.dataSource, id);
      const dueOf = Object.fromEntries(Object.keys(expected).map((key) => [key, duties[key]?.dueOn]));
      expect(dueOf).toEqual(expected);
      expect(new Set(Object.values(duties).map(({ state }) => state))).toEqual(new Set(['UNKNOWN']));
      const owed = Object.keys(duties).length;
      expect(await readinessOf(centre.dataSource, id)).toMatchObject({
        verdict: 'UNKNOWN',
        applicable: owed,
        unknown: owed,
        met: 0,
      });
    });

    it('the lower tiers are not asked for what only the higher owe', async () => {
      const [moderate, low] = [await register(centre, { tier: 'MODERATE' }), await register(centre, { tier: 'LOW' })];
      expect(await dutiesOf(centre.dataSource, moderate)).not.toHaveProperty('drill-full-scale');
      const ofLow = await dutiesOf(centre.dataSource, low);
      expect(ofLow).not.toHaveProperty('drill-functional');
      expect(ofLow).not.toHaveProperty('backup-offline-copy');
    });

    it('a planned one owes nothing until it operates, and a retired one nothing any more', async () => {
      const id = await register(centre, { lifecycle: 'PLANNED' });
      expect(await dutiesOf(centre.dataSource, id)).toEqual({});
      expect(await readinessOf(centre.dataSource, id)).toMatchObject({ verdict: null, applicable: 0 });

      await edit(centre, id, { lifecycle: 'OPERATING' });
      const approval = await dutyOf(centre.dataSource, id, 'procedure-approved');
      await edit(centre, id, { lifecycle: 'RETIRED' });
      expect(await dutiesOf(centre.dataSource, id)).toEqual({});
      expect(await readinessOf(centre.dataSource, id)).toMatchObject({ verdict: null, applicable: 0 });
      expect((await transitionsOf(approval.id)).map(({ from, to }) => [from, to])).toEqual([
        [null, 'UNKNOWN'],
        ['UNKNOWN', null],
      ]);
    });

    it('rules on backups are owed by the system until it declares a requirement, and then by each', async () => {
      const id = await register(centre);
      expect(await dutyOf(centre.dataSource, id, 'recovery-point-fresh')).toMatchObject({
        dutyOf: id,
        reason: 'NO_BACKUP_REQUIREMENT',
      });
      const [first, second] = [await declare(centre, id), await declare(centre, id)];
      const owed = (): Promise<{ of: string }[]> =>
        centre.dataSource.query(
          `SELECT duty_of AS "of" FROM obligation WHERE system_id = $1 AND rule_key = 'backup-verification' ORDER BY 1`,
          [id],
        );
      expect((await owed()).map(({ of }) => of)).toEqual([first, second].sort());
      await withdraw(centre, first);
      await withdraw(centre, second);
      expect((await owed()).map(({ of }) => of)).toEqual([id]);
    });
  });

  describe('when evidence comes', () => {
    it('state, counts and verdict turn in the transaction that stores it, unseen from outside until then', async () => {
      const id = await register(centre);
      const before = await readinessOf(centre.dataSource, id);
      const outside = (): Promise<{ state: string; met: number; proofs: string }[]> =>
        centre.database.query(
          `SELECT o.state, r.met, (SELECT count(*) FROM evidence e WHERE e.system_id = $1) AS proofs
           FROM obligation o JOIN system_readiness r ON r.system_id = o.system_id
           WHERE o.system_id = $1 AND o.rule_key = 'restore-test'`,
          [id],
        );
      await centre.dataSource.transaction(async (m) => {
        const { changes } = await prove(centre, id, { kind: 'RESTORE_TEST' }, { m });
        expect(changes).toMatchObject([{ ruleKey: 'restore-test', fromState: 'UNKNOWN', toState: 'MET' }]);
        expect(await outside()).toEqual([{ state: 'UNKNOWN', met: 0, proofs: '0' }]);
      });
      expect(await outside()).toEqual([{ state: 'MET', met: 1, proofs: '1' }]);
      expect(await readinessOf(centre.dataSource, id)).toEqual({ ...before, met: 1, unknown: before.unknown - 1 });
    });

    it('a transaction that is rolled back leaves nothing at all', async () => {
      const id = await register(centre);
      const look = async (): Promise<unknown[]> =>
        Promise.all([
          dutiesOf(centre.dataSource, id),
          readinessOf(centre.dataSource, id),
          centre.dataSource.query('SELECT * FROM obligation_transition WHERE system_id = $1 ORDER BY id', [id]),
          centre.dataSource.query('SELECT * FROM evidence WHERE system_id = $1', [id]),
          centre.dataSource.query('SELECT * FROM readiness_count ORDER BY 1, 2, 3, 4'),
        ]);
      const before = await look();
      const broken = centre.dataSource.transaction(async (m) => {
        const { changes } = await prove(centre, id, { kind: 'RESTORE_TEST' }, { m });
        expect(changes).toHaveLength(1);
        throw new Error('the rest of the request went wrong');
      });
      await expect(broken).rejects.toThrow('went wrong');
      expect(await look()).toEqual(before);
    });

    it('every change is written once as a transition, and what changes nothing writes none', async () => {
      const id = await register(centre);
      const { id: obligationId } = await dutyOf(centre.dataSource, id, 'restore-test');
      const told = async (): Promise<unknown[]> =>
        (await transitionsOf(obligationId)).map(({ from, to }) => `${from} > ${to}`);
      expect(await told()).toEqual(['null > UNKNOWN']);
      await prove(centre, id, { kind: 'RESTORE_TEST', outcome: 'FAILED' });
      await prove(centre, id, { kind: 'RESTORE_TEST', outcome: 'FAILED' });
      await prove(centre, id, { kind: 'RESTORE_TEST', outcome: 'PARTIAL' });
      centre.clock.advance({ hours: 1 });
      await prove(centre, id, { kind: 'RESTORE_TEST' });
      await centre.dataSource.transaction((m) => centre.ledger.refresh(m, [id]));
      await centre.tick.run();
      centre.clock.advance({ hours: 1 });
      await prove(centre, id, { kind: 'RESTORE_TEST' });
      expect(await told()).toEqual(['null > UNKNOWN', 'UNKNOWN > FAILED', 'FAILED > MET']);
    });

    it('a check that fails night after night has failed since the first of the nights', async () => {
      const id = await register(centre);
      const backupRequirementId = await declare(centre, id);
      const check = (outcome: 'PASSED' | 'FAILED'): Promise<unknown> =>
        prove(centre, id, { kind: 'VERIFICATION', backupRequirementId, outcome });
      await check('FAILED');
      centre.clock.advance({ days: 1 });
      await check('PASSED');
      centre.clock.advance({ days: 1 });
      const firstNight = centre.clock.now();
      for (let night = 0; night < 4; night += 1) {
        await check('FAILED');
        centre.clock.advance({ days: 1 });
      }
      const duty = await dutyOf(centre.dataSource, id, 'backup-verification');
      expect(duty).toMatchObject({ state: 'FAILED', since: firstNight });
    });

    it.each([
      ['DELETE FROM evidence WHERE id = $1'],
      [`UPDATE evidence SET outcome = 'PASSED' WHERE id = $1`],
      [`UPDATE evidence SET performed_at = now() WHERE id = $1`],
      ['UPDATE evidence SET superseded_by_id = NULL, note = $$nicer$$ WHERE id = $1'],
    ])('it cannot be edited or deleted, not even by SQL: %s', async (sql) => {
      const id = await register(centre);
      const { evidenceId } = await prove(centre, id, { kind: 'RESTORE_TEST', outcome: 'FAILED' });
      await expect(centre.database.query(sql, [evidenceId])).rejects.toThrow('superseded, never edited');
    });

    it('it is superseded once and for all', async () => {
      const id = await register(centre);
      const { evidenceId } = await prove(centre, id, { kind: 'RESTORE_TEST', outcome: 'FAILED' });
      const { changes } = await prove(centre, id, { kind: 'RESTORE_TEST' }, { supersedes: evidenceId });
      expect(changes).toMatchObject([{ fromState: 'FAILED', toState: 'MET' }]);
      await expect(prove(centre, id, { kind: 'RESTORE_TEST' }, { supersedes: evidenceId })).rejects.toThrow(
        'never edited',
      );
      await expect(
        centre.database.query('UPDATE evidence SET superseded_by_id = NULL WHERE id = $1', [evidenceId]),
      ).rejects.toThrow('never edited');
    });

    it('what is told late counts from the day it was done, and an old failure undoes no newer pass', async () => {
      centre.clock.set('2027-03-01T03:00:00Z');
      const id = await register(centre);
      const at = (performedAt: string) => new Date(performedAt);
      await prove(centre, id, { kind: 'RESTORE_TEST', performedAt: at('2027-02-20T03:00:00Z') });
      expect(await dutyOf(centre.dataSource, id, 'restore-test')).toMatchObject({ state: 'MET', dueOn: '2027-05-20' });
      const { changes } = await prove(centre, id, { kind: 'RESTORE_TEST', performedAt: at('2027-01-10T03:00:00Z') });
      expect(changes).toEqual([]);
      await prove(centre, id, { kind: 'RESTORE_TEST', outcome: 'FAILED', performedAt: at('2027-02-19T03:00:00Z') });
      expect(await dutyOf(centre.dataSource, id, 'restore-test')).toMatchObject({ state: 'MET', dueOn: '2027-05-20' });
      await prove(centre, id, { kind: 'RESTORE_TEST', outcome: 'FAILED', performedAt: at('2027-02-21T03:00:00Z') });
      expect(await dutyOf(centre.dataSource, id, 'restore-test')).toMatchObject({
        state: 'FAILED',
        dueOn: '2027-05-20',
      });
    });

    it('a listing of an old recovery point proves nothing new', async () => {
      const id = await register(centre);
      const backupRequirementId = await declare(centre, id);
      const point = { kind: 'BACKUP' as const, backupRequirementId, recoveryPointAt: centre.clock.now() };
      const { evidenceId } = await prove(centre, id, point);
      centre.clock.advance({ minutes: 30 });
      const { changes } = await prove(centre, id, point);
      expect(changes).toEqual([]);
      expect((await dutyOf(centre.dataSource, id, 'recovery-point-fresh')).evidenceId).toBe(evidenceId);
    });
  });

  describe('when only time passes', () => {
    const states = async (id: string, ruleKey: string): Promise<string> => {
      const { state, reason } = await dutyOf(centre.dataSource, id, ruleKey);
      return `${state} ${reason}`;
    };

    it('a recovery point is late right after its objective and critical right after twice of it', async () => {
      const id = await register(centre);
      const backupRequirementId = await declare(centre, id);
      const point = centre.clock.now();
      await prove(centre, id, { kind: 'BACKUP', backupRequirementId, recoveryPointAt: point });
      const after = async (millis: number): Promise<string> => {
        centre.clock.set(new Date(point.getTime() + millis));
        await centre.tick.run();
        return states(id, 'recovery-point-fresh');
      };
      expect(await after(HOUR_MS)).toBe('MET RECOVERY_POINT_FINE');
      expect(await after(HOUR_MS + 1)).toBe('OVERDUE RECOVERY_POINT_LATE');
      expect(await after(2 * HOUR_MS)).toBe('OVERDUE RECOVERY_POINT_LATE');
      expect(await after(2 * HOUR_MS + 1)).toBe('OVERDUE RECOVERY_POINT_CRITICAL');
      expect(await readinessOf(centre.dataSource, id)).toMatchObject({ verdict: 'NOT_READY', overdue: 1 });
    });

    it('proof comes due soon, then overdue, each at the first instant of its day in Tokyo', async () => {
      centre.clock.set('2027-06-01T03:00:00Z');
      const id = await register(centre);
      await prove(centre, id, { kind: 'RESTORE_TEST' });
      const at = async (instant: string): Promise<string> => {
        centre.clock.set(instant);
        await centre.tick.run();
        return states(id, 'restore-test');
      };
      expect(await at('2027-08-17T14:59:59Z')).toBe('MET PROVEN_UNTIL');
      expect(await at('2027-08-17T15:00:00Z')).toBe('DUE_SOON PROOF_EXPIRES_SOON');
      expect(await at('2027-09-01T14:59:59Z')).toBe('DUE_SOON PROOF_EXPIRES_SOON');
      expect(await at('2027-09-01T15:00:00Z')).toBe('OVERDUE PROOF_EXPIRED');
    });

    it('the tick takes up the systems that are due and no others, and the counts follow', async () => {
      centre.clock.set('2028-01-11T03:00:00Z');
      await centre.tick.run();
      const early = await register(centre, { tier: 'LOW' });
      centre.clock.advance({ days: 3 });
      const late = await register(centre, { tier: 'LOW' });
      // The lock that a refresh takes leaves its mark on the row of the system.
      const marks = async (): Promise<Record<string, string>> =>
        Object.fromEntries(
          (await centre.database.query<{ id: string; xmax: string }>('SELECT id, xmax::text FROM system')).map(
            ({ id, xmax }) => [id, xmax],
          ),
        );
      const touched = async (): Promise<string[]> => {
        const before = await marks();
        const changes = await centre.tick.run();
        const after = await marks();
        const ids = Object.keys(after).filter((id) => after[id] !== before[id]);
        expect(new Set(changes.map(({ systemId }) => systemId))).toEqual(new Set(ids));
        return ids.filter((id) => [early, late].includes(id));
      };
      expect(await touched()).toEqual([]);
      centre.clock.set('2028-02-11T15:00:00Z');
      expect(await touched()).toEqual([early]);
      expect(await touched()).toEqual([]);
      expect(await states(early, 'backup-verification')).toBe('OVERDUE NO_BACKUP_REQUIREMENT_OVERDUE');
      expect(await states(late, 'backup-verification')).toBe('UNKNOWN NO_BACKUP_REQUIREMENT');
      centre.clock.set('2028-02-14T15:00:00Z');
      expect(await touched()).toEqual([late]);
      expect(await drift(centre.dataSource)).toEqual({ counts: [], verdicts: [] });
    });
  });
});
