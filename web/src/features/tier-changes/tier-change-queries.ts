import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { Page, TierChange } from '../../api/types';

/** What was asked about the tier of one system, newest first. */
export const tierChangesQuery = (systemId: string) =>
  queryOptions({
    queryKey: ['systems', systemId, 'tier-changes'],
    queryFn: ({ signal }) => api.get<Page<TierChange>>(`/systems/${systemId}/tier-changes`, { limit: 20 }, signal),
  });

/** The requests that the signed-in person may decide. */
export const waitingTierChangesQuery = queryOptions({
  queryKey: ['systems', 'tier-changes', 'waiting'],
  queryFn: ({ signal }) => api.get<Page<TierChange>>('/tier-changes/waiting', { limit: 100 }, signal),
});
