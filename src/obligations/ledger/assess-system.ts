import type { EvidenceKind } from '../../core/evidence/evidence';
import { deriveDuties, Duty } from '../../core/obligation/derive-obligations';
import { judgeDuty } from '../../core/obligation/judge-duty';
import { Moment } from '../../core/obligation/obligation';
import { PolicyRules } from '../../core/policy/rule';
import { explainVerdict } from '../../core/readiness/explain';
import { actionFor, nextAction } from '../../core/readiness/next-action';
import { countStates } from '../../core/readiness/roll-up';
import { systemVerdict, verdictOf, VERDICTS } from '../../core/readiness/system-verdict';
import { occasionOf } from '../../core/reminder/occasion';
import { newId } from '../../platform/database/id';
import { assessItems } from './assess-items';
import { noticesOf } from './notices';
import { FactsOfSystem, PolicyInForce } from './obligation-facts';
import { rulesAbout } from './rules-about';
import { Obligation } from '../obligation.entity';
import { SystemReadiness } from '../system-readiness.entity';

/** What the facts of one system make of it at an instant: its obligations and its verdict. */
export interface Assessment {
  obligations: Obligation[];
  readiness: SystemReadiness;
}

/**
 * Derives and judges every duty of a system. Pure but for the ids of duties that are new: `stored` rows keep theirs.
 * @param told the kinds of evidence that have come in, where nothing else has happened since the rows were stored: duties that no such evidence can meet or
 * fail are then as they were.
 */
export function assessSystem(
  facts: FactsOfSystem,
  inForce: PolicyInForce | null,
  moment: Moment,
  told: readonly EvidenceKind[] | null = null,
): Assessment {
  const owed = inForce && ((told && owedAfter(told, facts, inForce, moment)) ?? owedByPolicy(facts, inForce, moment));
  const obligations = [...(owed ?? []), ...owedByItems(facts, moment)];
  return { obligations, readiness: readinessOf(facts, obligations) };
}

function owedByPolicy(facts: FactsOfSystem, inForce: PolicyInForce, moment: Moment): Obligation[] {
  const { system, requirements } = facts;
  const stored = new Map(facts.stored.map((row) => [`${row.ruleKey}:${row.dutyOf}`, row]));
  return deriveDuties(system, requirements, inForce.rules, inForce.owedSince).map((duty) => {
    const dutyOf = duty.backupRequirementId ?? system.id;
    return obligationOf(duty, dutyOf, facts, inForce.rules, stored.get(`${duty.rule.key}:${dutyOf}`), moment);
  });
}

/**
 * The same after evidence of some kinds, in the same order, of which only the duties that it is about are judged. Null when the stored rows are not what they
 * were derived to be: another policy is in force, one of them waits for the clock, or there are more or fewer of them.
 */
function owedAfter(
  told: readonly EvidenceKind[],
  facts: FactsOfSystem,
  inForce: PolicyInForce,
  moment: Moment,
): Obligation[] | null {
  const { rules, places, keys } = rulesAbout(inForce.rules, told);
  const known = facts.stored.filter(({ kind }) => kind !== 'IMPROVEMENT');
  const rest = known.filter(({ ruleKey }) => !keys.has(ruleKey));
  const judged = owedByPolicy(facts, { ...inForce, rules }, moment);
  const ids = new Set(known.map(({ id }) => id));
  const asBefore =
    rest.length + judged.length === known.length &&
    judged.every(({ id }) => ids.has(id)) &&
    known.every(({ policyId }) => policyId === facts.policyId) &&
    rest.every(({ attentionAt }) => attentionAt === null || attentionAt > moment.asOf);
  if (!asBefore) return null;
  const place = ({ ruleKey }: Obligation): number => places.get(ruleKey) ?? -1;
  return [...rest, ...judged].sort((a, b) => place(a) - place(b) || (a.dutyOf < b.dutyOf ? -1 : 1));
}

/** A planned or retired system owes nothing, and so no improvements either. */
function owedByItems({ system, items, stored }: FactsOfSystem, moment: Moment): Obligation[] {
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

function readinessOf({ system, policyId }: FactsOfSystem, obligations: readonly Obligation[]): SystemReadiness {
  const counts = countStates(obligations.map(({ state }) => state));
  const operating = system.lifecycle === 'OPERATING';
  const verdict = operating ? systemVerdict(obligations) : null;
  const deciding = obligations.reduce<Obligation | null>(
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
      ? explainVerdict(verdict, deciding && { ruleKey: deciding.ruleKey, reason: deciding.reason }, counts)
      : { code: system.lifecycle === 'PLANNED' ? 'VERDICT_PLANNED' : 'VERDICT_RETIRED', params: {} },
    nextObligationId: nextAction(obligations)?.id ?? null,
    policyId,
  };
}

/** The obligation that decides a verdict: the worst, and of equals the one due first. */
function isWorse(a: Obligation, b: Obligation): boolean {
  const [left, right] = [VERDICTS.indexOf(verdictOf(a)), VERDICTS.indexOf(verdictOf(b))];
  if (left !== right) return left < right;
  return (a.dueOn ?? '9999-12-31') < (b.dueOn ?? '9999-12-31');
}
