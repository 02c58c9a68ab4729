const MINUTE_MS = 60_000;

/** Longer than a receiver may take; after it another worker may try. */
export const LEASE_MS = 5 * MINUTE_MS;

/** Minutes to wait after each failed attempt; what is sent has failed when they are used up. */
const RETRY_MINUTES = [1, 2, 5, 10, 30, 60, 120, 240] as const;

/** When what has failed for the `attempts`-th time is tried again; null when a person has to say so. */
export function retryAt(now: Date, attempts: number): Date | null {
  const wait = RETRY_MINUTES[attempts - 1];
  return wait === undefined ? null : new Date(now.getTime() + wait * MINUTE_MS);
}
