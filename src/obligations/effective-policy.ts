/**
 * SQL of the policy that applies to an organisation: its own published one, else the nearest ancestor's (domain.md section 2). One row
 * `id, version, effective_on, owner_id` or none. `organisationColumn` is a column of the query around it.
 */
export const EFFECTIVE_POLICY = (organisationColumn: string): string => `
  SELECT p.id, p.version, p.effective_on, p.organisation_id AS owner_id
  FROM organisation_closure c JOIN policy p ON p.organisation_id = c.ancestor_id AND p.status = 'PUBLISHED'
  WHERE c.organisation_id = ${organisationColumn} ORDER BY c.depth LIMIT 1`;
