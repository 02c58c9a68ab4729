import { EntityManager } from 'typeorm';
import { Actor } from '../../access/actor';
import { requireOrganisation } from '../../access/scope/system-access';
import { checkFloor, checkMonotonic } from '../../core/policy/policy-check';
import { PolicyRules } from '../../core/policy/rule';
import { CivilDate, isCivilDate } from '../../core/time/civil-date';
import { POLICY_ABOVE } from '../../obligations/ledger/effective-policy';
import { fieldProblem, Problem } from '../../platform/http/problem';
import type { Locale } from '../../platform/messages/messages';
import { policyRefused } from './policies.errors';
import { checkPolicyShape } from './policy-shape';
import { Policy } from './policy.entity';

/** Parts of a policy as they come from outside, not yet checked. */
export type PolicyParts = Partial<Record<keyof PolicyRules, unknown>>;

/** A draft, locked. @throws Problem 404 or 403 when the person may not write it, 409 when it is published. */
export async function lockDraft(m: EntityManager, actor: Actor, id: string): Promise<Policy> {
  const policy = await m.findOne(Policy, { where: { id }, lock: { mode: 'for_no_key_update' } });
  if (!policy) throw new Problem(404, 'POLICY_NOT_FOUND');
  await requireOrganisation(m, actor, 'policies:write', policy.organisationId).catch((error: unknown) => {
    throw error instanceof Problem && error.status === 404 ? new Problem(404, 'POLICY_NOT_FOUND') : error;
  });
  if (policy.status !== 'DRAFT') throw new Problem(409, 'POLICY_NOT_DRAFT');
  return policy;
}

/**
 * The rules, if they are fit for the organisation.
 * @throws Problem 400 for the wrong shape, 422 with one error for each cell that is laxer than a lower tier or than the policy above.
 */
export async function checkedRules(
  m: EntityManager,
  organisationId: string,
  parts: PolicyParts,
  locale: Locale,
): Promise<PolicyRules> {
  const errors = checkPolicyShape(parts);
  if (errors.length > 0) throw new Problem(400, 'INVALID_FIELDS', { errors });
  const rules = parts as unknown as PolicyRules;
  const [floor] = await m.query<{ rules: PolicyRules }[]>(POLICY_ABOVE('$1::uuid'), [organisationId]);
  const findings = [...checkMonotonic(rules), ...(floor ? checkFloor(rules, floor.rules) : [])];
  if (findings.length > 0) throw policyRefused(findings, rules, locale);
  return rules;
}

/** The day of adoption that was asked for, or today. @throws Problem 422 when it is no day, or has gone by. */
export function adoptionDay(asked: CivilDate | null | undefined, today: CivilDate): CivilDate {
  if (asked && !isCivilDate(asked)) throw fieldProblem(422, 'effectiveOn', 'NOT_A_DATE');
  if (asked && asked < today) throw fieldProblem(422, 'effectiveOn', 'IN_THE_PAST');
  return asked ?? today;
}
