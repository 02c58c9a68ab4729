/**
 * SQL of `unreachableReason` (core/reminder) as a condition on an alias of `system` in operation: neither owner nor deputy can be reminded.
 * What is planned or retired owes nothing, so nobody has to be.
 */
export const nobodyReachable = (system: string): string =>
  `(${system}.lifecycle = 'OPERATING' AND ${lacks(`${system}.owner_id`)} AND ${lacks(`${system}.deputy_id`)})`;

const LOST = "ANY(ARRAY(SELECT lost.id FROM app_user lost WHERE NOT (lost.active AND lost.email <> '')))";

/** Asked of the column, so that its index finds the few systems; the people that cannot be reached are looked up once. */
const lacks = (person: string): string => `(${person} IS NULL OR ${person} = ${LOST})`;

/**
 * SQL of how many systems nobody can be reminded of, of those that meet the conditions on the alias `s`. In two parts, each counted out of
 * `ix_system_owner` alone: for both at once PostgreSQL reads the row of each.
 */
export const countUnreachable = (conditions: readonly string[]): string =>
  ['s.owner_id IS NULL', `s.owner_id = ${LOST}`]
    .map((owner) => [...conditions, `s.lifecycle = 'OPERATING'`, owner, lacks('s.deputy_id')].join(' AND '))
    .map((part) => `(SELECT count(*) FROM system s WHERE ${part})`)
    .join(' + ');

/** SQL of an `Addressee` out of a joined `app_user`; null where the join found nobody. */
export const addresseeJson = (alias: string): string =>
  `CASE WHEN ${alias}.id IS NOT NULL THEN json_build_object('active', ${alias}.active, 'address', ${alias}.email) END`;
