/**
 * Keeps what was computed for a key, and forgets everything when that is more than `most`: the same few dates and periods are asked for
 * of every obligation. What throws is not kept. A key within a group spares the text that would join the two.
 */
export function remembering<T>(most: number): (key: string, compute: () => T, group?: string | number) => T {
  const groups = new Map<string | number, Map<string, T>>();
  let size = 0;
  return (key, compute, group = '') => {
    const before = groups.get(group)?.get(key);
    if (before !== undefined) return before;
    const computed = compute();
    if (size >= most) {
      groups.clear();
      size = 0;
    }
    const known = groups.get(group) ?? new Map<string, T>();
    groups.set(group, known.set(key, computed));
    size += 1;
    return computed;
  };
}
