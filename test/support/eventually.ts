import { setTimeout as sleep } from 'node:timers/promises';

/** Repeats `look` until what it gives satisfies `enough`, for what happens beside a request. Fails after `patienceMs`. */
export async function eventually<T>(
  look: () => Promise<T>,
  enough: (seen: T) => boolean,
  patienceMs = 10_000,
): Promise<T> {
  const start = performance.now();
  for (;;) {
    const seen = await look();
    if (enough(seen)) return seen;
    if (performance.now() - start > patienceMs)
      throw new Error(`still not so after ${patienceMs} ms: ${JSON.stringify(seen)}`);
    await sleep(20);
  }
}
