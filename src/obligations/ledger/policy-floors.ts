import { EntityManager } from 'typeorm';
import { checkFloor, type PolicyFinding } from '../../core/policy/policy-check';
import type { PolicyRules } from '../../core/policy/rule';
import { POLICY_ABOVE } from './effective-policy';

/** A published policy that asks less than the one above it. */
export interface LaxPolicy {
  policyId: string;
  organisation: { id: string; code: string; name: string; nameEn: string | null };
  findings: PolicyFinding[];
}

/**
 * The published policies of an organisation and of those below it that are laxer than the policy above them: what a stricter policy or a move
 * leaves behind (domain.md section 2: an organisation may tighten, never loosen below the floor).
 */
export async function policiesBelowFloor(m: EntityManager, organisationId: string): Promise<LaxPolicy[]> {
  const pairs = await m.query<(Omit<LaxPolicy, 'findings'> & { rules: PolicyRules; floor: PolicyRules })[]>(
    `SELECT p.id AS "policyId", p.rules, floor.rules AS floor,
       json_build_object('id', o.id, 'code', o.code, 'name', o.name, 'nameEn', o.name_en) AS organisation
     FROM organisation_closure below
     JOIN organisation o ON o.id = below.organisation_id
     JOIN policy p ON p.organisation_id = o.id AND p.status = 'PUBLISHED'
     JOIN LATERAL (${POLICY_ABOVE('o.id')}) floor ON true
     WHERE below.ancestor_id = $1 ORDER BY o.code`,
    [organisationId],
  );
  return pairs
    .map(({ policyId, organisation, rules, floor }) => ({ policyId, organisation, findings: checkFloor(rules, floor) }))
    .filter(({ findings }) => findings.length > 0);
}
