import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query';
import { api, type Query } from '../../api/client';
import type { Obligation, Page, Readiness, System, SystemSummary } from '../../api/types';

export const systemsQuery = (filters: Query) =>
  queryOptions({
    queryKey: ['systems', 'list', filters],
    queryFn: ({ signal }) => api.get<Page<SystemSummary>>('/systems', { ...filters, total: true }, signal),
    placeholderData: keepPreviousData,
  });

/** One system with the tag its next change must present. */
export const systemQuery = (systemId: string) =>
  queryOptions({
    queryKey: ['systems', systemId, 'details'],
    queryFn: ({ signal }) => api.getTagged<System>(`/systems/${systemId}`, signal),
  });

export const systemReadinessQuery = (systemId: string) =>
  queryOptions({
    queryKey: ['systems', systemId, 'readiness'],
    queryFn: ({ signal }) => api.get<Readiness>(`/systems/${systemId}/readiness`, {}, signal),
  });

/** Every obligation of one system; a system has some dozens at most. */
export const systemObligationsQuery = (systemId: string) =>
  queryOptions({
    queryKey: ['systems', systemId, 'obligations'],
    queryFn: ({ signal }) => api.get<Page<Obligation>>(`/systems/${systemId}/obligations`, { limit: 200 }, signal),
  });

/** After a write that can turn obligations: everything derived from them is asked again. */
export async function refreshSystem(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ['systems'] }),
    client.invalidateQueries({ queryKey: ['readiness'] }),
    client.invalidateQueries({ queryKey: ['obligations'] }),
  ]);
}
