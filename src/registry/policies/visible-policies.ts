import { Actor, detailsOf, Scope, scopeOf } from '../../access/actor';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';

/**
 * The condition for policies `p` that a person may see: those of their organisations and, once published, those above, which are in force below.
 * Of an agency that keeps its details to itself they see what is published.
 */
export function visiblePolicies(actor: Actor, parameters: SqlParameters): string {
  const scope = scopeOf(actor, 'policies:read');
  const within = (reach: Scope): string => scopeCondition(reach, parameters, 'p.organisation_id');
  return `(${within(detailsOf(scope))} OR (p.status <> 'DRAFT' AND (${within(scope)} OR p.organisation_id IN
    (SELECT ancestor_id FROM organisation_closure WHERE organisation_id = ANY(${parameters.bind(scope.organisationIds)}::uuid[])))))`;
}
