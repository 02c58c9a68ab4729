import type { DataSource, EntityManager } from 'typeorm';

class Rehearsed<T> {
  constructor(readonly outcome: T) {}
}

/**
 * Does `work` in a transaction and takes it back, so that what it would do is told by doing it. It holds the same locks as the work itself, for
 * as long.
 */
export async function rehearse<T>(dataSource: DataSource, work: (m: EntityManager) => Promise<T>): Promise<T> {
  try {
    return await dataSource.transaction(async (m): Promise<T> => {
      throw new Rehearsed(await work(m));
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.outcome as T;
    throw error;
  }
}
