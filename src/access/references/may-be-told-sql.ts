/**
 * Whether `person` may still be told of something, as SQL: it is theirs, or they hold a role above it and details are open that far. An agency
 * may have closed its details since, or a role may be gone.
 */
export function mayBeTold(person: string, owners: readonly string[], organisationId: string): string {
  return `(${person} IN (${owners.join(', ')}) OR EXISTS (SELECT FROM role_assignment held JOIN organisation_closure told
      ON told.ancestor_id = held.organisation_id AND told.organisation_id = ${organisationId} AND told.details_open
    WHERE held.user_id = ${person})) IS TRUE`;
}
