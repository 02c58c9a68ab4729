import type { TestDatabase } from '../../../test/support/database';
import { seconds } from '../measure';

/** Seconds with the counts kept by the trigger, and without. */
export interface WithAndWithout {
  kept: number;
  bare: number;
}

/** Writes with the counts kept and not kept in turn; of each the best. `write` must undo what it does, so that what it writes without the trigger leaves them true. */
export async function withAndWithout(
  owner: TestDatabase,
  rounds: number,
  write: () => Promise<void>,
): Promise<WithAndWithout> {
  const best: WithAndWithout = { kept: Infinity, bare: Infinity };
  await write();
  for (let round = 0; round < rounds; round += 1) {
    best.kept = Math.min(best.kept, await seconds(write));
    await owner.query('ALTER TABLE system_readiness DISABLE TRIGGER USER');
    try {
      best.bare = Math.min(best.bare, await seconds(write));
    } finally {
      await owner.query('ALTER TABLE system_readiness ENABLE TRIGGER USER');
    }
  }
  return best;
}
