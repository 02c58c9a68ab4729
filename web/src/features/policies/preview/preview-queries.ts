import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../api/client';
import type { PolicyPreview } from '../../../api/types';

const POLL_MS = 1000;

export const isUnderWay = ({ status }: Pick<PolicyPreview, 'status'>) => status === 'QUEUED' || status === 'RUNNING';

/** The dry run of a draft; asked again every second until it has ended. */
export const previewQuery = (policyId: string) =>
  queryOptions({
    queryKey: ['policies', policyId, 'preview'],
    queryFn: ({ signal }) => api.get<PolicyPreview>(`/policies/${policyId}/preview`, {}, signal),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? POLL_MS : false),
  });

/** Asks for a dry run on a day; the answer may still be under way. */
export const askPreview = (policyId: string, effectiveOn: string) =>
  api.post<PolicyPreview>(`/policies/${policyId}/preview`, effectiveOn ? { effectiveOn } : {});
