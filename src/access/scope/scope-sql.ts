import { Scope } from '../actor';

/** Parameters of a statement that is put together piece by piece: `bind` returns the placeholder of a value. */
export class SqlParameters {
  readonly values: unknown[] = [];

  bind(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/**
 * The condition that keeps a query inside a scope. `organisationColumn` is an SQL column; `ownerColumns` are the columns that hold the people
 * a system belongs to, for grants that reach own systems only. It stops at agencies that keep their details to themselves (docs/adr/0025),
 * except for what a person owns. An empty scope gives `FALSE`.
 */
export function scopeCondition(
  scope: Scope,
  parameters: SqlParameters,
  organisationColumn: string,
  ownerColumns: readonly string[] = [],
): string {
  const within = (roots: readonly string[], stops: boolean): string =>
    `${organisationColumn} IN (SELECT organisation_id FROM organisation_closure
      WHERE ancestor_id = ANY(${parameters.bind(roots)}::uuid[])${stops ? ' AND details_open' : ''})`;
  const { organisationIds, ownWithinIds, userId, intoClosed } = scope;
  const open = organisationIds.length > 0 ? [within(organisationIds, !intoClosed)] : [];
  const owning = [...ownWithinIds, ...(intoClosed ? [] : organisationIds)];
  if (owning.length > 0 && ownerColumns.length > 0)
    open.push(`(${within(owning, false)} AND ${parameters.bind(userId)}::uuid IN (${ownerColumns.join(', ')}))`);
  return open.length > 0 ? `(${open.join(' OR ')})` : 'FALSE';
}
