/**
 * Keeps what was computed for a key, and forgets everything when that is more than `most`: the same few dates and periods are asked for
 * of every obligation. What throws is not kept.
 */
export function remembering<T>(most: number): (key: string, compute: () => T) => T {
  const known = new Map<string, T>();
  return (key, compute) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const computed = compute();
    if (known.size >= most) known.clear();
    known.set(key, computed);
    return computed;
  };
}
