/**
 * SQL of `unreachableReason` (core/reminder) as a condition on an alias of `system` in operation: neither owner nor deputy can be reminded.
 * What is planned or retired owes nothing, so nobody has to be.
 */
export const nobodyReachable = (system: string): string =>
  `(${system}.lifecycle = 'OPERATING' AND ${lacks(`${system}.owner_id`)} AND ${lacks(`${system}.deputy_id`)})`;

/** Asked of the column, so that its index finds the few systems; the people that cannot be reached are looked up once. */
const lacks = (person: string): string =>
  `(${person} IS NULL OR ${person} = ANY(ARRAY(SELECT lost.id FROM app_user lost WHERE NOT (lost.active AND lost.email <> ''))))`;

/** SQL of an `Addressee` out of a joined `app_user`; null where the join found nobody. */
export const addresseeJson = (alias: string): string =>
  `CASE WHEN ${alias}.id IS NOT NULL THEN json_build_object('active', ${alias}.active, 'address', ${alias}.email) END`;
