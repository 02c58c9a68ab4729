import { type Actor, scopeOf } from '../../access/actor';
import { scopeCondition, type SqlParameters } from '../../access/scope/scope-sql';

/** SQL: whether the person answers a request `a` for the ministry. */
export function answeringCondition(actor: Actor, parameters: SqlParameters): string {
  return scopeCondition(scopeOf(actor, 'advice:answer'), parameters, 'a.ministry_id');
}

/** SQL: whether the person may see a request `a`: those of who asks, and whoever it is put to, also of an agency that keeps its details to itself. */
export function readingCondition(actor: Actor, parameters: SqlParameters): string {
  const asking = scopeCondition(scopeOf(actor, 'advice:read'), parameters, 'a.organisation_id');
  return `(${asking} OR ${answeringCondition(actor, parameters)})`;
}
