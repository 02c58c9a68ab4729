/** One field that two people left differently: what it was, what I wrote, what the other wrote. */
export interface MergeField<V> {
  name: keyof V & string;
  /** Both have changed it, so somebody has to say which holds; else the one who did holds. */
  contested: boolean;
  /** Who holds as long as nobody chooses otherwise. */
  holds: Choice | null;
}

export type Choice = 'mine' | 'theirs';

/** Equal whatever the order of the properties; one that is `undefined` is as good as absent. */
const same = (a: unknown, b: unknown) => JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder);

const inOrder = (_name: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** The fields in which what I filled in and what the other saved differ, seen from what both began with. */
export function differingFields<V extends object>(base: V, mine: V, theirs: V): MergeField<V>[] {
  return ([...new Set([base, mine, theirs].flatMap((version) => Object.keys(version)))] as (keyof V & string)[])
    .filter((name) => !same(mine[name], theirs[name]))
    .map((name) => {
      const [iDid, theyDid] = [!same(base[name], mine[name]), !same(base[name], theirs[name])];
      return { name, contested: iDid && theyDid, holds: iDid && theyDid ? null : iDid ? 'mine' : 'theirs' };
    });
}

/** Theirs, with my values where mine were chosen. */
export function merged<V extends object>(mine: V, theirs: V, choices: ReadonlyMap<string, Choice>): V {
  const chosen = [...choices].filter(([, choice]) => choice === 'mine').map(([name]) => name as keyof V);
  return { ...theirs, ...Object.fromEntries(chosen.map((name) => [name, mine[name]])) };
}
