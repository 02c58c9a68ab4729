import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { ProcedureSummary, ProcedureVersion } from '../../api/types';
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
