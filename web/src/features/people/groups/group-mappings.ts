import type { QueryClient } from '@tanstack/react-query';
import { api } from '../../../api/client';
import type { GroupMapping, GroupMappings } from '../../../api/types';
import { groupMappingsQuery } from '../people-queries';

export const isSameMapping = (a: GroupMapping, b: GroupMapping) =>
  a.group === b.group && a.role === b.role && a.organisationId === b.organisationId;

/** Changes what is there now, not what was there when the page was opened: the service replaces all of them at once. */
export async function changeMappings(
  client: QueryClient,
  change: (present: GroupMapping[]) => GroupMapping[],
): Promise<void> {
  const { mappings: present } = await api.get<GroupMappings>('/oidc/group-mappings');
  const answer = await api.put<GroupMappings>('/oidc/group-mappings', { mappings: change(present) }, null);
  client.setQueryData(groupMappingsQuery.queryKey, answer);
}
