import { type Actor, scopeOf } from '../../../access/actor';
import { scopeCondition, type SqlParameters } from '../../../access/scope/scope-sql';

/** What a pack is of, for whom, and of which time. */
export interface PackScope {
  actor: Actor;
  /** Null for an organisation and everything below it. */
  systemId: string | null;
  organisationId: string;
  /** The first instant, and the first after the last; null for no bound. */
  fromAt: Date | null;
  untilAt: Date | null;
}

/** The condition that an organisation belongs to the pack: within it, and nothing that an agency keeps to itself (docs/adr/0025). */
export function inOrganisations(
  { actor, organisationId }: PackScope,
  parameters: SqlParameters,
  column: string,
): string {
  return `${column} IN (SELECT organisation_id FROM organisation_closure WHERE ancestor_id = ${parameters.bind(organisationId)})
    AND ${scopeCondition(scopeOf(actor, 'audit:read'), parameters, column)}`;
}

/** The condition that a system belongs to the pack. */
export function inSystems(scope: PackScope, parameters: SqlParameters, column: string): string {
  const one = scope.systemId !== null && `s.id = ${parameters.bind(scope.systemId)} AND`;
  return `${column} IN (SELECT s.id FROM system s WHERE ${one || ''} ${inOrganisations(scope, parameters, 's.organisation_id')})`;
}

/** The condition that an improvement item is one of an organisation and belongs to the pack of that. */
export function inItems(scope: PackScope, parameters: SqlParameters, column: string): string {
  return `${column} IN (SELECT item.id FROM improvement_item item
    WHERE item.organisation_id IS NOT NULL AND ${inOrganisations(scope, parameters, 'item.organisation_id')})`;
}

/**
 * The condition that a record of `table` belongs to the pack, by its system or, in the pack of an organisation and without one, by `ofItem`: two
 * ways that each find their own index.
 * @param id the column with the id of the record.
 * @param ofItem the condition on `own`, a record without a system.
 */
export function inPack(
  scope: PackScope,
  parameters: SqlParameters,
  id: string,
  table: string,
  ofItem = (): string => inItems(scope, parameters, 'own.duty_of'),
): string {
  const bySystem = `SELECT own.id FROM ${table} own WHERE ${inSystems(scope, parameters, 'own.system_id')}`;
  if (scope.systemId !== null) return `${id} IN (${bySystem})`;
  return `${id} IN (${bySystem} UNION ALL SELECT own.id FROM ${table} own WHERE own.system_id IS NULL AND ${ofItem()})`;
}

/** The condition that something at `column` happened in the time of the pack. */
export function inPeriod({ fromAt, untilAt }: PackScope, parameters: SqlParameters, column: string): string {
  const bounds = [
    fromAt && `${column} >= ${parameters.bind(fromAt)}`,
    untilAt && `${column} < ${parameters.bind(untilAt)}`,
  ].filter(Boolean);
  return bounds.length > 0 ? `(${bounds.join(' AND ')})` : 'TRUE';
}
