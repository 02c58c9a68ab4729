/** JSON with sorted keys, so that the same facts always give the same digest. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part) && !(part instanceof Date)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/**
 * Whether two values are the same JSON, whatever the order of their keys: PostgreSQL gives those of a JSON column back in another. As comparing
 * `canonicalJson`, and many times faster.
 */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a instanceof Date || b instanceof Date) return JSON.stringify(a) === JSON.stringify(b);
  if (!isTree(a) || !isTree(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = told(a);
  return keys.length === told(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]));
}

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** JSON has no undefined: such a key is as good as absent. */
const told = (tree: Tree): string[] => Object.keys(tree).filter((key) => tree[key] !== undefined);
