import fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { TIERS } from '../../src/core/importance/tier';
import { DEFAULT_POLICY } from '../../src/core/policy/default-policy';
import { dated, type DatedPolicy } from '../../src/core/policy/grace';
import type { PolicyRules, Rule } from '../../src/core/policy/rule';
import type { Effect, PolicyEffects } from '../../src/obligations/dry-run/effect';
import { PolicyDryRun, type Proposal } from '../../src/obligations/dry-run/policy-dry-run';
import { EFFECTIVE_POLICY } from '../../src/obligations/ledger/effective-policy';
import { refreshSubtree } from '../../src/obligations/refresh-subtree';
import { newId } from '../../src/platform/database/id';
import { Policy } from '../../src/registry/policies/policy.entity';
import { openCentre, type Centre } from '../support/centre/centre';
import { declare, prove, register } from '../support/centre/facts';
import { histories, type Past } from '../support/centre/histories';
import { derivedRows } from '../support/centre/rows';
import { loosenings, tightenings } from '../support/rules/policy-edits';

const TODAY = '2026-11-23';
const MEASURE: Rule = {
  ...{ key: 'guest-network', kind: 'ATTESTATION', scope: 'SYSTEM', metBy: { kinds: ['ATTESTATION'] } },
  title: { ja: '来訪者用回線の分離', en: 'Guest network apart' },
  tiers: { HIGH: { gating: true, cadence: 'P7D' }, MODERATE: { gating: false, cadence: 'P12M' } },
};

interface Row {
  id: string;
  organisation: string;
  tier: string;
  system: string;
  state: string;
  dueOn: string | null;
  proven: boolean;
}

class RolledBack extends Error {}

