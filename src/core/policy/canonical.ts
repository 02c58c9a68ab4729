/**
 * A part of a policy as text: the same for the same meaning, whatever the order of its keys, and without what says nothing (absent values and
 * empty lists). What was stored comes back with its keys in another order.
 */
export function canonical(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const said = Object.entries(value).filter(([, part]) => part !== undefined && !(Array.isArray(part) && !part.length));
  return Object.fromEntries(said.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, sorted(part)]));
}
