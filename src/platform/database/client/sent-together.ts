/**
 * Waits until statements that were sent together have all been answered. When one fails within a transaction those behind it fail only because it did, and their errors may be seen
 * first: the order says which it was.
 * @param statements in the order in which they were sent.
 * @throws what the first of them failed for.
 */
export async function sentTogether<T extends readonly unknown[]>(statements: {
  [At in keyof T]: Promise<T[At]>;
}): Promise<T> {
  await Promise.allSettled(statements);
  return Promise.all(statements) as unknown as Promise<T>;
}
