import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../api/client';
import type { Evidence, EvidenceDetail, Page, RestoreTest } from '../../../api/types';

/** The newest records that a page of one requirement shows. */
const NEWEST = 10;

export const evidenceQuery = (id: string) =>
  queryOptions({
    queryKey: ['systems', 'evidence', id],
    queryFn: ({ signal }) => api.get<EvidenceDetail>(`/evidence/${id}`, {}, signal),
  });

export const restoreTestQuery = (id: string) =>
  queryOptions({
    queryKey: ['systems', 'restore-test', id],
    queryFn: ({ signal }) => api.get<RestoreTest>(`/restore-tests/${id}`, {}, signal),
  });

export const newestEvidenceQuery = (systemId: string, backupRequirementId: string) =>
  queryOptions({
    queryKey: ['systems', systemId, 'evidence', 'of', backupRequirementId],
    queryFn: ({ signal }) =>
      api.get<Page<Evidence>>(`/systems/${systemId}/evidence`, { backupRequirementId, limit: NEWEST }, signal),
  });
