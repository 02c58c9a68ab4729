import type { Scope } from '../../access/actor';
import type { SqlParameters } from '../../access/scope/scope-sql';
import { TIERS, type Tier } from '../../core/importance/tier';
import { STATES, type ObligationState } from '../../core/obligation/obligation';

/** A duty without a due day sorts after all others. */
const NO_DUE_DAY = '9999-12-31';

/** SQL of the day that obligations of an alias are sorted by; the expression of `ix_obligation_nearest`. */
export const dueKeyOf = (obligation: string): string => `coalesce(${obligation}.due_on, '${NO_DUE_DAY}'::date)`;

export interface Nearest {
  scope: Scope;
  parameters: SqlParameters;
  tiers?: readonly Tier[];
  states?: readonly ObligationState[];
  /** Root of the subtree that is asked about. */
  organisationId?: string;
  /** Conditions on the aliases o (obligation), s (its system) and i (its improvement item), the scope among them. */
  conditions: string;
  direction: 'ASC' | 'DESC';
  limit: number;
}

/**
 * SQL of the ids of the obligations that are due first, or last, at most `limit`, as a table `near`. It takes the first few of every organisation, tier and
 * state out of the index that they stand in by due day, and the first of those: the cost is that of the organisations, not of the obligations.
 */
export function nearestDue({ scope, parameters, tiers, states, organisationId, conditions, ...how }: Nearest): string {
  const bind = (value: unknown): string => parameters.bind(value);
  const roots = [...scope.organisationIds, ...scope.ownWithinIds];
  const order = `due ${how.direction}, id ${how.direction} LIMIT ${bind(how.limit)}`;
  const below = (ids: readonly string[]): string =>
    `reach.id IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ANY(${bind(ids)}::uuid[]))`;
  const reach = [below(roots), ...(organisationId ? [below([organisationId])] : [])];
  return `(SELECT first.id FROM organisation reach, unnest(${bind(tiers ?? TIERS)}::text[]) of_tier, unnest(${bind(states ?? STATES)}::text[]) in_state,
      LATERAL (SELECT o.id, ${dueKeyOf('o')} AS due FROM obligation o LEFT JOIN system s ON s.id = o.system_id LEFT JOIN improvement_item i ON i.id = o.duty_of
        WHERE o.organisation_id = reach.id AND o.tier = of_tier AND o.state = in_state AND ${conditions} ORDER BY ${order}) first
      WHERE ${reach.join(' AND ')} ORDER BY ${order}) near`;
}
