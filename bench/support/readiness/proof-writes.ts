import type { TestDatabase } from '../../../test/support/database';
import { prove, type Writing } from '../../../test/support/centre/facts';
import { type WithAndWithout, withAndWithout } from './with-and-without';

/** Systems that are proven. */
const SYSTEMS = 400;
const ROUNDS = 3;
const CONNECTIONS = 8;

/** Proves each system once with this outcome: evidence, obligation, verdict and counts move in one transaction. */
async function proveAll(centre: Writing, ids: readonly string[], outcome: 'PASSED' | 'FAILED'): Promise<void> {
  const waiting = [...ids];
  const lane = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop())
      await prove(centre, id, { kind: 'RESTORE_TEST', outcome });
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, lane));
}

/** Writes proofs that turn verdicts and turn them back, the counts kept and not kept in turn; of each the best. What is written without the trigger leaves the counts true. */
export async function proofWrites(centre: Writing, owner: TestDatabase): Promise<WithAndWithout> {
  const ids = (
    await centre.dataSource.query<{ id: string }[]>(
      `SELECT system_id AS id FROM obligation WHERE rule_key = 'restore-test' ORDER BY system_id LIMIT ${SYSTEMS}`,
    )
  ).map(({ id }) => id);
  return withAndWithout(owner, ROUNDS, async () => {
    await proveAll(centre, ids, 'FAILED');
    await proveAll(centre, ids, 'PASSED');
  });
}
