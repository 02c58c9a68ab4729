import { Policy } from '../../src/registry/policies/policy.entity';
import { openCentre, type Centre } from '../support/centre/centre';
import { edit, register } from '../support/centre/facts';
import { cancelItem, improve } from '../support/centre/improvements';
import { readinessOf } from '../support/centre/rows';

let centre: Centre;

beforeEach(async () => {
  centre = await openCentre('improvement obligations');
});
afterEach(() => centre.stop());

const obligationOf = async (itemId: string): Promise<Record<string, unknown> | undefined> => {
  const [row] = await centre.dataSource.query<Record<string, unknown>[]>(
    `SELECT system_id AS "systemId", organisation_id AS "organisationId", kind, rule_key AS "ruleKey", gating, tier, state,
       due_on::text AS "dueOn", policy_id AS "policyId", reason, action->>'kind' AS action, occasion->>'occurrence' AS occurrence
     FROM obligation WHERE duty_of = $1`,
    [itemId],
  );
  return row;
};
const endOfItem = async (itemId: string): Promise<unknown> => {
  const [row] = await centre.dataSource.query<object[]>(
    `SELECT from_state AS "fromState", to_state AS "toState" FROM obligation_transition WHERE duty_of = $1 ORDER BY at DESC, id DESC LIMIT 1`,
    [itemId],
  );
  return row;
};

describe('an open improvement item', () => {
  it('of a failed drill is owed by its system within 30 days, and decides no verdict', async () => {
    const systemId = await register(centre);
    const before = await readinessOf(centre.dataSource, systemId);
    const id = await improve(centre, systemId);
    expect(await obligationOf(id)).toEqual({
      ...{
        systemId,
        organisationId: centre.world.organisations.agency,
        kind: 'IMPROVEMENT',
        ruleKey: 'improvement-item',
      },
      ...{ gating: false, tier: 'HIGH', state: 'UNKNOWN', dueOn: '2026-12-23', policyId: null },
      reason: { code: 'IMPROVEMENT_OPEN', params: { title: '連絡先を直す', dueOn: '2026-12-23' } },
      ...{ action: 'CLOSE_IMPROVEMENT', occurrence: 'DUE:2026-12-23' },
    });
    const after = await readinessOf(centre.dataSource, systemId);
    expect(after).toEqual({ ...before, applicable: before.applicable + 1, unknown: before.unknown + 1 });
  });

  it.each(['a system', 'an organisation'])(
    'of %s is overdue after its day, without anybody touching it',
    async (whose) => {
      const id = await improve(centre, whose === 'a system' ? await register(centre) : null);
      centre.clock.set('2026-12-23T14:59:59Z');
      await centre.tick.run();
      expect(await obligationOf(id)).toMatchObject({ state: 'UNKNOWN' });
      centre.clock.set('2026-12-23T15:00:00Z');
      await centre.tick.run();
      expect(await obligationOf(id)).toMatchObject({ state: 'OVERDUE', reason: { code: 'IMPROVEMENT_OVERDUE' } });
    },
  );

  it('of an organisation belongs to no system, and counts in no verdict', async () => {
    const systemId = await register(centre);
    const before = await readinessOf(centre.dataSource, systemId);
    const id = await improve(centre, null);
    expect(await obligationOf(id)).toMatchObject({ systemId: null, tier: 'MODERATE', state: 'UNKNOWN' });
    expect(await readinessOf(centre.dataSource, systemId)).toEqual(before);
  });

  it('is owed where no policy is in force', async () => {
    const systemId = await register(centre);
    const id = await improve(centre, systemId);
    await centre.dataSource.getRepository(Policy).update({ status: 'PUBLISHED' }, { status: 'SUPERSEDED' });
    await centre.ledger.refreshAll(centre.dataSource.manager);
    expect(await obligationOf(id)).toMatchObject({ state: 'UNKNOWN' });
    const [{ count } = { count: -1 }] = await centre.dataSource.query<{ count: number }[]>(
      'SELECT count(*)::int AS count FROM obligation WHERE system_id = $1',
      [systemId],
    );
    expect(count).toBe(1);
  });

  it.each(['a system', 'an organisation'])(
    'of %s is owed no longer once it has ended; its history stays',
    async (whose) => {
      const id = await improve(centre, whose === 'a system' ? await register(centre) : null);
      await cancelItem(centre, id);
      expect(await obligationOf(id)).toBeUndefined();
      expect(await endOfItem(id)).toEqual({ fromState: 'UNKNOWN', toState: null });
    },
  );

  it('of a retired system is owed by nobody', async () => {
    const systemId = await register(centre);
    const id = await improve(centre, systemId);
    await edit(centre, systemId, { lifecycle: 'RETIRED' });
    expect(await obligationOf(id)).toBeUndefined();
  });

  it('moves with its system to another organisation', async () => {
    const systemId = await register(centre);
    const id = await improve(centre, systemId);
    await edit(centre, systemId, { organisationId: centre.world.organisations.otherAgency });
    expect(await obligationOf(id)).toMatchObject({ organisationId: centre.world.organisations.otherAgency });
  });
});
