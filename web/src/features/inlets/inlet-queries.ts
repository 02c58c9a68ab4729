import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type {
  BackupTools,
  Inlet,
  InletList,
  Page,
  RequirementRuns,
  Submission,
  SubmissionWithText,
} from '../../api/types';

/** A page that waits for a signal asks again after so long. */
const WAITING_MS = 2_000;
const LOOKING_MS = 30_000;

export const inletsQuery = (requirementId: string) =>
  queryOptions({
    queryKey: ['inlets', 'of', requirementId],
    queryFn: ({ signal }) => api.get<InletList>(`/backup-requirements/${requirementId}/inlets`, {}, signal),
    refetchInterval: LOOKING_MS,
  });

/** One inlet, looked at again and again until something has come in. */
export const waitingQuery = (inletId: string) =>
  queryOptions({
    queryKey: ['inlets', 'one', inletId],
    queryFn: ({ signal }) => api.get<Inlet>(`/inlets/${inletId}`, {}, signal),
    refetchInterval: ({ state }) => (state.data?.firstSignalAt ? false : WAITING_MS),
  });

/** One inlet with the tag that its next change must present; read anew for each change. */
export const taggedInletQuery = (inletId: string) =>
  queryOptions({
    queryKey: ['inlet to edit', inletId],
    queryFn: ({ signal }) => api.getTagged<Inlet>(`/inlets/${inletId}`, signal),
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

export const runsQuery = (requirementId: string) =>
  queryOptions({
    queryKey: ['inlets', 'runs', requirementId],
    queryFn: ({ signal }) => api.get<RequirementRuns>(`/backup-requirements/${requirementId}/runs`, {}, signal),
    refetchInterval: LOOKING_MS,
  });

export const toolsQuery = queryOptions({
  queryKey: ['inlets', 'tools'],
  queryFn: ({ signal }) => api.get<BackupTools>('/backup-tools', {}, signal),
  staleTime: Infinity,
});

export const submissionsQuery = (inletId: string) =>
  queryOptions({
    queryKey: ['inlets', 'submissions', inletId],
    queryFn: ({ signal }) => api.get<Page<Submission>>(`/inlets/${inletId}/submissions`, {}, signal),
  });

export const submissionQuery = (id: string) =>
  queryOptions({
    queryKey: ['inlets', 'submission', id],
    queryFn: ({ signal }) => api.get<SubmissionWithText>(`/submissions/${id}`, {}, signal),
  });
