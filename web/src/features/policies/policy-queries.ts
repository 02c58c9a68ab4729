import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { Policy, PolicySummary } from '../../api/types';
import type { Page } from '../../api/types';

export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: ({ signal }) => api.get<Page<PolicySummary>>('/policies', {}, signal),
});

export const policyQuery = (policyId: string) =>
  queryOptions({
    queryKey: ['policies', policyId],
    queryFn: ({ signal }) => api.get<Policy>(`/policies/${policyId}`, {}, signal),
  });
