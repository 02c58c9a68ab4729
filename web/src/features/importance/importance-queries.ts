import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { Assessment, Dependencies } from '../../api/types';

/** What was answered about the importance of one system, newest first. */
export const assessmentsQuery = (systemId: string) =>
  queryOptions({
    queryKey: ['systems', systemId, 'importance'],
    queryFn: ({ signal }) =>
      api.get<{ items: Assessment[] }>(`/systems/${systemId}/importance-assessments`, {}, signal),
  });

/** What the system needs and what needs it, with the tag its next change must present. */
export const dependenciesQuery = (systemId: string) =>
  queryOptions({
    queryKey: ['systems', systemId, 'dependencies'],
    queryFn: ({ signal }) => api.getTagged<Dependencies>(`/systems/${systemId}/dependencies`, signal),
  });
