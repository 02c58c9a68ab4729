import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import type { Page, Reminder } from '../../api/types';

export const remindersQuery = (filters: Query) =>
  queryOptions({
    queryKey: ['reminders', filters],
    queryFn: ({ signal }) => api.get<Page<Reminder>>('/reminders', filters, signal),
    placeholderData: keepPreviousData,
  });

/** The escalations that the signed-in person has still to acknowledge. */
export const escalationsQuery = queryOptions({
  queryKey: ['reminders', 'escalations'],
  queryFn: ({ signal }) => api.get<Page<Reminder>>('/me/escalations', { limit: 50 }, signal),
});

export const obligationRemindersQuery = (obligationId: string) =>
  queryOptions({
    queryKey: ['reminders', 'of-obligation', obligationId],
    queryFn: ({ signal }) => api.get<Page<Reminder>>(`/obligations/${obligationId}/reminders`, { limit: 20 }, signal),
  });

/** After a snooze began or ended: the obligations that show it, and the ledger. */
export async function refreshSnoozes(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ['reminders'] }),
    client.invalidateQueries({ queryKey: ['systems'] }),
    client.invalidateQueries({ queryKey: ['obligations'] }),
  ]);
}
