import { setImmediate } from 'node:timers/promises';

/** While one judges, others wait for the database. */
const LANES = 3;

/** SQL of the lane that a system is dealt to, by the last byte of its id, which is random. */
export const laneOf = (systemId: string): string => `get_byte(uuid_send(${systemId}), 15) % ${LANES}`;

/** Does `work` in every lane at once. */
export const inLanes = <T>(work: (lane: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: LANES }, (_, lane) => work(lane)));

/**
 * Waits until both have ended, also when one fails: whoever works in a transaction must not go on in it once it is rolled back.
 * @throws what the first, else the second, failed for.
 */
export async function bothOf<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}

/** Systems that are judged in one turn of the event loop. */
const TURN = 20;

/** Does `work` for each in its order, some in a turn of the event loop; in between, what else is to be sent or answered is. */
export async function inTurns<T>(all: readonly T[], work: (one: T) => void): Promise<void> {
  for (let from = 0; from < all.length; from += TURN) {
    if (from > 0) await setImmediate();
    all.slice(from, from + TURN).forEach(work);
  }
}
