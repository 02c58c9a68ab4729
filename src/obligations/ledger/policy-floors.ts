import { EntityManager } from 'typeorm';
import { checkFloor, type PolicyFinding } from '../../core/policy/policy-check';
import type { PolicyRules } from '../../core/policy/rule';
import { POLICY_ABOVE } from './effective-policy';

/** A published policy that asks less than the one above it. */
export interface LaxPolicy {
  policyId: string;
  organisation: { id: string; code: string; name: string; nameEn: string | null };
  findings: PolicyFinding[];
  rules: PolicyRules;
}

/**
 * The published policies of an organisation and of those below it that are laxer than the policy above them: what a stricter policy or a move
 * leaves behind (domain.md section 2: an organisation may tighten, never loosen below the floor).
 */
export async function policiesBelowFloor(m: EntityManager, organisationId: string): Promise<LaxPolicy[]> {
  const pairs = await m.query<(Omit<LaxPolicy, 'findings'> & { floor: PolicyRules })[]>(
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
    .map(({ floor, ...policy }) => ({ ...policy, findings: checkFloor(policy.rules, floor) }))
    .filter(({ findings }) => findings.length > 0);
}

/** The published policies below an organisation whose floor `floor` would be if it were published there, and that are laxer. */
export async function policiesLaxerThan(
  m: EntityManager,
  organisationId: string,
  floor: PolicyRules,
): Promise<LaxPolicy[]> {
  const below = await m.query<Omit<LaxPolicy, 'findings'>[]>(
    `SELECT p.id AS "policyId", p.rules,
       json_build_object('id', o.id, 'code', o.code, 'name', o.name, 'nameEn', o.name_en) AS organisation
     FROM organisation_closure below
     JOIN organisation o ON o.id = below.organisation_id
     JOIN policy p ON p.organisation_id = o.id AND p.status = 'PUBLISHED'
     WHERE below.ancestor_id = $1 AND below.depth > 0 AND NOT EXISTS (SELECT FROM organisation_closure nearer
       JOIN policy n ON n.organisation_id = nearer.ancestor_id AND n.status = 'PUBLISHED'
       WHERE nearer.organisation_id = o.id AND nearer.depth > 0 AND nearer.depth < below.depth)
     ORDER BY o.code`,
    [organisationId],
  );
  return below
    .map((policy) => ({ ...policy, findings: checkFloor(policy.rules, floor) }))
    .filter(({ findings }) => findings.length > 0);
}
