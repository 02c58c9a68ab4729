import { EntityManager } from 'typeorm';
import { ObligationLedger, PAGE } from './obligation-ledger';

/**
 * After a change that touches every system below an organisation: assesses them anew in the transaction of the change, if one page holds them.
 * @returns false when there are more; nothing is done then, and the caller has to `RefreshQueue.enqueue` once the change is committed.
 */
export async function refreshSubtree(
  m: EntityManager,
  ledger: ObligationLedger,
  organisationId: string,
): Promise<boolean> {
  const systems = await m.query<{ id: string }[]>(
    `SELECT s.id FROM system s JOIN organisation_closure below ON below.organisation_id = s.organisation_id
     WHERE below.ancestor_id = $1 ORDER BY s.id LIMIT ${PAGE + 1}`,
    [organisationId],
  );
  if (systems.length > PAGE) return false;
  await ledger.refresh(
    m,
    systems.map(({ id }) => id),
  );
  return true;
}
