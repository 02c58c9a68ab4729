/**
 * The condition that a person may be named in a record of an organisation: they hold a role somewhere under the same root,
 * or none yet. Else whoever came by an id would be told a name and an address of another ministry.
 * `person` is an alias of `app_user`, `organisation` an SQL expression of an id.
 */
export const mayBeNamedAt = (person: string, organisation: string): string =>
  `(NOT EXISTS (SELECT FROM role_assignment r WHERE r.user_id = ${person}.id)
    OR EXISTS (SELECT FROM role_assignment r JOIN organisation_closure held ON held.organisation_id = r.organisation_id
       JOIN organisation_closure here ON here.ancestor_id = held.ancestor_id
       WHERE r.user_id = ${person}.id AND here.organisation_id = ${organisation}))`;