describe('a dry run of a policy', () => {
  let centre: Centre;
  let dryRun: PolicyDryRun;

  beforeAll(async () => {
    centre = await openCentre('policy dry run');
    dryRun = new PolicyDryRun(centre.dataSource, centre.clock, centre.config);
  });

  afterAll(() => centre.stop());

  const standing = async (m: EntityManager) => ({
    obligations: await m.query<Row[]>(
      `SELECT id, organisation_id AS organisation, tier, system_id AS system, state, due_on::text AS "dueOn",
         evidence_id IS NOT NULL AS proven FROM obligation`,
    ),
    verdicts: new Map(
      (
        await m.query<{ id: string; tier: string; verdict: string | null }[]>(
          `SELECT system_id AS id, tier, verdict FROM system_readiness WHERE lifecycle = 'OPERATING'`,
        )
      ).map(({ id, ...rest }) => [id, rest]),
    ),
  });

  /** Publishes, looks at what that has done, and takes it back. */
  const published = async ({ organisationId, rules, effectiveOn }: Proposal): Promise<Partial<PolicyEffects>> => {
    let effects: Partial<PolicyEffects> = {};
    await centre.dataSource
      .transaction(async (m) => {
        const before = await standing(m);
        const [inForce] = await m.query<DatedPolicy[]>(EFFECTIVE_POLICY('$1::uuid'), [organisationId]);
        await m.update(Policy, { organisationId, status: 'PUBLISHED' }, { status: 'SUPERSEDED' });
        const { owedSince, eased } = dated(rules, effectiveOn, inForce);
        await m.insert(Policy, {
          ...{ id: newId(), organisationId, version: 1000, status: 'PUBLISHED', rules: rules as never, effectiveOn },
          ...{ owedSince: owedSince as never, eased: eased as never },
        });
        await refreshSubtree(m, centre.ledger, organisationId);
        effects = compare(before, await standing(m));
        throw new RolledBack();
      })
      .catch((error: unknown) => {
        if (!(error instanceof RolledBack)) throw error;
      });
    return effects;
  };

  type Standings = Awaited<ReturnType<typeof standing>>;

  /** What the rows themselves say, counted without what is being tested. */
  const compare = (before: Standings, after: Standings): Partial<PolicyEffects> => {
    const isRed = ({ state }: Row) => state === 'OVERDUE' || state === 'FAILED';
    const old = new Map(before.obligations.map((row) => [row.id, row]));
    const now = new Set(after.obligations.map(({ id }) => id));
    const effectOf = (inTier: (tier: string) => boolean): Omit<Effect, 'systems'> => {
      const rows = after.obligations.filter(({ tier }) => inTier(tier));
      const begun = rows.filter(({ id }) => !old.has(id));
      const kept = rows.flatMap((row) => (old.has(row.id) ? [[old.get(row.id) as Row, row] as const] : []));
      return {
        verdictsChanged: [...after.verdicts].filter(
          ([id, { tier, verdict }]) => inTier(tier) && before.verdicts.get(id)?.verdict !== verdict,
        ).length,
        begun: begun.length,
        begunMet: begun.filter(({ proven }) => proven).length,
        ended: before.obligations.filter(({ id, tier }) => inTier(tier) && !now.has(id)).length,
        moved: kept.filter(([was, is]) => was.dueOn !== is.dueOn).length,
        reddened: kept.filter(([was, is]) => isRed(is) && !isRed(was)).length,
      };
    };
    const due = after.obligations.filter(({ id, proven, dueOn }) => !old.has(id) && !proven && dueOn !== null);
    const days = [...new Set(due.map(({ dueOn, tier }) => `${dueOn} ${tier}`))].sort();
    return {
      total: effectOf(() => true) as Effect,
      tiers: TIERS.map((tier) => ({ tier, ...effectOf((one) => one === tier) })) as PolicyEffects['tiers'],
      firstDue: days.map((day) => {
        const [dueOn = '', tier = ''] = day.split(' ');
        const obligations = due.filter((row) => row.dueOn === dueOn && row.tier === tier).length;
        return { dueOn, tier, obligations } as PolicyEffects['firstDue'][number];
      }),
    };
  };

  /** The same parts of a dry run; a tier without systems is left out of it. */
  const comparable = ({ total, tiers, firstDue }: PolicyEffects): Partial<PolicyEffects> => {
    const plain = ({ systems: _systems, ...effect }: Effect) => effect as Effect;
    const none = { verdictsChanged: 0, begun: 0, begunMet: 0, ended: 0, moved: 0, reddened: 0 };
    return {
      total: plain(total),
      tiers: TIERS.map((tier) => ({
        ...none,
        ...plain(tiers.find((one) => one.tier === tier) ?? (none as Effect)),
        tier,
      })),
      firstDue,
    };
  };

  const proposals = fc
    .record({
      edits: fc.array(fc.nat(), { maxLength: 4 }),
      removed: fc.array(fc.nat(), { maxLength: 2 }),
      added: fc.boolean(),
      grace: fc.option(fc.constantFrom('P1D', 'P14D', 'P1Y')),
      organisation: fc.constantFrom('ministry' as const, 'agency' as const),
      later: fc.constantFrom(0, 0, 45),
    })
    .map(({ edits, removed, added, grace, organisation, later }) => {
      const all = [...tightenings(DEFAULT_POLICY), ...loosenings(DEFAULT_POLICY)].filter(
        // A rule judged as another kind is not a policy that could be saved.
        ({ field }) => !['kind', 'target', 'metBy.subject', 'metBy.drillTypes', 'metBy.kinds'].includes(field),
      );
      const edited = edits.reduce<PolicyRules>(
        (policy, pick) => all[pick % all.length]?.apply(policy) ?? policy,
        grace ? { ...DEFAULT_POLICY, grace: { HIGH: grace, MODERATE: grace, LOW: grace } } : DEFAULT_POLICY,
      );
      const gone = new Set(removed.map((pick) => pick % edited.rules.length));
      const rules = [...edited.rules.filter((_, at) => !gone.has(at)), ...(added ? [MEASURE] : [])];
      return { rules: { ...edited, rules }, organisation, later };
    });

  it('says in numbers what publishing then does, whatever the policy and whatever has happened', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.array(proposals, { minLength: 3, maxLength: 3 }), async (events, policies) => {
        const past: Past = { systems: [], requirements: [], proofs: [] };
        for (const happen of events) await happen(centre, past);
        await centre.ledger.refreshAll(centre.dataSource.manager);
        for (const { rules, organisation, later } of policies) {
          const day = new Date(centre.clock.now().getTime() + later * 86_400_000).toISOString().slice(0, 10);
          const proposal = { organisationId: centre.world.organisations[organisation], rules, effectiveOn: day };
          expect(comparable(await dryRun.run(proposal))).toEqual(await published(proposal));
        }
      }),
      { numRuns: 12 },
    );
  }, 300_000);

  it('writes nothing and could not', async () => {
    const before = await derivedRows(centre.dataSource);
    const pages: number[] = [];
    const rules = { ...DEFAULT_POLICY, rules: [MEASURE] };
    const organisationId = centre.world.organisations.ministry;
    await dryRun.run({ organisationId, rules, effectiveOn: TODAY }, async (read) => void pages.push(read));
    expect(pages).toEqual([await dryRun.countSystems(centre.dataSource.manager, organisationId)]);
    expect(await derivedRows(centre.dataSource)).toEqual(before);
  });

  it('passes by the systems of organisations with a policy of their own, and tells of each place', async () => {
    const { ministry, agency, otherAgency } = centre.world.organisations;
    await centre.dataSource.manager.insert(Policy, {
      ...{ id: newId(), organisationId: otherAgency, version: 1, status: 'PUBLISHED', rules: DEFAULT_POLICY as never },
    });
    await register(centre, { organisationId: otherAgency });
    const systemId = await register(centre, { organisationId: agency, tier: 'HIGH' });
    await declare(centre, systemId);
    await prove(centre, systemId, { kind: 'ATTESTATION', ruleKey: 'guest-network' });
    const rules = { ...DEFAULT_POLICY, rules: [...DEFAULT_POLICY.rules, MEASURE] };
    const effects = await dryRun.run({ organisationId: ministry, rules, effectiveOn: TODAY });
    expect(effects.organisations.map(({ organisationId }) => organisationId)).toEqual([agency]);
    expect(effects.rules).toEqual([expect.objectContaining({ ruleKey: 'guest-network', begun: effects.total.begun })]);
    expect(effects.total.begunMet).toBe(1);
    expect(await dryRun.countSystems(centre.dataSource.manager, ministry)).toBe(effects.total.systems);
  });
});
