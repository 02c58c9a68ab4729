import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import type { EvidenceKind } from '../../core/evidence/evidence';
import { deriveDuties } from '../../core/obligation/derive-obligations';
import { judgeDuty } from '../../core/obligation/judge-duty';
import { type Moment, present } from '../../core/obligation/obligation';
import { dated } from '../../core/policy/grace';
import type { PolicyRules } from '../../core/policy/rule';
import { onlyRules, touchedRules } from '../../core/policy/touched-rules';
import { type ObligationView, systemVerdict } from '../../core/readiness/system-verdict';
import type { CivilDate } from '../../core/time/civil-date';
import { Clock } from '../../platform/clock/clock';
import { Config } from '../../platform/config/config';
import { EFFECTIVE_POLICY } from '../ledger/effective-policy';
import { bothOf, inTurns } from '../ledger/lanes';
import { loadProof, type PolicyInForce, type Proof } from '../ledger/obligation-facts';
import {
  countAffected,
  loadStandings,
  type StoredStandings,
  type SystemStanding,
  systemsAfter,
} from './affected-systems';
import { EffectTally, type PolicyEffects, type Standing } from './effect';

/** How many systems are read at once. */
const DRY_RUN_PAGE = 2_000;

/** A policy that might be put in force for an organisation on a day. */
export interface Proposal {
  organisationId: string;
  rules: PolicyRules;
  effectiveOn: CivilDate;
}

/** What of the proposal has to be judged. */
interface Judged extends PolicyInForce {
  touched: ReadonlySet<string>;
  kinds: readonly EvidenceKind[];
}

/**
 * Says what a policy would change without changing anything: systems in pages, judged by the rules by which the ledger judges them, but only under
 * the rules that the policy touches. What stands under the others is read as it is stored.
 */
@Injectable()
export class PolicyDryRun {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** How many systems are under the policy in force for the organisation and would be under a new one of its own. */
  async countSystems(m: EntityManager, organisationId: string): Promise<number> {
    return countAffected(m, organisationId);
  }

  /**
   * Reads everything from one snapshot, in a transaction that cannot write.
   * @param onPage is told after each page how many systems have been read.
   */
  async run(proposal: Proposal, onPage: (systems: number) => Promise<void> = async () => {}): Promise<PolicyEffects> {
    return this.dataSource.transaction('REPEATABLE READ', async (m) => {
      await m.query('SET TRANSACTION READ ONLY');
      const moment = present(this.clock.now(), this.config.TZ_DEFAULT);
      const judged = await this.judged(m, proposal);
      const tally = new EffectTally();
      const pageAfter = (id: string): Promise<Page> => readPage(m, proposal.organisationId, id, judged, moment);
      let assessed = 0;
      for (let page: Page | null = await pageAfter(''); page && page.systems.length > 0;) {
        const last: SystemStanding | undefined = page.systems[DRY_RUN_PAGE - 1];
        // While one page is judged, the database looks for the next.
        const [next]: [Page | null, void] = await bothOf(
          last ? pageAfter(last.id) : Promise.resolve(null),
          assess(page, judged, moment, tally),
        );
        assessed += page.systems.length;
        await onPage(assessed);
        page = next;
      }
      return tally.effects();
    });
  }

  private async judged(m: EntityManager, { organisationId, rules, effectiveOn }: Proposal): Promise<Judged> {
    const [inForce = null] = await m.query<PolicyInForce[]>(EFFECTIVE_POLICY('$1::uuid'), [organisationId]);
    const proposed = dated(rules, effectiveOn, inForce);
    const touched = touchedRules(inForce, proposed);
    const part = onlyRules(rules, touched);
    const kinds = new Set(part.rules.flatMap(({ metBy }) => metBy?.kinds ?? []));
    return { ...proposed, rules: part, touched, kinds: [...kinds] };
  }
}

/** Systems with what they are judged by and how they stand. */
interface Page {
  systems: readonly SystemStanding[];
  proof: Proof;
  standings: ReadonlyMap<string, StoredStandings>;
}

async function readPage(
  m: EntityManager,
  organisationId: string,
  after: string,
  { touched, kinds }: Judged,
  { knownUntil, timeZone }: Required<Moment>,
): Promise<Page> {
  const systems = await systemsAfter(m, organisationId, after, DRY_RUN_PAGE, timeZone);
  const ids = systems.map(({ id }) => id);
  return {
    systems,
    proof: await loadProof(m, ids, knownUntil, kinds),
    standings: await loadStandings(m, ids, [...touched]),
  };
}

async function assess(
  { systems, proof, standings }: Page,
  { rules, owedSince, eased }: Judged,
  moment: Required<Moment>,
  tally: EffectTally,
): Promise<void> {
  await inTurns(systems, ({ organisationId, verdict, ...system }) => {
    const stored = standings.get(system.id);
    const evidence = proof.evidence.get(system.id) ?? [];
    const rulings = proof.rulings.get(system.id) ?? [];
    const after: Standing[] = [];
    const views: ObligationView[] = [...(stored?.untouched ?? [])];
    const facts = { ...system, approvedVersions: proof.versions.get(system.id) ?? [] };
    for (const duty of deriveDuties(facts, proof.requirements.get(system.id) ?? [], rules, owedSince, eased)) {
      const judgement = judgeDuty(duty, evidence, rulings, rules, rules.grace[duty.tier], moment);
      const { state, dueOn, evidenceId } = judgement;
      const dutyOf = duty.backupRequirementId ?? system.id;
      views.push({ state, gating: duty.terms.gating });
      after.push({ ruleKey: duty.rule.key, dutyOf, state, dueOn, isProven: evidenceId !== null });
    }
    tally.add({
      ...{ systemId: system.id, organisationId, tier: system.tier },
      verdicts: { from: verdict, to: systemVerdict(views) },
      ...{ before: stored?.touched ?? [], after },
    });
  });
}
