export interface ByName {
  /** Conditions on the aliases o (obligation), s (its system) and i (its improvement item), the scope among them. */
  conditions: string;
  /** Placeholders of the name and the id to go on after. */
  place?: readonly string[];
  /** Placeholder of how many at most. */
  limit: string;
}

/**
 * SQL of the ids of the obligations that come first by the name of their system or, where they have none, of their organisation, as a table `near`. Systems
 * are walked by name, so a page costs what it holds and not a sort of all obligations. Two orders in one would leave no index to walk along.
 */
export function nearestByName({ conditions, place: [name, id] = [], limit }: ByName): string {
  const first = (from: string, named: string): string =>
    `(SELECT o.id, ${named} AS name FROM ${from} LEFT JOIN improvement_item i ON i.id = o.duty_of WHERE ${conditions}
      ${name ? `AND ${named} >= ${name} AND (${named}, o.id) > (${name}, ${id}::uuid)` : ''} ORDER BY name, id LIMIT ${limit})`;
  const ofSystems = first('system s JOIN obligation o ON o.system_id = s.id', 's.name');
  const ofOthers = first(
    'obligation o LEFT JOIN system s ON false JOIN organisation org ON org.id = o.organisation_id AND o.system_id IS NULL',
    'org.name',
  );
  return `(SELECT id FROM (${ofSystems} UNION ALL ${ofOthers}) either ORDER BY name, id LIMIT ${limit}) near`;
}
