import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { addressOf, api, type Query } from '../../api/client';
import type { AuditEvent, ChainVerdict, HistoryEvent, Page } from '../../api/types';

/** Names of the filters in the address, which are those of the service. */
export const AUDIT_FILTERS = [
  'from',
  'to',
  'actorId',
  'action',
  'recordType',
  'recordId',
  'systemId',
  'organisationId',
  'denied',
  'q',
] as const;

export type AuditFilters = { [name in (typeof AUDIT_FILTERS)[number]]?: string };

export const auditQuery = (filters: Query) =>
  queryOptions({
    queryKey: ['audit', 'list', filters],
    queryFn: ({ signal }) => api.get<Page<AuditEvent>>('/audit-events', filters, signal),
    placeholderData: keepPreviousData,
  });

export const historyQuery = (systemId: string, query: Query) =>
  queryOptions({
    queryKey: ['systems', systemId, 'history', query],
    queryFn: ({ signal }) => api.get<Page<HistoryEvent>>(`/systems/${systemId}/history`, query, signal),
  });

/** Computes the whole chain anew; with `seq` and `hash` also against an end that was written down. */
export const verifyChain = (noted: Query) => api.get<ChainVerdict>('/audit-events/verify', noted);

/** Address of the chain with all that the filters let through. */
export function chainHref(filters: AuditFilters): string {
  return addressOf('/audit-events/export', { format: 'ndjson', ...filters });
}
