import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { ProcedureSummary, ProcedureVersion, VersionDiff } from '../../api/types';
import type { Page } from '../../api/types';

export const proceduresQuery = (systemId: string) =>
  queryOptions({
    queryKey: ['systems', systemId, 'procedures'],
    queryFn: ({ signal }) => api.get<Page<ProcedureSummary>>(`/systems/${systemId}/procedures`, {}, signal),
  });

export const procedureVersionQuery = (versionId: string) =>
  queryOptions({
    queryKey: ['systems', 'procedure-version', versionId],
    queryFn: ({ signal }) => api.get<ProcedureVersion>(`/procedure-versions/${versionId}`, {}, signal),
  });

export const versionDiffQuery = (versionId: string) =>
  queryOptions({
    queryKey: ['systems', 'procedure-version', versionId, 'diff'],
    queryFn: ({ signal }) => api.get<VersionDiff>(`/procedure-versions/${versionId}/diff`, {}, signal),
  });
