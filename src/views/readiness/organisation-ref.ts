import type { EntityManager } from 'typeorm';
import { organisationJson } from '../../access/references/refs-sql';
import type { OrganisationRef } from '../../access/references/refs.response';

/** An organisation as answers name it; null when there is none of that id. */
export async function organisationRef(m: EntityManager, id: string): Promise<OrganisationRef | null> {
  const [row] = await m.query<{ organisation: OrganisationRef }[]>(
    `SELECT ${organisationJson('o')} AS organisation FROM organisation o WHERE o.id = $1`,
    [id],
  );
  return row?.organisation ?? null;
}
