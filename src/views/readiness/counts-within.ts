import type { EntityManager } from 'typeorm';
import { Actor, scopeOf } from '../../access/actor';
import { scopeCondition, SqlParameters } from '../../access/scope/scope-sql';
import { COUNT_COLUMNS, type CountRow } from './tier-figures';

/** The condition on counts `n`: those of organisations in the caller's scope and, with an organisation, below it. Counts also tell of agencies that keep their details to themselves. */
export function countsWithin(actor: Actor, parameters: SqlParameters, organisationId?: string): string {
  const scope = scopeCondition(scopeOf(actor, 'readiness:read'), parameters, 'n.organisation_id');
  if (!organisationId) return scope;
  const root = parameters.bind(organisationId);
  return `${scope} AND n.organisation_id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${root})`;
}

/** The kept counts within the caller's scope, by tier, lifecycle and verdict. */
export function countsOf(m: EntityManager, actor: Actor, organisationId?: string): Promise<CountRow[]> {
  const parameters = new SqlParameters();
  const within = countsWithin(actor, parameters, organisationId);
  return m.query<CountRow[]>(
    `SELECT ${COUNT_COLUMNS} FROM readiness_count n WHERE ${within} GROUP BY 1, 2, 3`,
    parameters.values,
  );
}
