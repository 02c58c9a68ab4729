import { DEFAULT_POLICY } from '../../src/core/policy/default-policy';
import { owedSinceOf } from '../../src/core/policy/owed-since';
import type { PolicyRules } from '../../src/core/policy/rule';
import { refreshSubtree } from '../../src/obligations/refresh-subtree';
import { PAGE } from '../../src/obligations/obligation-ledger';
import { newId } from '../../src/platform/database/id';
import { Organisation } from '../../src/registry/organisations/organisation.entity';
import { Policy } from '../../src/registry/policies/policy.entity';
import { openCentre, type Centre } from '../support/centre/centre';
import { register, registerMany } from '../support/centre/facts';
import { dutiesOf, dutyOf, drift, readinessOf } from '../support/centre/rows';

const MFA = 'administrator-mfa';
/** A policy that asks for one thing only, so that it is told apart from the pack at a glance. */
const ONLY_MFA: PolicyRules = { ...DEFAULT_POLICY, rules: DEFAULT_POLICY.rules.filter(({ key }) => key === MFA) };
const KEYS_OF_PACK = 20;

describe('obligations under policies', () => {
  let centre: Centre;

  beforeEach(async () => {
    centre = await openCentre('obligation policies');
  });

  afterEach(() => centre.stop());

  const organisation = async (code: string, parentId: string | null): Promise<string> => {
    const id = newId();
    await centre.dataSource.manager.insert(Organisation, { id, code, name: code, kind: 'BUREAU', parentId });
    return id;
  };

  const draft = async (organisationId: string, rules: PolicyRules, version: number): Promise<string> => {
    const id = newId();
    await centre.dataSource.manager.insert(Policy, {
      ...{ id, organisationId, version, status: 'DRAFT', rules: rules as never },
    });
    return id;
  };

  /** What a publication does to the centre; answers whether it was done at once. */
  const publish = (organisationId: string, policyId: string, andThen?: () => void): Promise<boolean> =>
    centre.dataSource.transaction(async (m) => {
      await m.update(Policy, { organisationId, status: 'PUBLISHED' }, { status: 'SUPERSEDED' });
      const { rules } = await m.findOneByOrFail(Policy, { id: policyId });
      const inForce = {
        status: 'PUBLISHED' as const,
        effectiveOn: '2026-11-23',
        owedSince: owedSinceOf(rules, '2026-11-23'),
      };
      await m.update(Policy, { id: policyId }, inForce as never);
      const done = await refreshSubtree(m, centre.ledger, organisationId);
      andThen?.();
      return done;
    });

  it('a publication changes what every system below owes, in the same transaction', async () => {
    const { agency, otherAgency, otherMinistry } = centre.world.organisations;
    const [inside, elsewhere, foreign] = (await registerMany(centre, [
      { organisationId: agency },
      { organisationId: otherAgency },
      { organisationId: otherMinistry },
    ])) as [string, string, string];
    expect(Object.keys(await dutiesOf(centre.dataSource, inside)).length).toBeGreaterThan(KEYS_OF_PACK - 1);

    const policyId = await draft(agency, ONLY_MFA, 1);
    expect(await publish(agency, policyId)).toBe(true);
    expect(Object.keys(await dutiesOf(centre.dataSource, inside))).toEqual([MFA]);
    expect(await readinessOf(centre.dataSource, inside)).toMatchObject({ applicable: 1, unknown: 1 });
    for (const id of [elsewhere, foreign])
      expect(Object.keys(await dutiesOf(centre.dataSource, id)).length).toBeGreaterThan(KEYS_OF_PACK - 1);
    expect(await drift(centre.dataSource)).toEqual({ counts: [], verdicts: [] });
  });

  it('a duty that stays keeps its row and its history under the new version', async () => {
    const { agency } = centre.world.organisations;
    const id = await register(centre);
    const before = await dutyOf(centre.dataSource, id, MFA);
    await publish(agency, await draft(agency, ONLY_MFA, 1));
    expect((await dutyOf(centre.dataSource, id, MFA)).id).toBe(before.id);
  });

  it('a publication that came to nothing leaves nothing behind, also not in the memory of the service', async () => {
    const { agency } = centre.world.organisations;
    const id = await register(centre);
    const policyId = await draft(agency, ONLY_MFA, 1);
    const broken = publish(agency, policyId, () => {
      throw new Error('the connection is gone');
    });
    await expect(broken).rejects.toThrow('connection is gone');
    expect(Object.keys(await dutiesOf(centre.dataSource, id)).length).toBeGreaterThan(KEYS_OF_PACK - 1);

    const rules: PolicyRules = { ...ONLY_MFA, grace: { ...ONLY_MFA.grace, HIGH: 'P10D' } };
    await centre.dataSource.manager.update(Policy, { id: policyId }, { rules: rules as never, rowVersion: 2 });
    await publish(agency, policyId);
    expect((await dutyOf(centre.dataSource, id, MFA)).dueOn).toBe('2026-12-03');
  });

  it('an organisation that is moved owes by the policy of its new place, with all that is below it', async () => {
    const { ministry } = centre.world.organisations;
    const strict = await organisation('STRICT', ministry);
    await publish(strict, await draft(strict, ONLY_MFA, 1));
    const bureau = await organisation('BUREAU', ministry);
    const division = await organisation('DIVISION', bureau);
    const id = await register(centre, { organisationId: division });
    const move = (parentId: string): Promise<void> =>
      centre.dataSource.transaction(async (m) => {
        await m.update(Organisation, { id: bureau }, { parentId });
        expect(await refreshSubtree(m, centre.ledger, bureau)).toBe(true);
      });
    await move(strict);
    expect(Object.keys(await dutiesOf(centre.dataSource, id))).toEqual([MFA]);
    await move(ministry);
    expect(Object.keys(await dutiesOf(centre.dataSource, id)).length).toBeGreaterThan(KEYS_OF_PACK - 1);
    expect(await drift(centre.dataSource)).toEqual({ counts: [], verdicts: [] });
  });

  it('without any policy nothing is owed and nothing is known', async () => {
    const alone = await organisation('ALONE', null);
    const id = await register(centre, { organisationId: alone });
    expect(await dutiesOf(centre.dataSource, id)).toEqual({});
    expect(await readinessOf(centre.dataSource, id)).toMatchObject({ verdict: 'UNKNOWN', applicable: 0 });
  });

  it('more systems than fit one transaction are left to the worker, who takes all of them page by page', async () => {
    const { agency, otherAgency } = centre.world.organisations;
    const bureau = await organisation('MANY', agency);
    const ids = await registerMany(
      centre,
      Array.from({ length: PAGE + 1 }, (_, n) => ({ organisationId: n % 2 ? agency : bureau, tier: 'LOW' as const })),
    );
    const bystander = await register(centre, { organisationId: otherAgency, tier: 'LOW' });
    expect(await publish(agency, await draft(agency, ONLY_MFA, 1))).toBe(false);
    expect(Object.keys(await dutiesOf(centre.dataSource, ids[0] as string))).not.toEqual([MFA]);

    expect(await centre.ledger.refreshAll(centre.dataSource.manager, agency)).toBe(PAGE + 1);
    const owed = await centre.dataSource.query<{ rule: string; n: number }[]>(
      `SELECT rule_key AS rule, count(*)::int AS n FROM obligation WHERE system_id = ANY($1::uuid[]) GROUP BY 1`,
      [ids],
    );
    expect(owed).toEqual([{ rule: MFA, n: PAGE + 1 }]);
    expect(Object.keys(await dutiesOf(centre.dataSource, bystander))).not.toEqual([MFA]);
    expect(await drift(centre.dataSource)).toEqual({ counts: [], verdicts: [] });
  });

  it.each([
    [`UPDATE policy SET rules = '{}' WHERE status = 'PUBLISHED'`],
    [`UPDATE policy SET effective_on = '2030-01-01' WHERE status = 'PUBLISHED'`],
    [
      `UPDATE policy SET organisation_id = (SELECT id FROM organisation WHERE code = 'AGC-2') WHERE status = 'PUBLISHED'`,
    ],
    [`UPDATE policy SET status = 'DRAFT' WHERE status = 'PUBLISHED'`],
    [`DELETE FROM policy WHERE status = 'PUBLISHED'`],
  ])('a policy in force cannot be changed, not even by SQL: %s', async (sql) => {
    await expect(centre.database.query(sql)).rejects.toThrow('published policy never changes');
  });
});
