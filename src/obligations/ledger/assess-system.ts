import { deriveDuties, Duty } from '../../core/obligation/derive-obligations';
import { judgeDuty } from '../../core/obligation/judge-duty';
import { Moment } from '../../core/obligation/obligation';
import { PolicyRules } from '../../core/policy/rule';
import { explainVerdict } from '../../core/readiness/explain';
import { actionFor, nextAction } from '../../core/readiness/next-action';
import { Reason } from '../../core/readiness/reason';
import { countStates } from '../../core/readiness/roll-up';
import { systemVerdict, verdictOf, VERDICTS } from '../../core/readiness/system-verdict';
import { occasionOf } from '../../core/reminder/occasion';
import { newId } from '../../platform/database/id';
import { assessItems } from './assess-items';
import { noticesOf } from './notices';
import { FactsOfSystem, PolicyInForce, Standing } from './obligation-facts';
import { Obligation } from '../obligation.entity';
import { SystemReadiness } from '../system-readiness.entity';

/** What the facts of one system make of it at an instant: its obligations and its verdict. */
export interface Assessment {
  obligations: Obligation[];
  readiness: SystemReadiness;
}

/** Derives and judges every duty of a system. Pure but for the ids of duties that are new: `stored` rows keep theirs. */
export function assessSystem(facts: FactsOfSystem, inForce: PolicyInForce | null, moment: Moment): Assessment {
  const obligations = [...(inForce ? owedByPolicy(facts, inForce, moment) : []), ...owedByItems(facts, moment)];
  return { obligations, readiness: readinessOf(facts, obligations) };
}

/** What a policy asks of a system, in its order. */
export function owedByPolicy(facts: FactsOfSystem, inForce: PolicyInForce, moment: Moment): Obligation[] {
  const { system, requirements } = facts;
  const stored = new Map(facts.stored.map((row) => [`${row.ruleKey}:${row.dutyOf}`, row]));
  return deriveDuties(system, requirements, inForce.rules, inForce.owedSince, inForce.eased).map((duty) => {
    const dutyOf = duty.backupRequirementId ?? system.id;
    return obligationOf(duty, dutyOf, facts, inForce.rules, stored.get(`${duty.rule.key}:${dutyOf}`), moment);
  });
}

/** A planned or retired system owes nothing, and so no improvements either. */
export function owedByItems({ system, items, stored }: FactsOfSystem, moment: Moment): Obligation[] {
  if (system.lifecycle !== 'OPERATING') return [];
  const { id: systemId, organisationId, tier } = system;
  const known = stored.filter(({ kind }) => kind === 'IMPROVEMENT').map((row) => [row.dutyOf, row] as const);
  return assessItems(items, { systemId, organisationId, tier }, new Map(known), moment);
}

function obligationOf(
  duty: Duty,
  dutyOf: string,
  { system, policyId, evidence, rulings }: FactsOfSystem,
  rules: PolicyRules,
  stored: Obligation | undefined,
  moment: Moment,
): Obligation {
  const grace = rules.grace[duty.tier];
  const judgement = judgeDuty(duty, evidence, rulings, rules, grace, moment);
  const occasion = occasionOf(duty, judgement, grace, moment.timeZone);
  return {
    id: stored?.id ?? newId(),
    systemId: system.id,
    backupRequirementId: duty.backupRequirementId,
    dutyOf,
    organisationId: system.organisationId,
    tier: duty.tier,
    ruleKey: duty.rule.key,
    kind: duty.rule.kind,
    gating: duty.terms.gating,
    policyId: policyId ?? '',
    ...judgement,
    action: actionFor(duty.rule, duty.backupRequirementId, judgement.evidenceId !== null),
    ...noticesOf(occasion, stored, moment.timeZone),
  };
}

/** The verdict that the duties of a system, in the order of the policy, make of it. */
export function readinessOf({ system, policyId }: FactsOfSystem, obligations: readonly Standing[]): SystemReadiness {
  const counts = countStates(obligations.map(({ state }) => state));
  const operating = system.lifecycle === 'OPERATING';
  const verdict = operating ? systemVerdict(obligations) : null;
  const deciding = obligations.reduce<Standing | null>(
    (worst, row) => (!worst || isWorse(row, worst) ? row : worst),
    null,
  );
  return {
    systemId: system.id,
    organisationId: system.organisationId,
    tier: system.tier,
    lifecycle: system.lifecycle,
    verdict,
    ...counts,
    sentence: verdict
      ? explainVerdict(verdict, deciding && { ruleKey: deciding.ruleKey, reason: told(deciding) }, counts)
      : { code: system.lifecycle === 'PLANNED' ? 'VERDICT_PLANNED' : 'VERDICT_RETIRED', params: {} },
    nextObligationId: nextAction(obligations)?.id ?? null,
    policyId,
  };
}

/** The obligation that decides a verdict: the worst, and of equals the one due first. */
function isWorse(a: Standing, b: Standing): boolean {
  const [left, right] = [VERDICTS.indexOf(verdictOf(a)), VERDICTS.indexOf(verdictOf(b))];
  if (left !== right) return left < right;
  return (a.dueOn ?? '9999-12-31') < (b.dueOn ?? '9999-12-31');
}

const told = ({ reason }: Standing): Reason => (typeof reason === 'string' ? (JSON.parse(reason) as Reason) : reason);
