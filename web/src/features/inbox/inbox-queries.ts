import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import type { InboxEntry, UnreadResponse as Unread } from '../../api/generated/types.gen';
import type { Page } from '../../api/types';

export const inboxQuery = (filters: Query) =>
  queryOptions({
    queryKey: ['inbox', 'list', filters],
    queryFn: ({ signal }) => api.get<Page<InboxEntry>>('/me/inbox', filters, signal),
    placeholderData: keepPreviousData,
  });

/** Asked again when somebody comes to a page or back to the window, once a minute at most. */
export const unreadQuery = queryOptions({
  queryKey: ['inbox', 'unread'],
  queryFn: ({ signal }) => api.get<Unread>('/me/inbox/unread', {}, signal),
  staleTime: 60_000,
});

/** Takes note of what has been read: the service has counted anew. */
export async function showRead(client: QueryClient, unread: Unread): Promise<void> {
  client.setQueryData(unreadQuery.queryKey, unread);
  await client.invalidateQueries({ queryKey: ['inbox', 'list'] });
}
