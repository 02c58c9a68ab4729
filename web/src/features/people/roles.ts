import { useQuery } from '@tanstack/react-query';
import type { Organisation, Role } from '../../api/types';
import { organisationsQuery } from '../organisations/organisation-field';
import { useMe } from '../session/session';

/** In the order of how far they reach. */
export const ROLES: Role[] = ['ADMIN', 'CISO_OFFICE', 'MANAGER', 'OWNER', 'BACKUP_OPERATOR', 'CONTRIBUTOR', 'AUDITOR'];

/** Whether the person signed in administers an organisation: it is one where they are administrator, or below it. */
export function useAdministers(): (organisationId: string) => boolean {
  const { roles } = useMe();
  const all = useQuery(organisationsQuery).data ?? [];
  const tops = roles.filter(({ role }) => role === 'ADMIN').map(({ organisationId }) => organisationId);
  const known = new Map(all.map((organisation) => [organisation.id, organisation]));
  return (organisationId) => {
    let here: Organisation | undefined = known.get(organisationId);
    while (here) {
      if (tops.includes(here.id)) return true;
      here = here.parentId ? known.get(here.parentId) : undefined;
    }
    return tops.includes(organisationId);
  };
}
