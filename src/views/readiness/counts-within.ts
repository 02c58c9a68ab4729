import { Actor, scopeOf } from '../../access/actor';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';

/** The condition on counts `n`: those of organisations in the caller's scope and, with an organisation, below it. Counts also tell of agencies that keep their details to themselves. */
export function countsWithin(actor: Actor, parameters: SqlParameters, organisationId?: string): string {
  const scope = scopeCondition(scopeOf(actor, 'readiness:read'), parameters, 'n.organisation_id');
  if (!organisationId) return scope;
  const root = parameters.bind(organisationId);
  return `${scope} AND n.organisation_id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${root})`;
}
