/**
 * SQL of `unreachableReason` (core/reminder) as a condition on an alias of `system` in operation: neither owner nor deputy can be reminded.
 * What is planned or retired owes nothing, so nobody has to be.
 */
export const nobodyReachable = (system: string): string =>
  `(${system}.lifecycle = 'OPERATING' AND NOT EXISTS (SELECT FROM app_user reached
    WHERE reached.id IN (${system}.owner_id, ${system}.deputy_id) AND reached.active AND reached.email <> ''))`;

/** SQL of an `Addressee` out of a joined `app_user`; null where the join found nobody. */
export const addresseeJson = (alias: string): string =>
  `CASE WHEN ${alias}.id IS NOT NULL THEN json_build_object('active', ${alias}.active, 'address', ${alias}.email) END`;
