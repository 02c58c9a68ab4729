import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { Policy, PolicyChanges, PolicySummary } from '../../api/types';
import type { Page } from '../../api/types';
import type { PolicyDraft } from './editing/policy-draft';

export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: ({ signal }) => api.get<Page<PolicySummary>>('/policies', {}, signal),
});

export const policyQuery = (policyId: string) =>
  queryOptions({
    queryKey: ['policies', policyId],
    queryFn: ({ signal }) => api.get<Policy>(`/policies/${policyId}`, {}, signal),
  });

export interface EditedDraft {
  policy: Policy;
  etag: string | null;
  rules: PolicyDraft;
}

/** A draft with its rules as data. The tag is read first: a change between the two makes saving fail, and is never overwritten. */
export async function readDraft(policyId: string, signal?: AbortSignal): Promise<EditedDraft> {
  const { value: policy, etag } = await api.getTagged<Policy>(`/policies/${policyId}`, signal);
  return { policy, etag, rules: await api.get<PolicyDraft>(`/policies/${policyId}/rules`, {}, signal) };
}

export const draftQuery = (policyId: string) =>
  queryOptions({
    queryKey: ['policies', policyId, 'draft'],
    queryFn: ({ signal }) => readDraft(policyId, signal),
  });

/** The pack the product ships with. */
export const packQuery = queryOptions({
  queryKey: ['policies', 'packs', 'default'],
  queryFn: ({ signal }) => api.get<PolicyDraft>('/policies/packs/default', {}, signal),
  staleTime: Infinity,
});

/** Every version of an organisation's policy, the newest first. */
export const versionsQuery = (organisationId: string) =>
  queryOptions({
    queryKey: ['policies', 'of', organisationId],
    queryFn: ({ signal }) => api.get<Page<PolicySummary>>('/policies', { organisationId, limit: 200 }, signal),
  });

/** What differs from an earlier version, or from the one before when none is named. */
export const changesQuery = (policyId: string, since: string) =>
  queryOptions({
    queryKey: ['policies', policyId, 'changes', since],
    queryFn: ({ signal }) => api.get<PolicyChanges>(`/policies/${policyId}/changes`, { since }, signal),
  });

export const packHref = (policyId: string) => `/api/v1/policies/${policyId}/pack`;
