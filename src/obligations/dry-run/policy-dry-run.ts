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
import { loadProof, type PolicyInForce } from '../ledger/obligation-facts';
import { countAffected, loadStandings, type SystemStanding, systemsAfter } from './affected-systems';
import { EffectTally, type PolicyEffects, type Standing } from './effect';

/** How many systems are assessed at once. */
export const DRY_RUN_PAGE = 5_000;

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
      let read = 0;
      for (let after: string | null = ''; after !== null;) {
        const systems = await systemsAfter(m, proposal.organisationId, after, DRY_RUN_PAGE, moment.timeZone);
        if (systems.length > 0) await assess(m, systems, judged, moment, tally);
        read += systems.length;
        if (systems.length > 0) await onPage(read);
        after = systems.length < DRY_RUN_PAGE ? null : (systems.at(-1)?.id ?? null);
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

async function assess(
  m: EntityManager,
  systems: readonly SystemStanding[],
  { rules, owedSince, eased, touched, kinds }: Judged,
  moment: Required<Moment>,
  tally: EffectTally,
): Promise<void> {
  const ids = systems.map(({ id }) => id);
  const proof = await loadProof(m, ids, moment.knownUntil, kinds);
  const standings = await loadStandings(m, ids, [...touched]);
  for (const { organisationId, verdict, ...system } of systems) {
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
  }
}
